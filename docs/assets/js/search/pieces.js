/**
 * The index cut into files that a browser loads one by one. A piece is a script and not JSON, because a page that was
 * opened from disk may load the one and not the other.
 */
import { encodedNumbers, encodedPostings } from "./code.js";
import { index, thesaurus } from "./indexer.js";

/**
 * @typedef {import("./indexer.js").Entry} Entry
 * @typedef {import("./indexer.js").Term} Term
 *
 * @typedef {object} Facet
 * @property {string} name
 * @property {string} label
 * @property {[string, string, number[]][]} values id, label and records of each value
 *
 * @typedef {object} Library
 * @property {Entry[]} entries
 * @property {string[]} kinds the kind of each record
 * @property {string[][]} synonyms
 * @property {Facet[]} facets
 * @property {[number, number[]][]} links practices to which the lessons of a case lead
 * @property {[number, number][]} days day of the event and of the first publication of each record
 *
 * @typedef {object} Manifest
 * @property {[string, number][]} kinds each kind, and how many records of it follow one another
 * @property {string[]} words the first word of each piece of the index
 * @property {string} letters first letters of the words of which there is a list for spelling
 * @property {[string, string][]} facets names and labels
 */

/** Small pieces for a slow line; in a large library there are no more of them, or the list of them would be long. */
const PIECE = 5000;
const MOST_PIECES = 600;
const SHORTEST_FOR_SPELLING = 4;

/**
 * @param {Library} library
 * @returns {{manifest: Manifest, pieces: Record<string, unknown>}} the pieces by name
 */
export function cut(library) {
  const terms = index(library.entries, thesaurus(library.synonyms));
  const { words, pieces } = wordPieces(terms);
  const spelling = spellingPieces(terms);
  for (const facet of library.facets) {
    const values = facet.values.map(([id, label, records]) => [id, label, encodedNumbers(records)]);
    pieces[`facet-${facet.name}`] = values;
  }
  pieces.days = library.days;
  pieces.links = library.links;
  return {
    manifest: {
      kinds: runs(library.kinds),
      words,
      letters: Object.keys(spelling).join(""),
      facets: library.facets.map((facet) => [facet.name, facet.label]),
    },
    pieces: {
      ...pieces,
      ...Object.fromEntries(Object.entries(spelling).map(([letter, list]) => [`spelling-${letter}`, list])),
    },
  };
}

/**
 * @param {Map<string, Term>} terms
 * @returns {{words: string[], pieces: Record<string, unknown>}}
 */
function wordPieces(terms) {
  /** @type {string[]} */
  const firsts = [];
  /** @type {Record<string, Record<string, string[]>>} */
  const pieces = {};
  const contents = [...terms]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([stem, { postings, also }]) => ({
      stem,
      content: [encodedPostings(postings), ...also],
    }));
  const size = (/** @type {typeof contents[number]} */ { stem, content }) => stem.length + content.join().length + 8;
  const most = Math.max(PIECE, contents.reduce((sum, one) => sum + size(one), 0) / MOST_PIECES);
  let length = Infinity;
  for (const one of contents) {
    // A long list stands alone, so that nobody loads it for the sake of its neighbours.
    if (length + size(one) > most) {
      length = 0;
      firsts.push(one.stem);
    }
    (pieces[`words-${firsts.length - 1}`] ??= {})[one.stem] = one.content;
    length += size(one);
  }
  return { words: firsts, pieces };
}

/**
 * @param {Map<string, Term>} terms
 * @returns {Record<string, string>} by first letter the words in which a typing error can be looked for
 */
function spellingPieces(terms) {
  /** @type {Record<string, string[]>} */
  const lists = {};
  for (const [stem, { form }] of terms) {
    if (stem.length < SHORTEST_FOR_SPELLING || !/^[a-z]+$/.test(stem)) continue;
    (lists[stem[0]] ??= []).push(form === stem ? stem : `${stem}=${form}`);
  }
  return Object.fromEntries(
    Object.entries(lists)
      .sort()
      .map(([letter, list]) => [letter, list.sort().join(" ")]),
  );
}

/**
 * @param {string[]} kinds
 * @returns {[string, number][]}
 */
function runs(kinds) {
  /** @type {[string, number][]} */
  const found = [];
  for (const kind of kinds) {
    const last = found.at(-1);
    if (last?.[0] === kind) last[1]++;
    else found.push([kind, 1]);
  }
  return found;
}
