/** What a rule looks at: one item, its parsed body, and what is known of all other items (`rules/_subject.py`). */
import { citations } from "./prose.js";
import { sentences } from "./sentences.js";
import { isFields, typed } from "./shape.js";

/**
 * @typedef {import("./document.js").Document} Document
 * @typedef {import("./document.js").Facts} Facts
 * @typedef {import("./document.js").KnownItem} KnownItem
 * @typedef {import("./finding.js").Place} Place
 * @typedef {import("./finding.js").Steps} Steps
 * @typedef {{steps: Steps, text: string}} Text a text of the front matter
 */

export class Subject {
  /**
   * @param {Document} document
   * @param {string} kindName
   * @param {Facts} facts
   */
  constructor(document, kindName, facts) {
    this.document = document;
    this.facts = facts;
    this.kindName = kindName;
    this.kind = facts.kinds[kindName];
    this.data = typed(document.data, this.kind.schema);
    this.sentences = sentences(document.stream);
    this.texts = textsOf(this.data, []);
    const self = this.known();
    const isThere = facts.items.some(({ path }) => path === document.path);
    /** Every item, this one as it is written now. */
    this.items = isThere
      ? facts.items.map((one) => (one.path === document.path ? self : one))
      : [...facts.items, self];
    this.corpus = new Map(this.items.map((item) => [item.id, item]));
    this.byPath = new Map(this.items.map((item) => [item.path, item]));
    this.former = new Map(this.items.flatMap((item) => (item.aliases ?? []).map((name) => [name, item])));
  }

  /**
   * @param {string} name
   * @returns {KnownItem | undefined} the item that has an id, or had it before
   */
  holder(name) {
    return this.corpus.get(name) ?? this.former.get(name);
  }

  /** @returns {KnownItem} */
  known() {
    const { path, stem, status, data } = this.document;
    const images = this.facts.items.find((item) => item.path === path)?.images ?? [];
    const lessons = (Array.isArray(data.lessons) ? data.lessons : [])
      .filter(isFields)
      .flatMap(({ id, aliases }) => [String(id), ...strings(aliases).map(([, name]) => name)]);
    const aliases = strings(data.aliases).map(([, name]) => name);
    return { id: stem, kind: this.kindName, status, title: String(data.title ?? ""), path, lessons, images, aliases };
  }

  /**
   * @param {...string} steps
   * @returns {[number, Record<string, any>][]} index and fields of each entry of a list of fields
   */
  entries(...steps) {
    let value = this.data;
    for (const step of steps) value = isFields(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    return (Array.isArray(value) ? [...value.entries()] : []).filter(([, entry]) => isFields(entry));
  }

  /** Ids of the sources that the item defines, in their order. */
  get sourceIds() {
    return this.entries("sources").flatMap(([, { id }]) => (typeof id === "string" ? [id] : []));
  }

  /** @returns {Text[]} every source id that a `sources` list below an entry names */
  sourced() {
    return this.texts.filter(
      ({ steps }) => steps.length > 2 && steps.at(-2) === "sources" && typeof steps.at(-1) === "number",
    );
  }

  /** @returns {Text[]} every source id that a citation in a text of the front matter names */
  citedInTexts() {
    return this.texts.flatMap(({ steps, text }) => citations(text).map((id) => ({ steps, text: id })));
  }

  /** @returns {{place: Place, text: string}[]} every source id that a citation in the body names */
  citedInBody() {
    return this.document.pieces
      .filter(({ what }) => what === "citation")
      .map(({ line, column, text }) => ({ place: this.document.atBody(line, column), text }));
  }

  /** @returns {{head: import("./prose.js").Piece, own: import("./sentences.js").Sentence[]}[]} */
  bySection() {
    const { heads } = this.document;
    return heads.map((head, index) => {
      const end = heads[index + 1]?.line ?? Number.POSITIVE_INFINITY;
      return { head, own: this.sentences.filter(({ line }) => head.line < line && line < end) };
    });
  }
}

/**
 * @param {unknown} value
 * @param {Steps} steps
 * @returns {Text[]} every text below a value with the steps that lead to it
 */
function textsOf(value, steps) {
  if (typeof value === "string") return [{ steps, text: value }];
  if (Array.isArray(value)) return value.flatMap((part, index) => textsOf(part, [...steps, index]));
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => textsOf(part, [...steps, key]));
}

/**
 * @param {unknown} value
 * @returns {[number, string][]} index and text of each text in a list
 */
export function strings(value) {
  return (Array.isArray(value) ? [...value.entries()] : []).filter(([, entry]) => typeof entry === "string");
}
