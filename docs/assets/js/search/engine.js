/** From a question to ranked records: which pieces are needed, what is misspelt, what is not yet typed to its end. */
import { distance } from "fastest-levenshtein";
import { decodedPostings } from "./code.js";
import { nameOf } from "./names.js";
import { ranked, rarity, relevant } from "./rank.js";
import { isWord, words } from "./words.js";
import { BEGINNING, SYNONYM, TYPING_ERROR } from "./weights.js";

/**
 * @typedef {import("./rank.js").Clue} Clue
 * @typedef {import("./rank.js").Result} Result
 * @typedef {import("./store.js").Loader} Loader
 * @typedef {import("./words.js").Word} Word
 * @typedef {Clue & {also: string[]}} Found
 * @typedef {{stem: string, form: string, errors: number}} Spelling
 *
 * @typedef {object} Answer
 * @property {Result[]} results what is worth showing, the best first
 * @property {Result[]} all every record that holds any of the words, the best first
 * @property {Clue[]} clues what each word of the question led to
 * @property {import("./excerpt.js").Stems} stems what is marked in excerpts: words of the question and what means the same
 * @property {Map<string, string>} read words that stand in no record, with the ones that were taken for them
 * @property {string} question as it was understood: in one line, and not longer than `LONGEST`
 */

/** A longer text is cut, in letters; nobody types more, and a pasted report would load the whole index. */
export const LONGEST = 2000;
const MOST_WORDS = 60;
/** A question that begins like this, or is one, asks what to do rather than what happened. */
const ASKS_FOR_ADVICE =
  /^(how|what (should|to|can|do)|should|can|could|may|must|who (should|must|pays)|which|never|let us|we (need|want)|is it|are we|do we)\b|\?$/i;
const LONGEST_NAME = 8;
const MOST_BEGINNINGS = 12;
const MOST_SPELLINGS = 4;

/**
 * @param {string} question
 * @returns {string} in one line, without control characters
 */
export function tidied(question) {
  return question
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim()
    .slice(0, LONGEST);
}

/**
 * @param {string} question
 * @param {Loader} load
 * @param {boolean} isTyping whether the last word may still grow
 * @returns {Promise<Answer>}
 */
export async function answerTo(question, load, isTyping = false) {
  const text = tidied(question);
  const manifest = await load("manifest");
  const asked = wordsOf(text);
  const unfinished = isTyping && /[\p{L}\p{N}]$/u.test(question) ? asked.at(-1) : undefined;
  /** @type {Answer["read"]} */
  const read = new Map();
  const found = await Promise.all(asked.map((word) => cluesOf(word, word === unfinished, load, manifest, read)));
  const kinds = kindsOf(manifest);
  const led = found
    .map((one, at) => one.length && { ...merged(one), typed: asked[at].form })
    .filter((one) => one !== 0);
  const clues = [...led, ...(await nameClues(text, load, manifest))];
  const all = ranked(clues, kinds, ASKS_FOR_ADVICE.test(text));
  return { results: relevant(all), all, clues, stems: telling(found.flat(), kinds.length), read, question: text };
}

/**
 * @param {Found[]} found
 * @param {number} count of all records
 * @returns {import("./excerpt.js").Stems} what to mark, with how much each word tells
 */
function telling(found, count) {
  /** @type {import("./excerpt.js").Stems} */
  const stems = new Map();
  for (const { stem, also, postings } of found) {
    const rare = rarity(postings.length / 2, count);
    for (const one of also) stems.set(one, Math.max(stems.get(one) ?? 0, SYNONYM * rare));
    stems.set(stem, Math.max(stems.get(stem) ?? 0, rare));
  }
  return stems;
}

/**
 * @param {import("./store.js").Manifest} manifest
 * @returns {string[]} the kind of each record
 */
export function kindsOf(manifest) {
  return manifest.kinds.flatMap(([kind, count]) => Array(count).fill(kind));
}

/**
 * @param {string} kind
 * @returns {boolean} whether a record of this kind is an item of the library, and no term or page
 */
export function isItem(kind) {
  return isPrecedent(kind) || kind === "exercise" || kind === "learning-path";
}

/**
 * @param {string} kind
 * @returns {boolean} whether a record of this kind says what happened elsewhere, or what to do
 */
export function isPrecedent(kind) {
  return kind === "case-study" || kind === "best-practice";
}

/**
 * @param {string} text
 * @returns {Word[]} the words that say something, each once; all of them where none does
 */
function wordsOf(text) {
  const all = words(text);
  const telling = all.filter((word) => isWord(word.stem));
  return [...new Map((telling.length ? telling : all).map((word) => [word.stem, word])).values()].slice(0, MOST_WORDS);
}

