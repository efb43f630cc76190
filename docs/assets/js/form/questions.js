/** The questions of the form: drawn by Jedison from the schema, read and written as the fields of an item. */
import Jedison from "jedison";
import { Entries, Form, Group, Line, Lines, Markdown } from "./editors.js";
import { formSchema, TEXT } from "./fields.js";
import { ManyPicker, OnePicker } from "./picker.js";
import { isFields, typed } from "./shape.js";
import { FormTheme } from "./theme.js";

/**
 * @typedef {import("./document.js").Facts} Facts
 * @typedef {import("./finding.js").Steps} Steps
 * @typedef {import("./matching.js").Term} Term
 */

/** Lists of items that are cases. */
const CASES_ALONE = new Set(["counter_cases", "grown_from"]);
/** Fields in which an item names a part of itself; `lessons` of others have the id of their case before them. */
const OWN_PARTS = new Set(["to", "inject", "lesson"]);
const EDITORS = [Form, ManyPicker, OnePicker, Entries, Group, Line, Lines, Markdown];
/** What the library would do beyond drawing: our own checker says what is wrong, and nothing is added or taken away. */
const OPTIONS = {
  showErrors: "never",
  enforceRequired: false,
  enforceMinItems: false,
  enforceEnum: false,
  enforceAdditionalProperties: false,
  keepMissingSchemaFields: true,
  purifyHtml: false,
  purifyData: false,
  useConstraintAttributes: false,
  objectAdd: false,
  arrayAdd: false,
  arrayFooterAdd: true,
  arrayFooterButtonsPosition: "left",
  arrayDeleteConfirm: false,
};

export class Questions {
  /**
   * @param {HTMLElement} container
   * @param {Facts} facts
   * @param {string} kind
   * @param {Record<string, any>} data
   * @param {() => void} changed
   */
  constructor(container, facts, kind, data, changed) {
    this.facts = facts;
    this.schema = facts.kinds[kind].schema;
    /** @type {Map<string, string>} ids that were suggested and may be suggested anew */
    this.suggested = new Map();
    container.replaceChildren();
    this.container = container;
    this.form = new Jedison.Create({
      ...OPTIONS,
      container,
      theme: new FormTheme(),
      schema: formSchema(this.schema, facts.kinds[kind].sections),
      customEditors: EDITORS,
      settings: { sources: () => this.sources(), terms: (/** @type {any} */ instance) => this.terms(instance.path) },
      data: asTexts(data),
    });
    // The rules are ours; asking the library's after each letter would only cost time.
    this.form.validator.getErrors = () => [];
    let isSetting = false;
    this.form.on("change", () => {
      if (isSetting) return;
      isSetting = true;
      changed();
      isSetting = false;
    });
  }

  /** @returns {Record<string, any>} everything as it stands in the form */
  value() {
    return this.form?.getValue() ?? {};
  }

  /** @returns {Record<string, any>} the fields that hold something, numbers as numbers */
  data() {
    return typed(pruned(this.value()) ?? {}, this.schema);
  }

  /** @returns {Term[]} */
  sources() {
    return entries(this.value().sources);
  }

  /** Offers the sources that are there now wherever a text can cite one. */
  refreshSources() {
    for (const heading of Object.keys(this.value()[TEXT] ?? {})) this.editor([TEXT, heading])?.refreshSources();
  }

