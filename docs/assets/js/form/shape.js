/**
 * What the schema says of the fields, in the words of `shape.py`.
 *
 * A walker of our own over the few keywords that our schemas use: it makes no code at run time, which the
 * Content-Security-Policy forbids, and it names the same keyword, value and place as the validator of the command line.
 */
import { finding } from "./finding.js";
import { cut, shown, size } from "./letters.js";
import { nearest } from "./near.js";

/**
 * @typedef {import("./document.js").Document} Document
 * @typedef {import("./document.js").Kind} Kind
 * @typedef {import("./finding.js").Finding} Finding
 * @typedef {import("./finding.js").Steps} Steps
 *
 * @typedef {object} Fault
 * @property {string} keyword
 * @property {any} value
 * @property {any} schema
 * @property {any} instance
 * @property {Steps} steps
 * @property {boolean} isConditional whether it stands in a `then` or an `else`
 */

const TYPES = { object: "fields (`name: value`)", array: "a list", string: "text", integer: "a whole number" };
/** @type {[string, [string, string]][]} */
const UNITS = [
  ["Length", ["character", "characters"]],
  ["Items", ["entry", "entries"]],
  ["Properties", ["field", "fields"]],
];
const MOST_TERMS_NAMED = 15;
const LONGEST_NUMBER = 18;

/** @param {unknown} value @returns {value is Record<string, any>} */
export const isFields = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @param {unknown} value */
export const isNumber = (value) => typeof value === "number" || typeof value === "bigint";

/**
 * @param {any} schema
 * @param {any} root
 * @returns {any} the schema that a reference means; any other schema as it is
 */
export function resolved(schema, root) {
  let found = schema;
  while (found.$ref !== undefined) found = root.$defs[found.$ref.slice(found.$ref.lastIndexOf("/") + 1)];
  return found;
}

/**
 * @param {any} value
 * @param {any} root the schema of the kind
 * @param {any} [part] the part of it that is about the value
 * @returns {any} a value with whole numbers where the schema asks for them, and texts everywhere else
 */
export function typed(value, root, part = root) {
  const schema = resolved(part, root);
  if (Array.isArray(value)) return value.map((one) => typed(one, root, schema.items ?? {}));
  if (isFields(value)) {
    const known = schema.properties ?? {};
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, typed(one, root, Object.hasOwn(known, key) ? known[key] : {})]),
    );
  }
  if (schema.type !== "integer" || typeof value !== "string" || !/^[0-9]+$/u.test(value)) return value;
  const number = value.slice(0, LONGEST_NUMBER);
  return Number.isSafeInteger(Number(number)) ? Number(number) : BigInt(number);
}

/** @type {Record<string, (instance: any) => boolean>} */
const IS = {
  object: isFields,
  array: Array.isArray,
  string: (instance) => typeof instance === "string",
  integer: isNumber,
};

/** @param {any} instance */
const count = (instance) => Object.keys(instance).length;

/**
 * @param {Record<string, any>} instance
 * @param {Record<string, string[]>} value of `dependentRequired`
 * @returns {string[]} the fields that are needed because of others that are there
 */
const needed = (instance, value) =>
  Object.entries(value).flatMap(([key, others]) => (Object.hasOwn(instance, key) ? others : []));

/** Whether a value keeps to a keyword. @type {Record<string, (instance: any, value: any, schema: any) => boolean>} */
const KEEPS = {
  type: (instance, value) => IS[value](instance),
  const: (instance, value) => instance === value,
  enum: (instance, value) => value.includes(instance),
  pattern: (instance, value) => !IS.string(instance) || new RegExp(value, "u").test(instance),
  minLength: (instance, value) => !IS.string(instance) || size(instance) >= value,
  maxLength: (instance, value) => !IS.string(instance) || size(instance) <= value,
  minimum: (instance, value) => !isNumber(instance) || instance >= value,
  maximum: (instance, value) => !isNumber(instance) || instance <= value,
  minItems: (instance, value) => !Array.isArray(instance) || instance.length >= value,
  maxItems: (instance, value) => !Array.isArray(instance) || instance.length <= value,
  minProperties: (instance, value) => !isFields(instance) || count(instance) >= value,
  required: (instance, value) =>
    !isFields(instance) || value.every((/** @type {string} */ key) => Object.hasOwn(instance, key)),
  dependentRequired: (instance, value) => !isFields(instance) || needed(instance, value).every((key) => Object.hasOwn(instance, key)),
  uniqueItems: (instance, value) =>
    !value || !Array.isArray(instance) || new Set(instance.map(shown)).size === instance.length,
  additionalProperties: (instance, value, schema) =>
    value !== false || !isFields(instance) || Object.keys(instance).every((key) => Object.hasOwn(schema.properties, key)),
};

