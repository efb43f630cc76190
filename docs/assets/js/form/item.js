/** An item as the form holds it, and as the text of its file: `read` and `write` are each other's inverse. */
import { Document as YamlDocument, isScalar, isSeq, Scalar, visit } from "yaml";
import { documentOf } from "./document.js";
import { isFields, resolved, typed } from "./shape.js";

/**
 * @typedef {import("./document.js").Facts} Facts
 * @typedef {import("./finding.js").Finding} Finding
 * @typedef {{heading: string, text: string}} Section
 *
 * @typedef {object} Item
 * @property {string} kind
 * @property {Record<string, any>} data
 * @property {Section[]} sections
 * @property {string} before what stands before the first section
 */

const WIDTH = 118;
const FOLDED_FROM = 80;
const ONE_LINE = 100;

/**
 * @param {string} text the whole file
 * @param {any} [schema] of its kind; without it all values stay texts
 * @returns {{data: Record<string, any>, sections: Section[], before: string, findings: Finding[]}} the findings are those
 *   about the file as such; where the fields could not be read, `data` is empty
 */
export function read(text, schema) {
  const document = documentOf(text, "cases/x/x.md");
  const lines = document.body.split("\n");
  const heads = document.stream.flatMap((token, index) =>
    token.type === "heading_open" && token.tag === "h2" && token.level === 0
      ? [{ heading: document.stream[index + 1].content, from: token.map[0], to: token.map[1] }]
      : [],
  );
  const sections = heads.map(({ heading, to }, index) => ({
    heading,
    text: trimmed(lines.slice(to, heads[index + 1]?.from ?? lines.length)),
  }));
  return {
    data: schema ? typed(document.data, schema) : document.data,
    sections,
    before: trimmed(lines.slice(0, heads[0]?.from ?? lines.length)),
    findings: document.findings,
  };
}

/** @param {string[]} lines */
function trimmed(lines) {
  const first = lines.findIndex((line) => line.trim());
  const last = lines.findLastIndex((line) => line.trim());
  return first < 0 ? "" : lines.slice(first, last + 1).join("\n");
}

/**
 * @param {Item} item
 * @param {Facts} facts
 * @returns {string} the text of its file: fields in the order of the schema, unknown ones last, then the body
 */
export function write({ kind, data, sections, before }, facts) {
  const { schema } = facts.kinds[kind];
  const parts = [before, ...sections.flatMap(({ heading, text }) => [`## ${heading}`, text])];
  const body = parts.filter((part) => part.trim()).map((part) => `${part}\n`);
  return ["---\n", fields(ordered(data, schema, schema)), "---\n", ...body.map((part) => `\n${part}`)].join("");
}

/**
 * @param {any} value
 * @param {any} root the schema of the kind
 * @param {any} part
 * @returns {any} a value with its keys in the order of the schema
 */
function ordered(value, root, part) {
  const schema = resolved(part, root);
  if (Array.isArray(value)) return value.map((one) => ordered(one, root, schema.items ?? {}));
  if (!isFields(value)) return value;
  const known = Object.keys(schema.properties ?? {});
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  const keys = [...known.filter((key) => Object.hasOwn(value, key)), ...unknown];
  return Object.fromEntries(
    keys.map((key) => [key, ordered(value[key], root, known.includes(key) ? schema.properties[key] : {})]),
  );
}

/**
 * @param {Record<string, any>} data
 * @returns {string} YAML that readers of version 1.1, such as PyYAML, read back as the same
 */
function fields(data) {
  if (Object.keys(data).length === 0) return "";
  const document = new YamlDocument(data, {
    version: "1.1",
    aliasDuplicateObjects: false,
    // With this tag the text `<<` would never be put in quotes.
    customTags: (tags) => tags.filter((tag) => typeof tag !== "object" || tag.tag !== "tag:yaml.org,2002:merge"),
  });
  visit(document, (key, node) => {
    if (isScalar(node)) style(node, key === "key");
    else if (isSeq(node) && isShort(node)) node.flow = true;
    return undefined;
  });
  return document.toString({
    lineWidth: WIDTH,
    indentSeq: false,
    singleQuote: true,
    nullStr: "",
    flowCollectionPadding: false,
    directives: false,
  });
}

/**
 * @param {Scalar} node
 * @param {boolean} isKey
 */
function style(node, isKey) {
  const { value } = node;
  if (typeof value !== "string") return;
  // Without quotes these two mean something to PyYAML.
  if (value === "=" || value === "<<") node.type = Scalar.QUOTE_SINGLE;
  if (isKey) return;
  const isOdd = value !== value.trim() || /[^\P{C}\n]|[\u2028\u2029]/u.test(value);
  if (isOdd) node.type = Scalar.QUOTE_DOUBLE;
  else if (value.includes("\n") && value.split("\n").every((line) => line.length <= WIDTH)) node.type = Scalar.BLOCK_LITERAL;
  else if (value.length > FOLDED_FROM || value.includes("\n")) node.type = Scalar.BLOCK_FOLDED;
}

/** @param {import("yaml").YAMLSeq} list */
function isShort({ items }) {
  const texts = items.map((item) => (isScalar(item) ? item.value : undefined));
  const isOfIds = texts.every((text) => typeof text === "string" && /^[A-Za-z0-9-]+(#[A-Za-z0-9-]+)?$/u.test(text));
  return isOfIds && texts.join(", ").length <= ONE_LINE;
}