  /**
   * @param {string} path
   * @returns {Term[]} what a field that points at something can point at
   */
  terms(path) {
    const names = path.split("/").filter((part) => !/^(#|\d+)$/.test(part));
    const value = this.value();
    switch (names.at(-1)) {
      case "sources":
        return this.sources();
      case "to":
        return entries(value.roles);
      case "inject":
        return entries(value.injects);
      case "lesson":
        return names[0] === "steps" ? this.lessonsOfStep(path) : entries(value.lessons);
      case "lessons":
        return this.facts.items.flatMap((item) => lessonsOf(item, `${item.id}#`));
      case "check":
        return this.facts.screen.map(({ id, label, why }) => ({ id, label, definition: why }));
      case "practices":
        return this.items("best-practice");
      default:
        return this.items(CASES_ALONE.has(names[0]) ? "case-study" : "");
    }
  }

  /**
   * @param {string} kind nothing where any will do
   * @returns {Term[]}
   */
  items(kind) {
    const found = this.facts.items.filter((item) => !kind || item.kind === kind);
    return found.map((item) => ({
      id: item.id,
      label: item.title,
      definition: kind ? "" : this.facts.kinds[item.kind].label,
    }));
  }

  /**
   * @param {string} path of a field below a step
   * @returns {Term[]} the lessons of the case that is to be read in that step
   */
  lessonsOfStep(path) {
    const { item: name } = this.value().steps?.[Number(path.split("/")[2])] ?? {};
    const item = this.facts.items.find(({ id }) => id === name);
    return item ? lessonsOf(item) : [];
  }

  /** @returns {Set<string>} the ids of its own parts that the item names somewhere: they no longer follow their words */
  named() {
    return new Set(namedIn(this.value()));
  }

  /**
   * @param {Steps} steps
   * @returns {any} the editor of a field, or of the nearest field around it
   */
  editor(steps) {
    for (let length = steps.length; length > 0; length -= 1) {
      const instance = this.form.getInstance(pathOf(steps.slice(0, length)));
      if (instance?.ui) return instance.ui;
    }
    return null;
  }

  /**
   * @param {Steps} steps
   * @param {string} value
   */
  set(steps, value) {
    this.form.getInstance(pathOf(steps))?.setValue(value, true, "api");
  }

  /**
   * @param {Steps} steps
   * @param {string} value of the field
   * @returns {boolean} whether nobody has written the value but we
   */
  isFree(steps, value) {
    return !value || this.suggested.get(pathOf(steps)) === value;
  }

  /**
   * @param {Steps} steps
   * @param {string} value
   */
  suggest(steps, value) {
    if (!value || this.suggested.get(pathOf(steps)) === value) return;
    this.suggested.set(pathOf(steps), value);
    this.set(steps, value);
  }

  /** @param {import("./finding.js").Finding} finding brings the person to the field that a finding is about */
  lead(finding) {
    const editor = this.editor(stepsOf(finding));
    const { container } = editor?.control ?? { container: this.container };
    container.scrollIntoView({ block: "center" });
    container.querySelector("input, textarea, select, button")?.focus({ preventScroll: true });
  }
}

/**
 * @param {import("./finding.js").Finding} finding
 * @returns {Steps} the field of the form that a finding is about
 */
export function stepsOf({ steps, section }) {
  if (steps.length) return steps;
  return section ? [TEXT, section] : [];
}

/**
 * @param {any} list
 * @returns {Term[]} entries of the form that have an id
 */
function entries(list) {
  return (Array.isArray(list) ? list : [])
    .filter(({ id }) => id)
    .map(({ id, title, lesson }) => ({ id, label: title || lesson || id, definition: title || lesson ? id : "" }));
}

/**
 * @param {import("./document.js").KnownItem} item
 * @param {string} [before] what stands before the id of the lesson
 * @returns {Term[]} the lessons of a case, in their own words
 */
function lessonsOf({ title, lesson_words: words = {} }, before = "") {
  return Object.entries(words).map(([id, label]) => ({ id: before + id, label, definition: title }));
}

/**
 * @param {any} value
 * @param {string} [name] of the field
 * @returns {string[]}
 */
function namedIn(value, name = "") {
  if (Array.isArray(value)) return value.flatMap((one) => namedIn(one, name));
  if (isFields(value)) return Object.entries(value).flatMap(([key, part]) => namedIn(part, key));
  return OWN_PARTS.has(name) && value ? [value] : [];
}

/** @param {Steps} steps */
function pathOf(steps) {
  return ["#", ...steps].join("/");
}

/**
 * @param {any} value
 * @returns {any} numbers as the texts that the form shows
 */
function asTexts(value) {
  if (Array.isArray(value)) return value.map(asTexts);
  if (isFields(value)) return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, asTexts(part)]));
  return value === null || value === undefined ? "" : String(value);
}

/**
 * @param {any} value
 * @returns {any} the value without what nobody has written: empty texts, lists and fields
 */
export function pruned(value) {
  if (Array.isArray(value)) return value.map(pruned).filter((one) => one !== undefined && one.length !== 0);
  if (isFields(value)) {
    const parts = Object.entries(value).map(([key, part]) => [key, pruned(part)]);
    const kept = parts.filter(([, part]) => part !== undefined && !(Array.isArray(part) && part.length === 0));
    return kept.length ? Object.fromEntries(kept) : undefined;
  }
  return typeof value === "string" && value.trim() === "" ? undefined : value;
}