/** What the walker knows; `form.py` refuses a schema with any other keyword that would refuse a value. */
export const KEYWORDS = new Set([...Object.keys(KEEPS), "$ref", "properties", "items", "if", "then", "else"]);

/**
 * @param {any} instance
 * @param {any} schema
 * @param {any} root
 * @param {Steps} [steps]
 * @param {boolean} [isConditional]
 * @returns {Fault[]}
 */
export function faults(instance, schema, root, steps = [], isConditional = false) {
  /** @type {Fault[]} */
  const found = [];
  const below = (/** @type {any} */ part, /** @type {any} */ child = schema, own = steps, inside = isConditional) =>
    found.push(...faults(part, child, root, own, inside));
  for (const [keyword, value] of Object.entries(schema)) {
    const keeps = KEEPS[keyword];
    if (keeps && !keeps(instance, value, schema)) {
      found.push({ keyword, value, schema, instance, steps, isConditional });
    } else if (keyword === "$ref") below(instance, resolved(schema, root));
    else if (keyword === "properties" && isFields(instance)) {
      for (const key of Object.keys(value)) {
        if (Object.hasOwn(instance, key)) below(instance[key], value[key], [...steps, key]);
      }
    } else if (keyword === "items" && Array.isArray(instance)) {
      for (const [index, part] of instance.entries()) below(part, value, [...steps, index]);
    } else if (keyword === "if") {
      const branch = faults(instance, value, root).length === 0 ? schema.then : schema.else;
      if (branch) below(instance, branch, steps, true);
    }
  }
  return found;
}

/** @param {Fault} fault */
function nameOf({ steps }) {
  const last = steps.findLast((step) => typeof step === "string");
  return last === undefined ? "the front matter" : `\`${last}\``;
}

/** @param {Fault} fault */
function exampleOf({ schema }) {
  const example = schema.examples?.[0];
  return typeof example === "string" || typeof example === "number" ? `for example \`${example}\`` : "";
}

/** @typedef {(fault: Fault, document: Document, kind: string) => Finding[]} Translator */

/** @type {Translator} */
function unknownField({ schema, instance, steps }, document, kind) {
  const known = Object.keys(schema.properties);
  const few = known.length <= MOST_TERMS_NAMED;
  const names = known.map((name) => `\`${name}\``).join(", ");
  const all = few ? `known fields: ${names}` : `\`casebook schema ${kind}\` prints all fields`;
  return Object.keys(instance)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const place = document.at([...steps, key], true);
      return finding("unknown-field", place, `there is no field \`${key}\` here`, nearest(key, known) || all);
    });
}

/** @type {Translator} */
function missingField(fault, document) {
  const { value, instance, steps } = fault;
  const owner = steps.length > 0 ? ` in ${nameOf(fault)}` : "";
  return value
    .filter((/** @type {string} */ key) => !Object.hasOwn(instance, key))
    .map((/** @type {string} */ key) => {
      // The place is that of the owner; the form shows it at the field that is not there.
      const place = { ...document.at(steps, true), steps: [...steps, key] };
      return finding("missing-field", place, `the field \`${key}\` is missing${owner}`, `add \`${key}: …\``);
    });
}

/** @type {Translator} */
function neededField(fault, document, kind) {
  return missingField({ ...fault, value: needed(fault.instance, fault.value) }, document, kind);
}

