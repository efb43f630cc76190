/** From the text of a file to a `Document`: front matter with places, body, and what is wrong with the file as such. */
import { finding } from "./finding.js";
import { Lines } from "./letters.js";
import { pieces, tokens } from "./prose.js";
import * as yamltree from "./yamltree.js";

/**
 * @typedef {import("./finding.js").Finding} Finding
 * @typedef {import("./finding.js").Place} Place
 * @typedef {import("./finding.js").Steps} Steps
 *
 * @typedef {object} Kind
 * @property {any} schema the bundled JSON Schema
 * @property {string} folder
 * @property {string} label
 * @property {string} noun the kind with its article
 * @property {string} address
 * @property {string[]} pages names of further pages below that of an item
 * @property {boolean} is_fiction
 * @property {[number, number]} words
 * @property {{heading: string, description: string, words: [number, number]}[]} sections
 *
 * @typedef {object} ScreenCheck
 * @property {string} id
 * @property {string} label
 * @property {string} why
 * @property {string} remedy
 * @property {{match: string, any_case: boolean, near: string[]}[]} patterns
 *
 * @typedef {object} KnownItem an item of the library; `lessons` are the ids of its lessons, `images` the names of its pictures
 * @property {string} id
 * @property {string} kind
 * @property {string} status
 * @property {string} title
 * @property {string} path
 * @property {string[]} lessons
 * @property {Record<string, string>} [lesson_words] the words of its lessons by their ids
 * @property {string[]} images
 * @property {string[]} [aliases] its former ids
 *
 * @typedef {object} Facts what `form.py` says of the repository
 * @property {Record<string, Kind>} kinds
 * @property {ScreenCheck[]} screen
 * @property {KnownItem[]} items
 */

const MAX_BYTES = 400_000;
const BOUNDARY = /^-{3,}\s*$/gmu;
/** Windows cannot open a file with the name of a device. */
const DEVICE = /^(?:con|prn|aux|nul|(?:com|lpt)\p{Nd})$/u;
const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/u;
// The same characters as in `load.py`, which says why.
const CONTROL =
  /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;
const FIRST = { line: 1, column: 1 };

/** One file, its fields as written, its body, and where each of them stands. */
export class Document {
  /**
   * @param {string} path
   * @param {string} text the whole file, without characters that nobody can see
   * @param {{front: number, tree: yamltree.Node | null, findings: Finding[]}} read where the body begins, and the fields
   */
  constructor(path, text, { front, tree, findings }) {
    this.path = path;
    this.stem = stemOf(path);
    this.tree = tree;
    this.findings = findings;
    this.body = text.slice(front);
    this.written = text;
    this.lines = new Lines(text);
    this.bodyOffset = this.lines.place(front).line - 1;
    /** @type {Record<string, any>} */
    this.data = tree ? yamltree.plain(tree) : {};
    this.stream = tokens(this.body);
    this.pieces = pieces(this.stream, this.body);
  }

  /** Status as written; a draft when there is none. */
  get status() {
    return typeof this.data.status === "string" ? this.data.status : "draft";
  }

  /** Whether its authors say that it is complete. */
  get isFinished() {
    return this.status === "published" || this.status === "in-review";
  }

  /** @returns {"error" | "note"} severity of what an item must have before it is published */
  get demands() {
    return this.isFinished ? "error" : "note";
  }

  /**
   * @param {Steps} steps
   * @param {boolean} [isKey]
   * @returns {Place} the place of a value of the front matter, or of its key
   */
  at(steps, isKey = false) {
    const place = this.tree ? this.lines.place(yamltree.offsetOf(this.tree, steps, isKey)) : FIRST;
    return { ...place, steps };
  }

  /**
   * @param {number} line of the body, from 0
   * @param {number} [column]
   * @returns {Place}
   */
  atBody(line, column = 1) {
    return { line: this.bodyOffset + line + 1, column, section: this.sectionAt(line) };
  }

  /**
   * @param {number} offset in the file
   * @returns {Place} the place with the field or the section in which it is
   */
  atOffset(offset) {
    const place = this.lines.place(offset);
    const line = place.line - 1 - this.bodyOffset;
    if (offset >= this.written.length - this.body.length) return { ...place, section: this.sectionAt(line) };
    return { ...place, steps: this.tree ? yamltree.stepsTo(this.tree, offset) : [] };
  }

  /** @param {number} line of the body, from 0 */
  sectionAt(line) {
    return this.heads.findLast((piece) => piece.line <= line)?.text ?? "";
  }

