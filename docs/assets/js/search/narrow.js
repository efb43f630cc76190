/** Facets: which results carry a value, how many each value would leave, and what of it stands in the address. */
import { decodedNumbers } from "./code.js";

/**
 * @typedef {import("./store.js").Loader} Loader
 * @typedef {Map<string, string[]>} Chosen ids of the chosen values by the name of their facet
 *
 * @typedef {object} Value
 * @property {string} id
 * @property {string} label
 * @property {Set<number>} records
 *
 * @typedef {object} Facet
 * @property {string} name
 * @property {string} label
 * @property {Value[]} values
 */

/**
 * @param {Loader} load
 * @param {Iterable<string>} [wanted] names of facets; all where nothing is said
 * @returns {Promise<Facet[]>}
 */
export async function facetsOf(load, wanted) {
  const manifest = await load("manifest");
  const names = wanted ? new Set(wanted) : undefined;
  const chosen = /** @type {[string, string][]} */ (manifest.facets).filter(([name]) => !names || names.has(name));
  return Promise.all(
    chosen.map(async ([name, label]) => {
      const values = /** @type {[string, string, string][]} */ (await load(`facet-${name}`));
      return {
        name,
        label,
        values: values.map(([id, text, records]) => ({ id, label: text, records: new Set(decodedNumbers(records)) })),
      };
    }),
  );
}

/**
 * @param {number[]} records
 * @param {Chosen} chosen
 * @param {Facet[]} facets
 * @returns {number[]} the records that carry a chosen value of each facet of which one is chosen
 */
export function narrowed(records, chosen, facets) {
  const tests = facets
    .filter(({ name }) => chosen.get(name)?.length)
    .map(({ name, values }) => values.filter(({ id }) => chosen.get(name)?.includes(id)));
  return records.filter((record) => tests.every((values) => values.some((value) => value.records.has(record))));
}

/**
 * @param {number[]} records all that were found
 * @param {Chosen} chosen
 * @param {Facet[]} facets
 * @returns {Map<string, Map<string, number>>} by facet and value, how many results there would be with this value
 */
export function counts(records, chosen, facets) {
  return new Map(
    facets.map(({ name, values }) => {
      const others = new Map([...chosen].filter(([other]) => other !== name));
      const left = narrowed(records, others, facets);
      const counted = values.map(
        ({ id, records: holders }) =>
          /** @type {[string, number]} */ ([id, left.filter((one) => holders.has(one)).length]),
      );
      return [name, new Map(counted)];
    }),
  );
}

/**
 * @param {Chosen} chosen
 * @param {Facet[]} facets
 * @returns {{known: Chosen, unknown: string[]}} what there is of the values, and what there is not
 */
export function sorted(chosen, facets) {
  /** @type {Chosen} */
  const known = new Map();
  /** @type {string[]} */
  const unknown = [];
  for (const [name, ids] of chosen) {
    const facet = facets.find((one) => one.name === name);
    const there = ids.filter((id) => facet?.values.some((value) => value.id === id));
    if (there.length) known.set(name, there);
    unknown.push(...ids.filter((id) => !there.includes(id)).map((id) => `${facet?.label ?? name}: ${id}`));
  }
  return { known, unknown };
}
