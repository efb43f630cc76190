/**
 * YAML as the author wrote it: scalars stay text, and every node keeps its place (`yamltree.py` says why). What is not
 * YAML at all is told in words of our own; the command line has those of another parser.
 */
import { isAlias, isMap, isScalar, parseAllDocuments } from "yaml";
import { finding } from "./finding.js";

export const MAX_DEPTH = 24;

/**
 * @typedef {object} Node
 * @property {number} offset where it begins in the file
 * @property {Map<string, Node> | Node[] | string | null} value
 * @property {Map<string, number>} keys where the keys of a mapping begin
 *
 * @typedef {import("./finding.js").Finding} Finding
 * @typedef {import("./finding.js").Steps} Steps
 */

// The command line knows no other names of anchors.
const NAME = /^[A-Za-z0-9_-]+$/u;

/** Nothing after this can be read. */
class Stop extends Error {
  /** @param {number} offset where it stands */
  constructor(offset) {
    super();
    this.offset = offset;
  }
}

class Builder {
  /**
   * @param {import("./letters.js").Lines} lines of the file
   * @param {number} offset of the text in the file
   * @param {number} end from where on the text is not YAML
   */
  constructor(lines, offset, end) {
    this.lines = lines;
    this.offset = offset;
    this.end = end;
    this.depth = 0;
    /** @type {Finding[]} */
    this.findings = [];
    /** @type {Steps} */
    this.steps = [];
  }

  /**
   * @param {string} code
   * @param {number} offset
   * @param {string} message
   * @param {string} [hint]
   */
  report(code, offset, message, hint) {
    if (offset >= this.end) return;
    const place = { ...this.lines.place(this.offset + offset), steps: [...this.steps] };
    this.findings.push(finding(code, place, message, hint));
  }

  /**
   * @param {any} node of the package
   * @param {any[]} marks the tokens before it
   * @param {number} empty where it stands when there is nothing
   * @returns {Node}
   */
  node(node, marks, empty) {
    const mark = marks.find(({ type }) => type === "anchor" || type === "tag");
    const isEmpty = !node || (isScalar(node) && node.type === "PLAIN" && node.value === "");
    const start = mark ? mark.offset : isEmpty ? empty : (node.range?.[0] ?? empty);
    if (!node) return this.leaf(start, null);
    const name = isAlias(node) ? node.source : node.anchor;
    if (name && !NAME.test(name)) {
      this.report("yaml-syntax", start, "a text cannot start with this character", "put the whole text in single quotes");
      throw new Stop(start);
    }
    if (name) {
      this.report("yaml-feature", start, "anchors (`&`) and aliases (`*`) are not used here", "quote it");
    }
    if (isAlias(node)) return this.leaf(start, `*${node.source}`);
    if (!isScalar(node)) return this.collection(node, start, marks);
    this.tag(node, marks, start);
    return this.leaf(start, isEmpty ? null : String(node.value));
  }

  /**
   * @param {number} offset
   * @param {string | null} value
   * @returns {Node}
   */
  leaf(offset, value) {
    return { offset: this.offset + offset, value, keys: new Map() };
  }

  /**
   * @param {any} node
   * @param {any[]} marks
   * @param {number} start
   */
  tag(node, marks, start) {
    const written = marks.find(({ type }) => type === "tag")?.source;
    if (!written || written === "!") return;
    const name = written.startsWith("!!") ? `tag:yaml.org,2002:${written.slice(2)}` : written;
    this.report("yaml-feature", start, `tags such as \`${name}\` are not used here`, "remove it");
  }

  /**
   * @param {any} node
   * @param {number} start
   * @param {any[]} marks
   * @returns {Node}
   */
  collection(node, start, marks) {
    if (this.depth >= MAX_DEPTH) {
      this.report("yaml-depth", start, `nested more than ${MAX_DEPTH} levels deep`);
      throw new Stop(start);
    }
    this.tag(node, marks, start);
    this.depth += 1;
    const made = isMap(node) ? this.mapping(node, start) : this.list(node, start);
    this.depth -= 1;
    return made;
  }

  /**
   * @param {any} node
   * @param {number} start
   * @returns {Node}
   */
  list(node, start) {
    const value = node.items.map((/** @type {any} */ item, /** @type {number} */ index) => {
      const marks = node.srcToken?.items?.[index]?.start ?? [];
      const dash = marks.find((/** @type {any} */ mark) => mark.type === "seq-item-ind");
      this.steps.push(index);
      const made = this.node(item, marks, dash ? dash.offset + 1 : (item?.range?.[0] ?? start));
      this.steps.pop();
      return made;
    });
    return { offset: this.offset + start, value, keys: new Map() };
  }

  /**
   * @param {any} node
   * @param {number} start
   * @returns {Node}
   */
  mapping(node, start) {
    /** @type {Map<string, Node>} */
    const value = new Map();
    /** @type {Map<string, number>} */
    const keys = new Map();
    for (const { key, value: part, srcToken } of node.items) {
      const { name, offset } = this.key(key, srcToken?.start ?? [], start, Boolean(node.flow));
      this.steps.push(name);
      const sep = srcToken?.sep ?? [];
      const colon = sep.find((/** @type {any} */ mark) => mark.type === "map-value-ind");
      const made = this.node(part, sep, colon ? colon.offset + 1 : offset);
      if (value.has(name)) this.twice(name, offset, /** @type {number} */ (keys.get(name)));
      else {
        value.set(name, made);
        keys.set(name, this.offset + offset);
      }
      this.steps.pop();
    }
    return { offset: this.offset + start, value, keys };
  }

