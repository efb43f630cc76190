/**
 * The controls of the form that the library does not have: lists whose buttons name what they do, and Markdown with a
 * preview and the sources at hand.
 */
import MarkdownIt from "markdown-it";
import Jedison from "jedison";
import { element as made } from "../dom.js";

// The library calls `build` before a class could set its own fields: what is made there has no type.
/** @type {(...given: any[]) => any} */
const element = made;

const markdown = new MarkdownIt({ html: false, linkify: false });

/**
 * An editor that says in its title which entry of a list it is.
 * @param {any} Base
 */
function numbered(Base) {
  return class extends Base {
    getTitle() {
      const [, index] = /\/(\d+)$/.exec(this.instance.path) ?? [];
      return index === undefined ? super.getTitle() : `${sentence(this.instance.schema["x-entry"] ?? "entry")} ${Number(index) + 1}`;
    }
  };
}

/**
 * Fields that belong together. The page is changed only where fields come or go, so that who types is not disturbed.
 */
export class Group extends numbered(Jedison.EditorObject) {
  /** @param {any} schema */
  static resolves(schema) {
    return schema.type === "object";
  }

  refreshEditors() {
    const { childrenSlot } = this.control;
    const wanted = this.instance.children.map((/** @type {any} */ child) => child.ui.control.container);
    if (wanted.every((/** @type {Node} */ one) => childrenSlot.contains(one))) return;
    childrenSlot.replaceChildren(...this.arranged());
  }

  /** @returns {HTMLElement[]} */
  arranged() {
    return this.instance.children.map((/** @type {any} */ child) => child.ui.control.container);
  }
}

/** The whole form, in parts with a heading each. */
export class Form extends Group {
  /** @param {any} schema */
  static resolves(schema) {
    return schema["x-parts"] !== undefined;
  }

  arranged() {
    const fields = new Map(
      this.instance.children.map((/** @type {any} */ child) => [child.getKey(), child.ui.control.container]),
    );
    return this.instance.schema["x-parts"].map(
      (/** @type {{id: string, title: string, description: string, fields: string[]}} */ part) =>
        element(
          "section",
          { class: "cb-part", id: part.id, "aria-labelledby": `${part.id}-title` },
          element("h2", { id: `${part.id}-title` }, part.title),
          element("p", { class: "cb-part__lead" }, part.description),
          ...part.fields.map((name) => fields.get(name)),
        ),
    );
  }
}

/** A text in one line. */
export class Line extends numbered(Jedison.EditorStringInput) {
  /** @param {any} schema */
  static resolves(schema) {
    return schema["x-format"] === "line";
  }

  getValidationEventType() {
    return "input";
  }
}

/** A list of entries. */
export class Entries extends Jedison.EditorArray {
  /** @param {any} schema */
  static resolves(schema) {
    return schema["x-format"] === "entries";
  }

  build() {
    super.build();
    const entry = this.instance.schema["x-entry"];
    const add = `Add ${/^[aeiou]/.test(entry) ? "an" : "a"} ${entry}`;
    this.control.footerAddBtn.replaceChildren(add, unseen(within(this.instance).map((one) => ` to ${one}`)[0]));
  }

  refreshUI() {
    const drawn = this.instance.children;
    const before = /** @type {any[]} */ (this.drawn ?? []);
    if (this.drawn && before.length === drawn.length && before.every((one, index) => one === drawn[index])) return;
    this.drawn = [...drawn];
    const pressed = this.pressed();
    super.refreshUI();
    const entry = this.instance.schema["x-entry"];
    const around = within(this.instance).map((one) => ` of ${one}`).join("");
    this.items().forEach((item, index) => named(item, `${entry} ${index + 1}${around}`));
    if (pressed) this.follow(pressed);
  }

  /** @returns {HTMLElement[]} */
  items() {
    return [...this.control.childrenSlot.querySelectorAll(":scope > .jedi-array-item")];
  }

  /** @returns {{kind: string, index: number} | undefined} the button of an entry that has the focus */
  pressed() {
    const items = this.items();
    return Object.keys(DOING)
      .map((kind) => ({ kind, index: items.findIndex((item) => buttonOf(item, kind) === document.activeElement) }))
      .find(({ index }) => index >= 0);
  }

  /**
   * All entries were drawn anew: the focus goes on with the one that was moved, or to the next one after a deleted one.
   * @param {{kind: string, index: number}} pressed
   */
  follow({ kind, index }) {
    const items = this.items();
    const item = items[Math.min(index + (STEP[kind] ?? 0), items.length - 1)];
    // Who presses once too often at the end of a list does not delete.
    const buttons = item ? [kind, ...Object.keys(DOING).reverse()].map((one) => buttonOf(item, one)) : [];
    (buttons.find((one) => one && !one.disabled) ?? this.control.footerAddBtn).focus();
  }
}

const DOING = { delete: "Delete", "move-up": "Move up", "move-down": "Move down" };
/** By how many places a button moves its entry. @type {Record<string, number>} */
const STEP = { "move-up": -1, "move-down": 1 };

/**
 * @param {HTMLElement} item
 * @param {string} kind
 * @returns {HTMLButtonElement | null}
 */
function buttonOf(item, kind) {
  return item.querySelector(`:scope > * .jedi-array-${kind}`);
}

/**
 * Says in the buttons of an entry which one they are for.
 * @param {HTMLElement} item
 * @param {string} name
 */
