/**
 * From the JSON Schema of a kind to the schema of its form: no references, no conditions, and for each field a hint
 * which control suits it. What the form knows about a field comes from the schema alone.
 */
/** @typedef {Record<string, any>} Schema */
/** @typedef {{heading: string, description: string}} Section */

/** The texts of the body stand in the form under this name, one for each section. */
export const TEXT = "text";
/** A text that may be longer than this is written in a field of several lines. */
const ONE_LINE = 320;
/** A list of more terms is searched; a shorter one is shown whole. */
const FEW = 7;
const MARKUP = /** @type {Record<string, string>} */ ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" });

/**
 * @param {Schema} schema the self-contained schema of the kind
 * @param {Section[]} sections
 * @returns {Schema} the schema of the form: the fields of the kind, and the sections of its body
 */
export function formSchema(schema, sections) {
  const publishing = schema.else?.then?.required ?? [];
  const form = fieldsOf(schema, schema, publishing);
  // An exercise is made up, and a learning path leads to items that have sources of their own.
  const cites = schema.required.includes("sources");
  const shared = { type: "string", "x-format": "markdown", "x-cites": cites };
  const texts = sections.map(({ heading, description }) => [
    heading,
    { ...shared, title: html(heading), description: html(description), "x-name": heading },
  ]);
  form.properties[TEXT] = {
    type: "object",
    title: "Text",
    description: `What a reader reads from the beginning to the end.${cites ? " Every statement of fact cites a source." : ""}`,
    properties: Object.fromEntries(texts),
    "x-format": "group",
  };
  form["x-parts"] = schema["x-parts"];
  return form;
}

/**
 * @param {Schema} schema with fields
 * @param {Schema} root
 * @param {string[]} publishing names of fields that must be there before publication
 * @param {string} asked what is said at a field that must be there
 * @returns {Schema}
 */
function fieldsOf(schema, root, publishing = [], asked = "needed") {
  const always = schema.required ?? [];
  const properties = Object.entries(schema.properties).map(([name, given]) => {
    const need = always.includes(name) ? asked : publishing.includes(name) ? "before publication" : "";
    return [name, field(given, root, name, need)];
  });
  return {
    type: "object",
    title: html(schema.title ?? ""),
    description: html(schema.description ?? ""),
    properties: Object.fromEntries(properties),
    "x-format": "group",
  };
}

/**
 * @param {Schema} given
 * @param {Schema} root
 * @param {string} name
 * @param {string} need
 * @returns {Schema}
 */
function field(given, root, name, need) {
  const schema = meant(given, root);
  const mark = need && ` <span class="cb-form__need">${need}</span>`;
  const isChosen = pointsAt(given, root, name) || (schema.type === "array" && pointsAt(schema.items, root, name));
  const description = html(schema.description ?? "") + (isChosen ? "" : exampleOf(schema, root));
  const shared = { title: html(schema.title ?? name) + mark, description, "x-name": schema.title, "x-need": need };
  if (schema.properties) {
    // A part that may be left out as a whole needs nothing until somebody begins it.
    return { ...fieldsOf(schema, root, [], need ? "needed" : "needed if you begin this part"), ...shared };
  }
  if (schema.type === "array") return { ...listOf(schema, root, name), ...shared };
  const control = isChosen ? "pointer" : controlOf(schema);
  // A number that nobody has given is no 0: it is written as a text, and typed when the file is made.
  return { ...shared, type: "string", "x-format": control, ...termsOf(schema, control) };
}

/**
 * @param {Schema} given
 * @param {Schema} root
 * @returns {Schema} what a schema means: the words at a reference go before those of the schema that it names
 */
function meant({ $ref, ...own }, root) {
  return $ref ? { ...meant(root.$defs[$ref.split("/").pop()], root), ...own } : own;
}

/**
 * @param {Schema} schema
 * @param {Schema} root
 * @param {string} name
 * @returns {Schema}
 */
function listOf(schema, root, name) {
  const item = meant(schema.items, root);
  const entry = entryOf(schema, item);
  if (item.enum) return { type: "array", items: { type: "string" }, "x-format": "terms", ...termsOf(item, "terms") };
  if (pointsAt(schema.items, root, name)) return { type: "array", items: { type: "string" }, "x-format": "pointers" };
  const inner = item.properties ? fieldsOf(item, root) : field(schema.items, root, name, "");
  // What stands at the definition of any text says nothing of these: the list has said it already.
  const own = item.properties || schema.items.description ? {} : { description: "" };
  return { type: "array", items: { ...inner, ...own, "x-entry": entry }, "x-format": "entries", "x-entry": entry };
}

/** Definitions of what is the id of something. */
const IDS = new Set(["id", "localId", "lessonRef"]);

/**
 * @param {Schema} given
 * @param {Schema} root
 * @param {string} name
 * @returns {boolean} whether a field names something else by its id: an item, a source, a lesson; its own ids it only gives
 */
function pointsAt(given, root, name) {
  const definition = given.$ref?.split("/").pop();
  const isOwn = name === "aliases" || given === root.properties.id || (name === "id" && definition === "localId");
  if (!definition || isOwn) return false;
  return IDS.has(definition) || pointsAt(root.$defs[definition], root, name);
}

/**
 * @param {Schema} schema
 * @param {string} control
 * @returns {Schema}
 */
function termsOf(schema, control) {
  if (!schema.enum) return {};
  const words = schema.enumDescriptions;
  const terms = schema.enum.map((/** @type {string} */ id, /** @type {number} */ index) => {
    const [label, ...definition] = words[index].split(": ");
    return { id, label, definition: definition.join(": ") };
  });
  const answers = { enum: ["", ...schema.enum], "x-enumTitles": ["Not answered yet", ...words].map(html) };
  return { "x-terms": terms, ...(control === "radios" && answers) };
}

/**
 * @param {Schema} schema
 * @returns {string} the name of the control that suits a field
 */
function controlOf(schema) {
  if (schema.enum) return schema.enum.length > FEW ? "term" : "radios";
  if (schema.type === "string" && (schema.maxLength ?? 0) > ONE_LINE && !schema.pattern) return "lines";
  return "line";
}

/**
 * @param {Schema} schema
 * @param {Schema} root
 * @returns {string}
 */
function exampleOf(schema, root) {
  const [first] = schema.examples ?? [];
  const example = Array.isArray(first) ? first[0] : first;
  if (schema.enum || (schema.items && meant(schema.items, root).enum) || example === undefined || typeof example === "object") return "";
  return ` <span class="cb-form__example">Example: <em>${html(String(example))}</em></span>`;
}

/**
 * @param {Schema} schema
 * @param {Schema} item
 * @returns {string} what one entry of a list is called
 */
function entryOf(schema, item) {
  const title = schema.items.title || singular(schema.title) || (item.properties && item.title) || "entry";
  return title.toLowerCase();
}

/** @param {string} title of a list @returns {string} what one of them is; nothing where the title is no plural */
function singular(title) {
  return /^[\w ]+s$/.test(title) ? title.replace(/ies$/, "y").replace(/s$/, "") : "";
}

/**
 * @param {string} text
 * @returns {string} a text as HTML: the library that draws the form takes titles and explanations for HTML
 */
function html(text) {
  return text.replace(/[&<>"]/g, (sign) => MARKUP[sign]);
}
