/**
 * The ranking model of the precedent finder. Pure; `docs/about/search.md` says it in words.
 *
 * An item counts for each value that it shares with the reader's situation, the more the rarer the value is; for the
 * reader's own words as far as it answers them beside the best item; and, if it is a practice, for the cases on top
 * whose lessons lead to it.
 */
import { rarity } from "./rank.js";
import { LED_TO, OVERLAP, OWN_WORDS } from "./weights.js";

/**
 * @typedef {object} Choice
 * @property {keyof typeof OVERLAP} question to what it was an answer
 * @property {string} facet
 * @property {string} id
 * @property {string} label
 * @property {Set<number>} records
 *
 * @typedef {object} Situation
 * @property {Choice[]} choices
 * @property {import("./engine.js").Result[]} answers what the reader's words led to, the best first
 *
 * @typedef {object} Match
 * @property {number} record
 * @property {number} score
 * @property {Choice[]} shared
 * @property {number} words how far it answers the words, from 0 to 1
 * @property {number[]} from cases whose lessons lead to it, the best first
 */

const CASES_THAT_LEAD = 5;

/**
 * @param {Situation} situation
 * @param {number} count of items; records with a higher number are no items
 * @param {Map<number, number[]>} links practices to which the lessons of a case lead
 * @returns {Match[]} the best first
 */
export function matches({ choices, answers }, count, links) {
  /** @type {Map<number, Match>} */
  const found = new Map();
  const match = (/** @type {number} */ record) => {
    const known = found.get(record) ?? { record, score: 0, shared: [], words: 0, from: [] };
    found.set(record, known);
    return known;
  };
  const items = answers.filter(({ record }) => record < count);
  for (const { record, score } of items) {
    const one = match(record);
    one.words = score / items[0].score;
    one.score += OWN_WORDS * one.words;
  }
  for (const choice of choices) {
    for (const record of choice.records) {
      const one = match(record);
      one.shared.push(choice);
      one.score += OVERLAP[choice.question] * rarity(choice.records.size, count);
    }
  }
  addLedTo(found, match, links);
  return [...found.values()].sort(byScore);
}

/**
 * @param {Map<number, Match>} found
 * @param {(record: number) => Match} match
 * @param {Map<number, number[]>} links
 */
function addLedTo(found, match, links) {
  const leading = [...found.values()]
    .filter(({ record }) => links.has(record))
    .sort(byScore)
    .slice(0, CASES_THAT_LEAD);
  for (const { record, score } of leading) {
    for (const practice of links.get(record) ?? []) {
      const one = match(practice);
      one.from.push(record);
      one.score += LED_TO * score;
    }
  }
}

/**
 * @param {Match} one
 * @param {Match} other
 */
function byScore(one, other) {
  return other.score - one.score || one.record - other.record;
}