/**
 * @param {string} stem
 * @param {Loader} load
 * @param {import("./store.js").Manifest} manifest
 * @returns {Promise<Record<string, string[]>>} the piece in which a word would stand
 */
async function pieceOf(stem, load, manifest) {
  let [low, high] = [0, manifest.words.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (manifest.words[middle] <= stem) low = middle + 1;
    else high = middle;
  }
  return low ? load(`words-${low - 1}`) : {};
}

/**
 * @param {Word} word
 * @param {boolean} isUnfinished
 * @param {Loader} load
 * @param {import("./store.js").Manifest} manifest
 * @param {Answer["read"]} read
 * @returns {Promise<Found[]>} the word itself, and what else it may stand for
 */
async function cluesOf(word, isUnfinished, load, manifest, read) {
  const piece = await pieceOf(word.stem, load, manifest);
  const exact = Object.hasOwn(piece, word.stem) ? [clue(word.stem, piece, 1)] : [];
  if (isUnfinished) {
    const longer = Object.keys(piece).filter((stem) => stem.startsWith(word.form) && stem !== word.stem);
    exact.push(...longer.slice(0, MOST_BEGINNINGS).map((stem) => clue(stem, piece, BEGINNING)));
  }
  if (exact.length) return exact;
  const meant = await spellingsOf(word.stem, isUnfinished, load, manifest);
  if (meant.length) read.set(word.form, meant[0].form);
  return Promise.all(
    meant.map(async ({ stem, errors }) => clue(stem, await pieceOf(stem, load, manifest), TYPING_ERROR ** errors)),
  );
}

/**
 * @param {Found[]} found readings of one word
 * @returns {Clue} one clue: a record counts by the reading that says most, because one word was asked for
 */
function merged(found) {
  if (found.length === 1) return found[0];
  /** @type {Map<number, number>} */
  const best = new Map();
  for (const { weight, postings } of found) {
    for (let at = 0; at < postings.length; at += 2) {
      best.set(postings[at], Math.max(best.get(postings[at]) ?? 0, weight * postings[at + 1]));
    }
  }
  return { stem: found[0].stem, weight: 1, postings: [...best].flat() };
}

/**
 * @param {string} stem
 * @param {Record<string, string[]>} piece
 * @param {number} weight
 * @returns {Found}
 */
function clue(stem, piece, weight) {
  const [postings, ...also] = piece[stem];
  return { stem, weight, postings: decodedPostings(postings), also };
}

/**
 * @param {string} stem a word that stands in no record
 * @param {boolean} isUnfinished
 * @param {Loader} load
 * @param {import("./store.js").Manifest} manifest
 * @returns {Promise<Spelling[]>} the nearest words that do: one letter wrong, two in a long word
 */
async function spellingsOf(stem, isUnfinished, load, manifest) {
  const most = stem.length < 4 ? 0 : stem.length < 7 ? 1 : 2;
  if (!most) return [];
  const letters = [...manifest.letters];
  // The first letter may be doubled or exchanged: the second one is looked up, too. If it is wrong, only all lists help.
  const likely = letters.filter((letter) => stem.slice(0, 2).includes(letter));
  const near = await nearest(stem, most, likely, load);
  return near.length || isUnfinished ? near : nearest(stem, most, letters, load);
}

/**
 * @param {string} stem
 * @param {number} most letters that may differ
 * @param {string[]} letters
 * @param {Loader} load
 * @returns {Promise<Spelling[]>}
 */
async function nearest(stem, most, letters, load) {
  const lists = await Promise.all(letters.map((letter) => load(`spelling-${letter}`)));
  const near = lists
    .flatMap((list) => /** @type {string} */ (list).split(" ").map((entry) => entry.split("=")))
    .filter(([one]) => Math.abs(one.length - stem.length) <= most)
    .map(([one, form = one]) => ({ stem: one, form, errors: distance(one, stem) }))
    .filter(({ errors }) => errors <= most);
  const least = Math.min(...near.map(({ errors }) => errors));
  return near.filter(({ errors }) => errors === least).slice(0, MOST_SPELLINGS);
}

/**
 * @param {string} text
 * @param {Loader} load
 * @param {import("./store.js").Manifest} manifest
 * @returns {Promise<Clue[]>} the records whose name the whole question is
 */
async function nameClues(text, load, manifest) {
  const name = nameOf(text);
  if (!name || name.split(" ").length > LONGEST_NAME) return [];
  const piece = await pieceOf(name, load, manifest);
  return Object.hasOwn(piece, name) ? [{ ...clue(name, piece, 1), isName: true }] : [];
}
