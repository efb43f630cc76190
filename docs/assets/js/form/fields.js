// From the JSON Schema of a kind to the schema of its form: no references, no conditions, and for each field a hint
// which control suits it. What the form knows about a field comes from the schema alone.

/** @typedef {Record<string, any>} Schema */

/** The texts of the body stand in the form under this name, one for each section. */
export const TEXT = "text";
/** A text that may be longer than this is written in a field of several lines. */
const ONE_LINE = 320;
/** A list of more terms is searched; a shorter one is shown whole. */
const FEW = 7;
/** Fields that name other items or sources; the id of the item itself is a text. */
const BY_DEFINITION = /** @type {Record<string, string>} */ ({ citations: "citations", id: "item" });
const MARKUP = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" });

/**
 * The schema of the form of a kind: its fields and the sections of its body.
 * @param {Schema} schema the self-contained schema of the kind
 * @param {{heading: string, description: string}[]} sections
 * @returns {Schema}
 */
export function formSchema(schema, sections) {
  const form = controlled(resolved(schema, schema.$defs), needs(schema));
  form.properties.id["x-format"] = "line";
  const texts = sections.map(({ heading, description }) => [
    heading,
    { type: "string", title: heading, description, "x-format": "markdown", "x-name": heading },
  ]);
  form.properties[TEXT] = {
    type: "object",
    title: "Text",
    description: "What a reader reads from the beginning to the end, in sections.",
    properties: Object.fromEntries(texts),
  };
  return form;
}

/**
 * What must be there: the fields that any item needs, and those that publishing asks for.
 * @param {Schema} schema
 * @returns {Record<string, string>}
 */
function needs(schema) {
  const publishing = schema.else?.then?.required ?? [];
  return {
    ...Object.fromEntries(publishing.map((/** @type {string} */ name) => [name, "before publication"])),
    ...Object.fromEntries((schema.required ?? []).map((/** @type {string} */ name) => [name, "needed"])),
  };
}

/**
 * @param {any} part
 * @param {Record<string, Schema>} definitions
 * @returns {any}
 */
function resolved(part, definitions) {
  if (Array.isArray(part)) return part.map((one) => resolved(one, definitions));
  if (!part || typeof part !== "object") return part;
  const { $ref, $defs, if: _if, then: _then, else: _else, examples, ...rest } = part;
  const own = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, resolved(value, definitions)]));
  const name = $ref?.split("/").pop();
  const target = name ? resolved(definitions[name], definitions) : {};
  const hint = BY_DEFINITION[name] ? { "x-format": BY_DEFINITION[name] } : {};
  return { ...target, ...hint, ...(examples && { examples }), ...own };
}

/**
 * @param {Schema} schema
 * @param {Record<string, string>} needed
 * @returns {Schema}
 */
function controlled(schema, needed = {}) {
  const inner = Object.fromEntries((schema.required ?? []).map((/** @type {string} */ name) => [name, "needed"]));
  const properties = Object.entries(schema.properties ?? {}).map(([key, part]) => [
    key,
    titled(controlled(part), needed[key] ?? inner[key] ?? ""),
  ]);
  const control = schema["x-format"] ?? controlOf(schema);
  return {
    type: schema.type === "integer" ? "string" : schema.type,
    title: html(schema.title ?? ""),
    "x-name": schema.title,
    description: html(schema.description ?? "") + exampleOf(schema),
    "x-format": control,
    ...(schema.properties && { properties: Object.fromEntries(properties) }),
    ...(schema.items && { items: { ...controlled(schema.items), "x-entry": entryOf(schema) } }),
    ...termsOf(schema.enum ? schema : (schema.items ?? {}), control),
  };
}

/**
 * @param {Schema} schema
 * @param {string} control
 * @returns {Schema}
 */
function termsOf(schema, control) {
  if (!schema.enum) return {};
  const terms = schema.enum.map((/** @type {string} */ id, /** @type {number} */ index) => {
    const [label, ...definition] = schema.enumDescriptions[index].split(": ");
    return { id, label, definition: definition.join(": ") };
  });
  const answers = { enum: ["", ...schema.enum], "x-enumTitles": ["Not answered yet", ...schema.enumDescriptions] };
  return { "x-terms": terms, "x-vocabulary": schema["x-vocabulary"], ...(control === "radios" && answers) };
}

/**
 * The name of the control that suits a field.
 * @param {Schema} schema
 * @returns {string}
 */
function controlOf(schema) {
  if (schema.type === "array") return listControl(schema.items);
  if (schema.enum) return schema.enum.length > FEW ? "term" : "radios";
  if (schema.type === "string") return (schema.maxLength ?? 0) > ONE_LINE && !schema.pattern ? "lines" : "line";
  return schema.type === "integer" ? "whole-number" : "group";
}

/**
 * @param {Schema} items
 * @returns {string}
 */
function listControl(items) {
  if (items.enum) return "terms";
  if (items["x-format"] === "item") return "items";
  return items.type === "object" ? "entries" : "texts";
}

/**
 * @param {Schema} schema
 * @returns {string}
 */
function exampleOf(schema) {
  const example = schema.examples?.[0];
  if (schema.enum || example === undefined || typeof example === "object") return "";
  return ` <span class="cb-form__example">Example: <em>${html(String(example))}</em></span>`;
}

/**
 * A field with its title, and whether it is needed.
 * @param {Schema} part
 * @param {string} need
 * @returns {Schema}
 */
function titled(part, need) {
  const mark = need && ` <span class="cb-form__need">${need}</span>`;
  return { ...part, title: part.title + mark };
}

/**
 * A text as HTML: the library that draws the form takes titles and explanations for HTML.
 * @param {string} text
 */
function html(text) {
  return text.replace(/[&<>"]/g, (sign) => MARKUP[sign]);
}

/**
 * What one entry of a list is called.
 * @param {Schema} schema
 */
function entryOf(schema) {
  const title = schema.items.type === "object" ? schema.items.title : /^\w+s$/.test(schema.title) && schema.title.slice(0, -1);
  return (title || "entry").toLowerCase();
}
