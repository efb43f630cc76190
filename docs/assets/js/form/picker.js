/** Terms of a vocabulary, items and sources, chosen from a list that can be searched. */

import Jedison from "jedison";
import { element as made } from "../dom.js";
import { matching } from "./matching.js";

// The library calls `build` before a class could set its own fields: what is made there has no type.
/** @type {(...given: any[]) => any} */
const element = made;

/** @typedef {import("./matching.js").Term} Term */

/** So many terms are shown at once; the others are found by typing. */
const SHOWN = 8;
let count = 0;

/** What is common to the fields in which one or several of many terms are chosen. */
class Picker extends Jedison.Editor {
  build() {
    const id = `cb-picker-${++count}`;
    const { theme, instance } = /** @type {any} */ (this);
    this.list = element("ul", { class: "cb-picker__list", id: `${id}-list` });
    this.chosen = element("ul", { class: "cb-picker__chosen", "aria-label": "Chosen" });
    this.said = element("p", { class: "cb-picker__said", role: "status" });
    this.query = element("input", {
      type: "search",
      class: "cb-form__input",
      id,
      autocomplete: "off",
      "aria-controls": `${id}-list`,
      "aria-describedby": `${id}-description`,
      placeholder: "Type to search",
    });
    const { label } = theme.getLabel({ for: id, text: this.getTitle() });
    const description = theme.getDescription({ content: this.getDescription(), id: `${id}-description` });
    const messages = theme.getMessagesSlot({ id: `${id}-messages` });
    const panel = element("div", { class: "cb-picker__panel" }, this.list, this.said);
    const container = element(
      "div",
      { class: "cb-picker" },
      label,
      description,
      this.chosen,
      element("div", { class: "cb-picker__field" }, this.query, panel),
      messages,
    );
    this.control = { container, input: this.query, label, description, messages, actions: theme.getActionsSlot() };
    this.instance = instance;
  }

  addEventListeners() {
    this.query.addEventListener("input", () => this.refreshList());
    this.query.addEventListener("focus", () => this.refreshList());
    this.query.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        this.list.querySelector("button")?.click();
      }
      if (event.key === "Escape") this.close();
    });
    const { container } = /** @type {any} */ (this.control);
    container.addEventListener("focusout", (/** @type {FocusEvent} */ event) => {
      if (!container.contains(/** @type {Node | null} */ (event.relatedTarget))) this.close();
    });
  }

  close() {
    this.query.value = "";
    this.list.replaceChildren();
    this.said.textContent = "";
  }

  /** Goes on in the field, with the list closed: another choice may follow, and need not. */
  focusClosed() {
    this.query.focus();
    this.close();
  }

  /** @returns {Term[]} */
  terms() {
    return this.instance.schema["x-terms"] ?? this.instance.jedison.getOption("settings").terms(this.instance);
  }

  refreshList() {
    const values = this.values();
    const open = this.terms().filter((term) => !values.includes(term.id));
    const found = matching(open, this.query.value);
    const entries = found.slice(0, SHOWN).map((term) => element("li", {}, this.option(term)));
    this.list.replaceChildren(...entries);
    const more = found.length - SHOWN;
    this.said.textContent = found.length === 0 ? "Nothing found." : more > 0 ? `${more} more: type to find them.` : "";
  }

  /** @param {Term} term */
  option(term) {
    const words = [element("strong", {}, term.label), term.definition ? element("span", {}, term.definition) : null];
    const button = element("button", { type: "button", class: "cb-picker__option" }, ...words);
    button.addEventListener("click", () => {
      this.choose(term.id);
      this.focusClosed();
    });
    return button;
  }

  refreshUI() {
    super.refreshUI();
    const labels = new Map(this.terms().map((term) => [term.id, term.label]));
    this.chosen.replaceChildren(
      ...this.values().map((/** @type {string} */ id) => element("li", {}, this.chip(id, labels.get(id) ?? id))),
    );
    this.chosen.hidden = this.values().length === 0;
  }

  /**
   * @param {string} id
   * @param {string} label
   */
  chip(id, label) {
    const remove = element("button", { type: "button", "aria-label": `Remove ${label}`, class: "cb-picker__remove" }, "×");
    remove.addEventListener("click", () => {
      this.drop(id);
      this.focusClosed();
    });
    return element("span", { class: "cb-picker__chip", title: id }, label, remove);
  }
}

/** Several terms. */
export class ManyPicker extends Picker {
  /** @param {any} schema */
  static resolves(schema) {
    return ["terms", "pointers"].includes(schema["x-format"]);
  }

  /** @param {unknown} value */
  sanitize(value) {
    return Array.isArray(value) ? value : [];
  }

  /** @returns {string[]} */
  values() {
    return this.instance.getValue() ?? [];
  }

  /** @param {string} id */
  choose(id) {
    this.instance.setValue([...this.values(), id], true, "user");
  }

  /** @param {string} id */
  drop(id) {
    const rest = this.values().filter((one) => one !== id);
    this.instance.setValue(rest, true, "user");
  }
}

/** One term. */
export class OnePicker extends Picker {
  /** @param {any} schema */
  static resolves(schema) {
    return ["term", "pointer"].includes(schema["x-format"]);
  }

  /** @param {unknown} value */
  sanitize(value) {
    return String(value ?? "");
  }

  /** @returns {string[]} */
  values() {
    const value = this.instance.getValue();
    return value ? [value] : [];
  }

  /** @param {string} id */
  choose(id) {
    this.instance.setValue(id, true, "user");
  }

  drop() {
    this.instance.setValue("", true, "user");
  }
}
