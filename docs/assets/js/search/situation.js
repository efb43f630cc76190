/** From a situation to precedents, without a page: what was chosen, what the words lead to, what is read from them. */
import { isPrecedent, kindsOf } from "./engine.js";
import { facetsOf } from "./narrow.js";
import { matches } from "./overlap.js";
import { record } from "./store.js";

const MOST_READ = 2;
const ENOUGH_WORDS = 6;
const READ_FROM = /** @type {const} */ (["factor", "topic"]);

/**
 * @typedef {import("./store.js").Loader} Loader
 * @typedef {import("./overlap.js").Choice} Choice
 * @typedef {import("./overlap.js").Match} Match
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {Pick<Choice, "question" | "facet" | "id">} Chosen a value, and the question to which it was an answer
 */

/**
 * @typedef {object} Found
 * @property {Match[]} matches
 * @property {Answer} answer
 * @property {Choice[]} read
 * @property {boolean} isEmpty whether the reader said nothing
 */

/**
 * @param {Chosen[]} chosen
 * @param {Answer} answer
 * @param {Loader} load
 * @param {Set<string>} [dropped]
 * @returns {Promise<Found>}
 */
export async function situated(chosen, answer, load, dropped = new Set()) {
  const kinds = kindsOf(await load("manifest"));
  const count = kinds.filter(isPrecedent).length;
  const wanted = [...chosen, ...(await readFrom(answer, kinds, load))].filter(
    ({ question, facet, id }) => question !== "read" || !dropped.has(`${facet}:${id}`),
  );
  const facets = await facetsOf(
    load,
    wanted.map(({ facet }) => facet),
  );
  const choices = wanted.flatMap((one) => {
    const value = facets.find(({ name }) => name === one.facet)?.values.find(({ id }) => id === one.id);
    return value ? [{ ...one, label: value.label, records: value.records }] : [];
  });
  const unique = [
    ...new Map(choices.reverse().map((choice) => [`${choice.facet}:${choice.id}`, choice])).values(),
  ].reverse();
  const links = new Map(/** @type {[number, number[]][]} */ (await load("links")));
  return {
    matches: matches({ choices: unique, answers: answer.all }, count, links),
    answer,
    read: unique.filter(({ question }) => question === "read"),
    isEmpty: !chosen.length && !answer.question,
  };
}

/**
 * @param {Answer} answer
 * @param {string[]} kinds
 * @param {Loader} load
 * @returns {Promise<Chosen[]>} topics and factors whose own pages answer the words
 */
async function readFrom(answer, kinds, load) {
  if (answer.clues.length < ENOUGH_WORDS) return [];
  const best = READ_FROM.flatMap((kind) => answer.all.filter((one) => kinds[one.record] === kind).slice(0, MOST_READ));
  const shown = await Promise.all(best.map((one) => record(load, one.record)));
  return shown.map(({ address }, at) => {
    return { question: /** @type {const} */ ("read"), facet: kinds[best[at].record], id: address.split("/")[1] };
  });
}