  /**
   * @param {any} key
   * @param {any[]} marks
   * @param {number} start
   * @param {boolean} isFlow whether the mapping stands in braces
   */
  key(key, marks, start, isFlow) {
    const place = key?.range?.[0] ?? start;
    const isEmpty = !key || (isScalar(key) && key.type === "PLAIN" && key.value === "");
    if (isEmpty && !isFlow) {
      this.report("yaml-syntax", place, "this does not continue the fields above it", "indent it as the lines around it");
      throw new Stop(place);
    }
    if (isEmpty || isScalar(key) || isAlias(key)) {
      const { offset, value } = this.node(key, marks, place);
      if (!isAlias(key)) return { name: value === null ? "" : String(value), offset: offset - this.offset };
    } else this.report("yaml-syntax", place, "a key must be a plain word", "quote the text");
    throw new Stop(place);
  }

  /**
   * @param {string} name
   * @param {number} offset
   * @param {number} first
   */
  twice(name, offset, first) {
    const { line } = this.lines.place(first);
    const message = `\`${name}\` stands here a second time; the first is in line ${line}`;
    this.report("duplicate-key", offset, message, "join or delete one");
  }
}

// What the package cannot resolve is reported as what it is: an alias or a tag.
const RESOLVED_HERE = new Set(["BAD_ALIAS", "TAG_RESOLVE_FAILED"]);

/**
 * @param {string} text YAML
 * @param {number} offset of the text in the file
 * @param {import("./letters.js").Lines} lines of the file
 * @returns {{tree: Node | null, findings: Finding[]}} the tree, or null if there is none or not all of it could be read
 */
export function read(text, offset, lines) {
  /** @type {any[]} */
  let documents;
  try {
    documents = [parsed(text)].flat();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const place = lines.place(offset);
    return { tree: null, findings: [finding("yaml-depth", place, `nested more than ${MAX_DEPTH} levels deep`)] };
  }
  const [first, second] = documents;
  const error = first?.errors.find((/** @type {any} */ one) => !RESOLVED_HERE.has(one.code));
  const builder = new Builder(lines, offset, error ? error.pos[0] : Number.POSITIVE_INFINITY);
  try {
    const tree = first?.contents ? builder.node(first.contents, [], 0) : null;
    if (error) builder.findings.push(broken(error, lines, offset));
    else if (second) builder.report("yaml-feature", startOf(second, text), "there is a second YAML document", "keep one");
    return { tree: error || second ? null : tree, findings: builder.findings };
  } catch (stop) {
    if (!(stop instanceof Stop)) throw stop;
    if (error && stop.offset >= error.pos[0]) builder.findings.push(broken(error, lines, offset));
    return { tree: null, findings: builder.findings };
  }
}

/** @param {string} text */
function parsed(text) {
  return parseAllDocuments(text, {
    schema: "failsafe",
    version: "1.2",
    merge: false,
    uniqueKeys: false,
    keepSourceTokens: true,
    prettyErrors: false,
    logLevel: "silent",
  });
}

/**
 * @param {any} document
 * @param {string} text
 */
function startOf(document, text) {
  const mark = text.lastIndexOf("---", document.range[1]);
  return mark >= 0 ? mark : document.range[0];
}

/**
 * @param {any} error
 * @param {import("./letters.js").Lines} lines
 * @param {number} offset
 */
function broken(error, lines, offset) {
  const words = String(error.message).split("\n")[0];
  return finding("yaml-syntax", lines.place(offset + error.pos[0]), `the fields cannot be read here: ${words}`, "quote the text");
}

/**
 * @param {Node} node
 * @returns {any} the value as objects, lists, texts and null
 */
export function plain(node) {
  if (node.value instanceof Map) {
    return Object.fromEntries([...node.value].map(([key, part]) => [key, plain(part)]));
  }
  return Array.isArray(node.value) ? node.value.map(plain) : node.value;
}

/**
 * @param {Node} node
 * @param {string | number} step
 * @returns {Node | undefined}
 */
function child(node, step) {
  if (node.value instanceof Map) return node.value.get(String(step));
  return Array.isArray(node.value) && typeof step === "number" ? node.value[step] : undefined;
}

/**
 * @param {Node} root
 * @param {Steps} steps
 * @param {boolean} isKey whether the place of the key is wanted
 * @returns {number} where a value begins; where a step leads nowhere, the last place on the way
 */
export function offsetOf(root, steps, isKey) {
  let node = root;
  let offset = root.offset;
  for (const step of steps) {
    const next = child(node, step);
    if (!next) return offset;
    offset = (isKey ? node.keys.get(String(step)) : undefined) ?? next.offset;
    node = next;
  }
  return offset;
}

/**
 * @param {Node} root
 * @param {number} offset
 * @returns {Steps} the steps to the innermost value that begins at an offset or before it
 */
export function stepsTo(root, offset) {
  /** @type {Steps} */
  const steps = [];
  /** @type {Node | undefined} */
  let node = root;
  while (node && typeof node.value === "object" && node.value) {
    /** @type {[string | number, Node][]} */
    const parts = node.value instanceof Map ? [...node.value] : [...node.value.entries()];
    /** @type {Map<string, number>} */
    const keys = node.keys;
    /** @type {[string | number, Node] | undefined} */
    const last = parts.findLast(([step, part]) => (keys.get(String(step)) ?? part.offset) <= offset);
    if (last) steps.push(last[0]);
    node = last?.[1];
  }
  return steps;
}
