/**
 * How text becomes words, in the build and in the browser alike: the same code, so that both ends agree.
 *
 * Latin and other spaced scripts give one word for each run of letters or of digits, so that `Cs-137`, `Cs137` and
 * `cs 137` are the same two words. Scripts without spaces give overlapping pairs of signs: no two browsers agree on a
 * dictionary, and a pair finds a compound such as 監視カメラ by any part of it.
 */
import { stemmer } from "stemmer";

const UNSPACED = "\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}ー々";
const WORD = new RegExp(`([${UNSPACED}][${UNSPACED}\\p{M}]*)|\\p{N}+|(?:(?![${UNSPACED}])[\\p{L}\\p{M}])+`, "gu");
const UNSPACED_WORD = new RegExp(`[${UNSPACED}]`, "u");
const ENGLISH = /^[a-z]{3,}$/;

/** @type {Map<string, string>} */
const stems = new Map();

/** Words that say nothing about the subject of a question. */
const STOP = new Set(
  (
    "a about after all also am an and any are as at be been before being but by can could did do does doing done for from " +
    "get gets getting got had has have having he her here hers him his how i if in into is it its itself just let like me " +
    "my no nor not of off on one onto or our ours out over s she should so some such t than that the their theirs them then " +
    "there these they this those through to too under until up upon us very was we were what when where whether which while " +
    "who whom whose why will with within would you your yours re ve ll d m don didn doesn isn wasn weren won cannot " +
    "happen happened happens example examples case cases thing things something someone somebody anybody anyone please tell show " +
    "want need needs know"
  ).split(" "),
);
const STOPPED = new Set([...STOP, ...[...STOP].map(stemOf)]);

/**
 * @typedef {object} Word
 * @property {string} stem what the word is filed under
 * @property {string} form the word without case and accents
 * @property {number} start where it begins in the text
 * @property {number} end where it ends
 */

/**
 * @param {string} text
 * @returns {string} the text without case, accents and forms of width
 */
export function folded(text) {
  // Only the accents of European scripts: marks of other scripts tell words apart.
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .normalize("NFC");
}

/**
 * @param {string} stem
 * @returns {boolean} whether it says something about the subject
 */
export function isWord(stem) {
  return !STOPPED.has(stem);
}

/**
 * @param {string} form a folded word
 * @returns {string} the part that its English inflections share (Porter, 1980); other words as they are
 */
export function stemOf(form) {
  if (!ENGLISH.test(form)) return form;
  let stem = stems.get(form);
  if (stem === undefined) stems.set(form, (stem = stemmer(form)));
  return stem;
}

/**
 * @param {string} text
 * @returns {Word[]} the words in their order; of a run without spaces the pairs of signs
 */
export function words(text) {
  /** @type {Word[]} */
  const found = [];
  for (const match of text.matchAll(WORD)) {
    if (match[1]) pairs(match[1], match.index, found);
    else {
      const form = folded(match[0]);
      found.push({ stem: stemOf(form), form, start: match.index, end: match.index + match[0].length });
    }
  }
  return found;
}

/**
 * @param {string} run
 * @param {number} offset
 * @param {Word[]} found
 */
function pairs(run, offset, found) {
  const signs = [...run.matchAll(/\P{M}\p{M}*/gu)];
  for (let at = 0; at < Math.max(signs.length - 1, 1); at++) {
    const last = signs[Math.min(at + 1, signs.length - 1)];
    const form = folded(run.slice(signs[at].index, last.index + last[0].length));
    found.push({ stem: form, form, start: offset + signs[at].index, end: offset + last.index + last[0].length });
  }
}

/**
 * @param {string} stem
 * @returns {boolean} whether it belongs to a script without spaces
 */
export function isUnspaced(stem) {
  return UNSPACED_WORD.test(stem);
}

/**
 * @param {string} text
 * @returns {string[]} the single signs of the runs of Chinese characters, each of which can be a word
 */
export function characters(text) {
  return [...text.matchAll(/\p{sc=Han}/gu)].map((match) => match[0]);
}