  /** The headings of level 2. */
  get heads() {
    return this.pieces.filter(({ what, more }) => what === "heading" && more === "2");
  }
}

/** @param {string} path */
function stemOf(path) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return name.slice(0, Math.max(name.lastIndexOf("."), 0));
}

/**
 * @param {string} path
 * @param {Facts} facts
 * @returns {string | undefined} the name of the kind of an item at a path, if items lie there
 */
export function kindAt(path, facts) {
  const [top, folder, ...rest] = path.split("/");
  const isPlace = top === "cases" && rest.length === 1;
  return isPlace ? Object.keys(facts.kinds).find((name) => facts.kinds[name].folder === folder) : undefined;
}

/**
 * @param {string} given the text of the file
 * @param {string} path
 * @returns {Document}
 */
export function documentOf(given, path) {
  if (new TextEncoder().encode(given).length > MAX_BYTES) {
    const message = `the file is larger than ${MAX_BYTES.toLocaleString("en-US")} bytes`;
    const findings = [finding("file-too-large", FIRST, message, "divide or shorten it")];
    return new Document(path, "", { front: 0, tree: null, findings });
  }
  const text = given.replaceAll("\r\n", "\n").replaceAll("\r", "\n");
  const clean = text.replace(/^\ufeff/u, "").replace(CONTROL, " ");
  const read = parts(clean);
  const document = new Document(path, clean, read);
  document.findings = [...nameFindings(path), ...controlFindings(text, document), ...read.findings];
  document.findings.push(...(read.tree ? escapes(read.tree, document) : []));
  return document;
}

/** @param {string} path */
function nameFindings(path) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const isNamed = name.endsWith(".md") && NAME.test(stemOf(path));
  if (isNamed && !DEVICE.test(stemOf(path))) return [];
  const message = isNamed
    ? `\`${name}\` is a name that Windows keeps for a device`
    : `the file name \`${name}\` must be lower case letters, digits, hyphens and \`.md\``;
  return [finding("file-name", FIRST, message, "rename the file, for example `goiania-1987.md`")];
}

/**
 * @param {string} text with what nobody can see in it
 * @param {Document} document
 * @returns {Finding[]}
 */
function controlFindings(text, document) {
  const lines = new Lines(text);
  const less = text.startsWith("\ufeff") ? 1 : 0;
  return [...text.matchAll(CONTROL)].map(({ index, 0: sign }) => {
    const around = document.atOffset(Math.max(index - less, 0));
    const place = { ...around, ...lines.place(index) };
    return finding("control-character", place, invisible(sign), "delete it and type the word again");
  });
}

/** @param {string} sign */
function invisible(sign) {
  const code = /** @type {number} */ (sign.codePointAt(0)).toString(16).toUpperCase().padStart(4, "0");
  return `invisible character U+${code}`;
}

/**
 * @param {yamltree.Node} node
 * @param {Document} document
 * @returns {Finding[]} one for each text that writes an invisible character as an escape in double quotes
 */
function escapes(node, document) {
  if (typeof node.value === "string") {
    const sign = node.value.match(CONTROL)?.[0];
    const place = document.atOffset(node.offset);
    return sign ? [finding("control-character", place, invisible(sign), "delete its escape")] : [];
  }
  return [...(node.value?.values() ?? [])].flatMap((part) => escapes(part, document));
}

/**
 * @param {string} text
 * @returns {{front: number, tree: yamltree.Node | null, findings: Finding[]}} where the body begins, and the fields
 */
function parts(text) {
  const [first, last] = text.matchAll(BOUNDARY);
  if (!first || first.index !== 0) {
    const message = "the first line must be `---`, followed by the fields";
    return nothing(text, finding("no-front-matter", FIRST, message, "start from what `casebook new` writes"));
  }
  if (!last) {
    return nothing(text, finding("front-matter-open", FIRST, "the front matter has no closing line `---`", "add it"));
  }
  const start = first[0].length;
  const { tree, findings } = yamltree.read(text.slice(start, last.index), start, new Lines(text));
  const usable = tree?.value instanceof Map ? tree : null;
  if (!usable && findings.length === 0) {
    const message = "front matter must be fields, each `name: value`";
    findings.push(finding("front-matter-not-fields", { line: 2, column: 1 }, message));
  }
  return { front: last.index + last[0].length, tree: usable, findings };
}

/**
 * @param {string} text
 * @param {Finding} found
 */
function nothing(text, found) {
  return { front: text.length, tree: null, findings: [found] };
}
