/**
 * The web form: questions from the schema, findings from the checker, drafts on this machine, and a file at the end.
 * The page sends nothing.
 */
import { element } from "../dom.js";
import { check } from "./check.js";
import { drafts, forget, kept, newKey } from "./drafts.js";
import { TEXT } from "./fields.js";
import { finish } from "./finish.js";
import { read, write } from "./item.js";
import { Marks } from "./marks.js";
import { Questions } from "./questions.js";
import { alreadyHere } from "./similar.js";
import { nextId, slug } from "./slug.js";

/** So long nobody must type before the text is checked and kept. */
const PAUSE_MS = 400;

/**
 * @typedef {import("./document.js").Facts} Facts
 * @typedef {import("./finding.js").Finding} Finding
 * @typedef {import("./item.js").Item} Item
 */

/**
 * @param {Document} page
 * @param {Facts} facts
 * @param {import("../search/store.js").Loader | undefined} load
 */
export function webForm(page, facts, load) {
  const root = page.querySelector("[data-form]");
  if (!(root instanceof HTMLElement)) return;
  new WebForm(root, facts, load).begin();
}

class WebForm {
  /**
   * @param {HTMLElement} root
   * @param {Facts} facts
   * @param {import("../search/store.js").Loader | undefined} load
   */
  constructor(root, facts, load) {
    this.root = root;
    this.facts = facts;
    this.load = load;
    this.kind = "";
    this.key = "";
    this.before = "";
    /** @type {Record<string, any>} fields of an opened file that the schema does not know: named, and never lost */
    this.unknown = {};
    /** @type {Questions | null} */
    this.questions = null;
    this.timer = 0;
  }

  /** @param {string} name */
  slot(name) {
    return /** @type {HTMLElement} */ (this.root.querySelector(`[data-form-${name}]`));
  }

  begin() {
    this.root.hidden = false;
    this.marks = new Marks(this.slot("findings"), this.slot("stop"), (finding) => this.questions?.lead(finding));
    for (const button of this.root.querySelectorAll("[data-form-kind]")) {
      button.addEventListener("click", () => this.open(this.empty(String(button.getAttribute("data-form-kind"))), newKey()));
    }
    const file = /** @type {HTMLInputElement} */ (this.slot("file"));
    file.addEventListener("change", () => this.openFile(file));
    this.slot("questions").addEventListener("focusout", (event) => {
      this.marks?.leave(event);
      this.changed();
    });
    this.slot("check").addEventListener("click", () => this.checkAll());
    this.slot("leave").addEventListener("click", () => this.leave());
    finish(this.root, () => this.file());
    window.addEventListener("beforeunload", () => this.keep());
    this.showDrafts();
  }

  /**
   * @param {string} kind
   * @returns {Item}
   */
  empty(kind) {
    return { kind, data: { status: "draft", language: "en" }, sections: [], before: "" };
  }

  /** @param {HTMLInputElement} input */
  async openFile(input) {
    const [file] = input.files ?? [];
    input.value = "";
    if (!file) return;
    if (file.size > MOST_BYTES) return this.say(`${file.name} is larger than ${MOST_BYTES.toLocaleString("en")} bytes.`);
    this.openText(await file.text(), file.name.replace(/\.md$/, ""), newKey());
  }

  /**
   * @param {string} text
   * @param {string} name
   * @param {string} key
   * @param {string} [kindName]
   */
  openText(text, name, key, kindName) {
    const kind = kindName ?? kindOf(read(text), this.facts);
    const { data, sections, before, findings } = read(text, this.facts.kinds[kind].schema);
    if (!Object.keys(data).length) {
      const [first] = findings;
      return this.say(`${name} cannot be opened: ${first ? `${first.message} (line ${first.line})` : "it has no fields"}.`);
    }
    this.open({ kind, data: { id: name, ...data }, sections, before }, key);
    this.say(`${name} is open. Comments (lines that begin with #) are not kept.`);
  }

  /**
   * @param {Item} item
   * @param {string} key
   */
  open(item, key) {
    this.kind = item.kind;
    this.key = key;
    const known = this.facts.kinds[item.kind];
    const headings = known.sections.map(({ heading }) => heading);
    const own = item.sections.filter(({ heading }) => headings.includes(heading));
    // Sections that the kind does not have stand before the first one, where the checker names them.
    const other = item.sections.filter(({ heading }) => !headings.includes(heading));
    this.before = [item.before, ...other.map(({ heading, text }) => `## ${heading}\n\n${text}`)].filter(Boolean).join("\n\n");
    const fields = known.schema.properties;
    this.unknown = Object.fromEntries(Object.entries(item.data).filter(([name]) => !Object.hasOwn(fields, name)));
    const data = Object.fromEntries(Object.entries(item.data).filter(([name]) => Object.hasOwn(fields, name)));
    const texts = Object.fromEntries(own.map(({ heading, text }) => [heading, text]));
    this.slot("start").hidden = true;
    this.slot("work").hidden = false;
    this.slot("name").textContent = known.label;
    this.questions = new Questions(this.slot("questions"), this.facts, item.kind, { ...data, [TEXT]: texts }, () => this.changed());
    this.marks?.begin();
    this.update();
    this.slot("work").scrollIntoView();
    this.slot("name").focus();
  }

