/** Which known word a wrong one may be a misspelling of. The measure is that of `finding.py`. */
import { cut } from "./letters.js";

const ALIKE = 0.6;
const LONGEST = 400;
const MOST = 5;

/**
 * @param {string} one
 * @param {string} other
 * @returns {number} the share of letters that both have in the same order (the Indel similarity), from 0 to 1
 */
export function similarity(one, other) {
  const [left, right] = [[...one], [...other]];
  const all = left.length + right.length;
  if (all === 0) return 1;
  let row = new Uint32Array(right.length + 1);
  for (const letter of left) {
    const next = new Uint32Array(right.length + 1);
    for (let at = 0; at < right.length; at += 1) {
      next[at + 1] = letter === right[at] ? row[at] + 1 : Math.max(row[at + 1], next[at]);
    }
    row = next;
  }
  return 1 - (all - 2 * row[right.length]) / all;
}

/**
 * @param {string} word
 * @param {Iterable<string>} candidates
 * @returns {string[]} the candidates most like a word, the most alike first; those equally alike in their order
 */
export function near(word, candidates) {
  const folded = cut(word.toLowerCase(), LONGEST);
  return [...candidates]
    .map((candidate) => ({ candidate, score: similarity(folded, candidate) }))
    // The command line leaves out what is exactly at the limit.
    .filter(({ score }) => score > ALIKE)
    .sort((one, other) => other.score - one.score)
    .slice(0, MOST)
    .map(({ candidate }) => candidate);
}

/**
 * @param {string} word
 * @param {Iterable<string>} candidates
 * @returns {string} a hint that names the candidate most like a word, or no hint
 */
export function nearest(word, candidates) {
  const [best] = near(word, candidates);
  return best === undefined ? "" : `did you mean \`${best}\`?`;
}
