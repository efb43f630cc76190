/** The ranking: which records answer a question best. Pure; `docs/about/search.md` says the model in words. */
import { ADVICE, COVERAGE, KINDS, NAME, RARITY, RELEVANT, STEPS } from "./weights.js";

/**
 * @typedef {object} Clue one word of a question with the records that it leads to
 * @property {string} stem
 * @property {number} weight 1, or less for a word that was corrected or is not yet complete
 * @property {number[]} postings in turn the number of a record, and how much it says about the word
 * @property {string} [typed] the word as the reader wrote it
 * @property {boolean} [isName] whether it is the whole question, taken as the name of a record
 *
 * @typedef {object} Result
 * @property {number} record
 * @property {number} score
 */

/**
 * @param {number} holders in how many records a word stands
 * @param {number} count of all records
 * @returns {number} how much the word tells one record from another (Robertson and Sparck Jones, 1976, tempered)
 */
export function rarity(holders, count) {
  return Math.log(1 + (count - holders + 0.5) / (holders + 0.5)) ** RARITY;
}

/**
 * @param {Clue[]} clues
 * @param {string[]} kinds the kind of each record by its number
 * @param {boolean} [asksForAdvice] whether a practice is wanted
 * @returns {Result[]} the records that hold any of the words, the best first
 */
export function ranked(clues, kinds, asksForAdvice = false) {
  const scores = new Float64Array(kinds.length);
  const covered = new Float64Array(kinds.length);
  const named = new Float64Array(kinds.length);
  let all = 0;
  for (const { weight, postings, isName } of clues) {
    if (isName) {
      for (let at = 0; at < postings.length; at += 2) named[postings[at]] = NAME;
      continue;
    }
    const rare = weight * rarity(postings.length / 2, kinds.length);
    all += rare;
    for (let at = 0; at < postings.length; at += 2) {
      scores[postings[at]] += (rare * postings[at + 1]) / STEPS;
      covered[postings[at]] += rare;
    }
  }
  /** @type {Result[]} */
  const found = [];
  scores.forEach((score, record) => {
    if (!score && !named[record]) return;
    const share = all ? covered[record] / all : 1;
    const kind = KINDS[/** @type {keyof typeof KINDS} */ (kinds[record])] ?? 1;
    const advice = asksForAdvice && kinds[record] === "best-practice" ? ADVICE : 1;
    found.push({ record, score: advice * kind * score * (1 - COVERAGE + COVERAGE * share) + named[record] });
  });
  return found.sort((one, other) => other.score - one.score || one.record - other.record);
}

/**
 * @param {Result[]} results the best first
 * @returns {Result[]} those that are worth showing beside the best one
 */
export function relevant(results) {
  // A name is worth so much that nothing else would be left beside it.
  const best = results.find(({ score }) => score < NAME)?.score ?? 0;
  return results.filter(({ score }) => score >= RELEVANT * best);
}