  changed() {
    if (!this.questions?.form) return;
    this.fill();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.update(), PAUSE_MS);
  }

  /** Gives ids that nobody must invent: to sources as soon as they are there, to other parts and the item from words. */
  fill() {
    const questions = /** @type {Questions} */ (this.questions);
    const { sources = [], title = "", ...rest } = questions.value();
    const ids = sources.map((/** @type {any} */ { id }) => id);
    sources.forEach((/** @type {any} */ source, /** @type {number} */ index) => {
      if (!source.id) questions.set(["sources", index, "id"], (ids[index] = nextId("s", ids)));
    });
    const { pages } = this.facts.kinds[this.kind];
    const parts = partsOf(rest);
    const named = questions.named();
    for (const { steps, id, wanted } of parts) {
      if (!wanted || named.has(id) || !questions.isFree(steps, id)) continue;
      const list = listOf(steps);
      const others = parts.filter((one) => one.id !== id && listOf(one.steps) === list).map((one) => one.id);
      questions.suggest(steps, unique(wanted, [...ids, ...pages, ...others]));
    }
    if (questions.isFree(["id"], questions.value().id)) questions.suggest(["id"], slug(title));
    questions.refreshSources();
  }

  /** @returns {{name: string, path: string, text: string, findings: Finding[]}} the file as it would be now */
  file() {
    const { [TEXT]: texts = {}, ...data } = /** @type {Questions} */ (this.questions).data();
    const kind = this.facts.kinds[this.kind];
    const sections = kind.sections.map(({ heading }) => ({ heading, text: String(texts[heading] ?? "").trim() }));
    const item = { kind: this.kind, data: { ...data, ...this.unknown }, before: this.before };
    const text = write({ ...item, sections: sections.filter((section) => section.text) }, this.facts);
    const name = `${/^[a-z0-9]+(-[a-z0-9]+)*$/.test(data.id ?? "") ? data.id : "new-item"}.md`;
    const path = `cases/${kind.folder}/${name}`;
    return { name, path, text, findings: check(text, path, this.facts) };
  }

  update() {
    if (!this.questions) return;
    const { findings } = this.file();
    this.marks?.show(findings, this.questions);
    this.keep();
    alreadyHere(this.slot("similar"), this.questions.value(), this.load);
  }

  checkAll() {
    window.clearTimeout(this.timer);
    this.marks?.showAll();
    this.update();
    this.slot("findings").scrollIntoView({ block: "nearest" });
    this.slot("findings").focus();
  }

  keep() {
    if (!this.questions) return;
    const { text } = this.file();
    const title = this.questions.value().title || "Without a title";
    const draft = { key: this.key, kind: this.kind, title, saved: new Date().toISOString(), text };
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    this.slot("kept").textContent = kept(localStorage, draft)
      ? `Kept in this browser at ${time}. Nothing has been sent.`
      : "This browser keeps nothing. Download the file before you leave.";
  }

  leave() {
    this.keep();
    this.questions = null;
    this.slot("questions").replaceChildren();
    this.slot("work").hidden = true;
    this.slot("start").hidden = false;
    this.showDrafts();
    this.slot("start").scrollIntoView();
  }

  showDrafts() {
    const all = drafts(localStorage);
    const rows = all.map((draft) => {
      const open = element("button", { type: "button", class: "cb-form__link" }, draft.title);
      open.addEventListener("click", () => this.openText(draft.text, draft.title, draft.key, draft.kind));
      const remove = element("button", { type: "button", class: "cb-form__button", "aria-label": `Delete the draft ${draft.title}` }, "Delete");
      remove.addEventListener("click", () => {
        if (!window.confirm(`Delete the draft '${draft.title}' from this browser?`)) return;
        forget(localStorage, draft.key);
        this.showDrafts();
      });
      const label = this.facts.kinds[draft.kind]?.label ?? draft.kind;
      return element("li", {}, open, ` ${label}, ${new Date(draft.saved).toLocaleString()} `, remove);
    });
    this.slot("drafts").hidden = rows.length === 0;
    this.slot("drafts").querySelector("ul")?.replaceChildren(...rows);
  }

  /** @param {string} words */
  say(words) {
    this.slot("said").textContent = words;
  }
}

const MOST_BYTES = 400_000;

/**
 * @param {Pick<Item, "data" | "sections">} item
 * @param {Facts} facts
 * @returns {string} the kind that knows most of the fields and of the headings
 */
function kindOf({ data, sections }, facts) {
  const known = (/** @type {string} */ kind) => {
    const { schema, sections: own } = facts.kinds[kind];
    const headings = sections.filter(({ heading }) => own.some((one) => one.heading === heading));
    return headings.length + Object.keys(data).filter((name) => Object.hasOwn(schema.properties, name)).length;
  };
  return Object.keys(facts.kinds).reduce((best, kind) => (known(kind) > known(best) ? kind : best));
}

/** What an entry with an id of its own is known by: the first of these that it has. */
const WORDS = ["question", "title", "lesson", "criterion", "item"];

/**
 * @param {any} value
 * @param {import("./finding.js").Steps} [steps]
 * @returns {{steps: import("./finding.js").Steps, id: string, wanted: string}[]} the ids of the parts of an item, and those
 *   that their words would give
 */
function partsOf(value, steps = []) {
  if (typeof value !== "object" || value === null) return [];
  const below = Object.entries(value).flatMap(([key, part]) =>
    partsOf(part, [...steps, Array.isArray(value) ? Number(key) : key]),
  );
  const name = WORDS.find((one) => Object.hasOwn(value, one));
  if (!name || !Object.hasOwn(value, "id")) return below;
  const words = String(value[name]);
  const wanted = name === "item" ? words : slug(words, 40);
  return [{ steps: [...steps, "id"], id: value.id, wanted }, ...below];
}

/** @param {import("./finding.js").Steps} steps */
function listOf(steps) {
  return steps.filter((step) => typeof step === "string").join("/");
}

/**
 * @param {string} id
 * @param {string[]} taken
 * @returns {string}
 */
function unique(id, taken) {
  return !id || !taken.includes(id) ? id : nextId(`${id}-`, taken);
}