/** @type {Translator} */
function unknownTerm({ value, schema, instance, steps }, document) {
  if (typeof instance !== "string") return [];
  const vocabulary = schema["x-vocabulary"] ?? "list";
  const few = value.length <= MOST_TERMS_NAMED;
  const all = few ? `terms: ${value.join(", ")}` : `the terms stand in schema/vocabularies/${vocabulary}.yml`;
  const message = `\`${instance}\` is not a term of the vocabulary ${vocabulary}`;
  return [finding("unknown-term", document.at(steps), message, nearest(instance, value) || all)];
}

/** @type {Translator} */
function wrongType(fault, document) {
  const { value, instance, steps } = fault;
  const [place, example] = [document.at(steps), exampleOf(fault)];
  if (instance === null) return [finding("empty-field", place, `${nameOf(fault)} is empty`, example)];
  const wanted = TYPES[/** @type {keyof typeof TYPES} */ (value)] ?? value;
  const given = isFields(instance) ? "fields" : Array.isArray(instance) ? "a list" : isNumber(instance) ? "something else" : "text";
  return [finding("wrong-type", place, `${nameOf(fault)} must be ${wanted} and is ${given}`, example)];
}

/** @type {Translator} */
function wrongForm(fault, document) {
  const meaning = (fault.schema.description ?? "").split(". ", 1)[0].replace(/\.+$/u, "");
  const message = `${nameOf(fault)} has the wrong form: \`${cut(fault.instance, 60)}\``;
  const words = meaning ? `${message} (${meaning})` : message;
  return [finding("wrong-form", document.at(fault.steps), words, exampleOf(fault))];
}

/** @type {Translator} */
function outOfRange(fault, document) {
  const { keyword, value, instance, steps } = fault;
  const bound = keyword.startsWith("min") ? "at least" : "at most";
  const unit = UNITS.find(([part]) => keyword.endsWith(part))?.[1][value === 1 ? 0 : 1];
  const measured = typeof instance === "string" ? size(instance) : unit ? count(instance) : instance;
  const message = unit
    ? `${nameOf(fault)} must have ${bound} ${value} ${unit} and has ${measured}`
    : `${nameOf(fault)} must be ${bound} ${value} and is ${measured}`;
  return [finding("out-of-range", document.at(steps), message)];
}

/** @type {Translator} */
function repeatedEntry(fault, document) {
  const seen = new Set();
  return fault.instance.flatMap((/** @type {any} */ entry, /** @type {number} */ index) => {
    const [isSecond, name] = [seen.has(shown(entry)), shown(entry)];
    seen.add(name);
    const message = `\`${name}\` stands in ${nameOf(fault)} a second time`;
    return isSecond ? [finding("repeated-entry", document.at([...fault.steps, index]), message, "delete it")] : [];
  });
}

/** @type {Record<string, Translator>} */
const TRANSLATORS = {
  additionalProperties: unknownField,
  required: missingField,
  dependentRequired: neededField,
  enum: unknownTerm,
  type: wrongType,
  pattern: wrongForm,
  uniqueItems: repeatedEntry,
};

/**
 * @param {Document} document
 * @param {Record<string, any>} data typed
 * @param {Kind} kind
 * @param {string} name of the kind
 * @returns {Finding[]} what the schema says of the fields; for a draft also what publishing needs
 */
export function check(document, data, kind, name) {
  const isDraft = !Object.hasOwn(data, "status") || data.status === "draft";
  const asked = isDraft ? { ...data, status: "published" } : data;
  return faults(asked, kind.schema, kind.schema).flatMap((fault) =>
    (TRANSLATORS[fault.keyword] ?? outOfRange)(fault, document, name).map((found) =>
      fault.isConditional && document.status !== "withdrawn" ? forPublishing(found, document) : found,
    ),
  );
}

/**
 * @param {Finding} found
 * @param {Document} document
 * @returns {Finding}
 */
function forPublishing(found, document) {
  if (document.demands === "note") {
    return { ...finding("unfinished", found, `before publication: ${found.message}`, "", "note") };
  }
  return found.code === "unknown-term" ? found : { ...found, code: "unfinished" };
}