function named(item, name) {
  for (const [kind, word] of Object.entries(DOING)) {
    buttonOf(item, kind)?.replaceChildren(word, unseen(` ${name}`));
  }
}

/** @param {string} [words] that are heard and not seen */
function unseen(words = "") {
  return element("span", { class: "cb-visually-hidden" }, words);
}

/**
 * @param {any} instance
 * @returns {string[]} the entries in which a list stands, the innermost first
 */
function within(instance) {
  const { parent } = instance;
  if (!parent) return [];
  const [, index] = /\/(\d+)$/.exec(instance.path) ?? [];
  const name = index === undefined ? [] : [`${instance.schema["x-entry"] ?? "entry"} ${Number(index) + 1}`];
  return [...name, ...within(parent)];
}

/** @param {string} words */
function sentence(words) {
  return words[0].toUpperCase() + words.slice(1);
}

/** A text of several lines without format. */
export class Lines extends numbered(Jedison.EditorStringTextarea) {
  /** @param {any} schema */
  static resolves(schema) {
    return schema["x-format"] === "lines";
  }

  getValidationEventType() {
    return "input";
  }

  refreshUI() {
    super.refreshUI();
    fitted(this.control.input);
  }
}

/** A section of the body: Markdown, a preview, and buttons for what is needed most. */
export class Markdown extends Jedison.EditorStringTextarea {
  /** @param {any} schema */
  static resolves(schema) {
    return schema["x-format"] === "markdown";
  }

  getValidationEventType() {
    return "input";
  }

  build() {
    super.build();
    this.preview = element("div", { class: "cb-form__preview md-typeset", hidden: true });
    this.control.input.after(this.toolbar(), this.preview);
    this.control.input.before(this.toolbarSlot);
  }

  toolbar() {
    const name = this.instance.schema["x-name"];
    const show = button("Preview", `Preview of ${name}`, () => {
      this.preview.hidden = !this.preview.hidden;
      show.setAttribute("aria-pressed", String(!this.preview.hidden));
      this.refreshPreview();
    });
    show.setAttribute("aria-pressed", "false");
    this.cite = element("select", { class: "cb-form__cite", "aria-label": `Cite a source in ${name}` });
    this.cite.addEventListener("change", () => {
      if (this.cite.value) this.insert(`[^${this.cite.value}]`);
      this.cite.value = "";
    });
    this.refreshSources();
    this.toolbarSlot = element(
      "div",
      { class: "cb-form__tools", role: "group", "aria-label": `Tools for ${name}` },
      button("Bold", `Bold in ${name}`, () => this.around("**")),
      button("List", `List in ${name}`, () => this.insert("\n- ")),
      button("Heading", `Heading in ${name}`, () => this.insert("\n### ")),
      this.cite,
      show,
    );
    return this.toolbarSlot;
  }

  refreshSources() {
    const terms = this.instance.jedison.getOption("settings").sources();
    const options = terms.map((/** @type {{id: string, label: string}} */ { id, label }) =>
      element("option", { value: id }, label ? `${id}: ${label}` : id),
    );
    if (this.cite.options.length === options.length + 1 && this.offered === JSON.stringify(terms)) return;
    this.offered = JSON.stringify(terms);
    this.cite.hidden = !terms.length && !this.instance.schema["x-cites"];
    const first = terms.length ? "Cite a source …" : "Add a source first";
    this.cite.replaceChildren(element("option", { value: "" }, first), ...options);
  }

  /** @param {string} words */
  insert(words) {
    const { input } = this.control;
    input.setRangeText(words, input.selectionStart, input.selectionEnd, "end");
    this.changed();
  }

  /** @param {string} mark */
  around(mark) {
    const { input } = this.control;
    const selected = input.value.slice(input.selectionStart, input.selectionEnd);
    input.setRangeText(`${mark}${selected}${mark}`, input.selectionStart, input.selectionEnd, "end");
    this.changed();
  }

  changed() {
    this.instance.setValue(this.control.input.value, true, "user");
    this.control.input.focus();
  }

  refreshUI() {
    super.refreshUI();
    fitted(this.control.input);
    this.refreshPreview();
  }

  refreshPreview() {
    if (this.preview.hidden) return;
    // The renderer makes no markup from the text but its own: HTML in it is shown as text.
    this.preview.innerHTML = markdown.render(this.instance.getValue() || "*Nothing is written yet.*");
    for (const walker = document.createTreeWalker(this.preview, NodeFilter.SHOW_TEXT); walker.nextNode(); ) {
      cited(/** @type {Text} */ (walker.currentNode));
    }
  }
}

/**
 * Draws the first citation in a text as a raised number would stand on the page.
 * @param {Text} text
 */
function cited(text) {
  const match = /\[\^([\w-]+)\]/.exec(text.data);
  if (!match) return;
  const rest = text.splitText(match.index);
  rest.splitText(match[0].length);
  rest.replaceWith(element("sup", {}, match[1]));
}

/**
 * @param {string} text
 * @param {string} name
 * @param {() => void} action
 */
function button(text, name, action) {
  const control = element("button", { type: "button", class: "cb-form__button", "aria-label": name }, text);
  control.addEventListener("click", action);
  return control;
}

/** @param {HTMLTextAreaElement} input */
function fitted(input) {
  input.rows = Math.min(24, Math.max(3, Math.ceil(input.value.length / 80) + (input.value.match(/\n/g)?.length ?? 0) + 1));
}
