/** What the address of the results page says, and back. */

/**
 * @typedef {object} State
 * @property {string} question
 * @property {import("./narrow.js").Chosen} chosen
 * @property {Order} order
 *
 * @typedef {"relevance" | "event" | "added"} Order
 */

/** @type {Record<Order, string>} */
export const ORDERS = { relevance: "Relevance", event: "Date of event", added: "Date added" };
const OWN = new Set(["q", "sort"]);
const LONGEST_VALUE = 80;

/**
 * @param {string} search the part of an address after `?`
 * @returns {State}
 */
export function stateOf(search) {
  const given = new URLSearchParams(search);
  const names = [...new Set(given.keys())].filter((name) => !OWN.has(name));
  const order = given.get("sort") ?? "";
  return {
    question: given.get("q") ?? "",
    chosen: new Map(names.map((name) => [name, valuesOf(given, name)])),
    order: Object.hasOwn(ORDERS, order) ? /** @type {Order} */ (order) : "relevance",
  };
}

/**
 * @param {URLSearchParams} given
 * @param {string} name
 * @returns {string[]} values that stand one by one or with commas between them
 */
function valuesOf(given, name) {
  const values = given.getAll(name).flatMap((value) => value.split(","));
  return [...new Set(values.map((value) => value.trim().slice(0, LONGEST_VALUE)).filter(Boolean))];
}

/**
 * @param {State} state
 * @returns {string} the part of the address from `?` on, the same for the same state
 */
export function addressOf({ question, chosen, order }) {
  const given = new URLSearchParams();
  if (question) given.set("q", question);
  for (const name of [...chosen.keys()].sort()) for (const id of chosen.get(name) ?? []) given.append(name, id);
  if (order !== "relevance") given.set("sort", order);
  return given.size ? `?${given}` : "";
}
