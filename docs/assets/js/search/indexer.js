/**
 * From records to an inverted index: for each word the records that it leads to, each with one number that says how
 * much. Fields are weighed as in BM25F (Robertson, Zaragoza and Taylor, 2004); a word that means the same as one in
 * the record is indexed too, with a lower weight, so that synonyms cost the reader's browser nothing.
 *
 * Runs in the build, with the code that cuts words in the browser.
 */
import { nameOf } from "./names.js";
import { characters, isUnspaced, isWord, words } from "./words.js";
import { FIELDS, SATURATION, STEPS, SYNONYM, TRANSLATION } from "./weights.js";

/**
 * @typedef {object} Entry
 * @property {Record<string, string[]>} fields texts by the name of their field
 * @property {string[]} names all names that mean just this record
 *
 * @typedef {object} Term
 * @property {number[]} postings in turn the number of a record, and 1 to 63 for how much it says about the word
 * @property {string[]} also stems of words that mean the same, to be marked in excerpts
 * @property {string} form the shortest word with this stem, to be shown when it is taken for a misspelt one
 *
 * @typedef {{stems: string[], others: string[][]}} Phrase
 * @typedef {Map<string, Phrase[]>} Thesaurus phrases with synonyms, by their first stem
 */

/**
 * @param {string[][]} sets words and phrases that mean the same
 * @returns {Thesaurus}
 */
export function thesaurus(sets) {
  /** @type {Map<string, Phrase>} */
  const phrases = new Map();
  for (const set of sets) {
    const members = new Map(set.map(stemsOf).map((stems) => [stems.join(" "), stems]));
    for (const [key, stems] of members) {
      const phrase = phrases.get(key) ?? { stems, others: [] };
      phrase.others.push(...[...members.values()].filter((other) => other !== stems));
      phrases.set(key, phrase);
    }
  }
  return grouped([...phrases.values()].filter((phrase) => phrase.stems.length));
}

/**
 * @param {Phrase[]} phrases
 * @returns {Thesaurus}
 */
function grouped(phrases) {
  /** @type {Thesaurus} */
  const byFirst = new Map();
  for (const phrase of phrases) byFirst.set(phrase.stems[0], [...(byFirst.get(phrase.stems[0]) ?? []), phrase]);
  return byFirst;
}

/** @param {string} text */
function stemsOf(text) {
  return words(text).map((word) => word.stem);
}

/**
 * @param {Entry[]} entries
 * @param {Thesaurus} sets
 * @returns {Map<string, Term>} by stem, and by whole name
 */
export function index(entries, sets) {
  /** @type {Map<string, string>} */
  const forms = new Map();
  const cut = entries.map((entry) => cutFields(entry.fields, forms));
  const means = meanLengths(cut);
  /** @type {Map<string, Term>} */
  const terms = new Map();
  cut.forEach((fields, number) => {
    for (const [stem, weight] of weighed(fields, means, sets)) {
      const impact = Math.round((STEPS * weight) / (weight + SATURATION));
      if (impact) termOf(terms, stem).postings.push(number, impact);
    }
    for (const name of new Set(entries[number].names.map(nameOf))) {
      if (name) termOf(terms, name).postings.push(number, STEPS);
    }
  });
  for (const [stem, term] of terms) {
    term.also = sameMeaning(stem, sets);
    term.form = forms.get(stem) ?? stem;
  }
  return terms;
}

/**
 * @param {Map<string, Term>} terms
 * @param {string} stem
 * @returns {Term}
 */
function termOf(terms, stem) {
  let term = terms.get(stem);
  if (!term) terms.set(stem, (term = { postings: [], also: [], form: "" }));
  return term;
}

/**
 * @param {string} stem
 * @param {Thesaurus} sets
 * @returns {string[]} stems of the single words that mean the same as a single word
 */
function sameMeaning(stem, sets) {
  const alone = (sets.get(stem) ?? []).filter((phrase) => phrase.stems.length === 1);
  const others = alone.flatMap((phrase) => phrase.others).filter((other) => other.length === 1);
  return [...new Set(others.flat())].filter((one) => one !== stem && isWord(one));
}

/**
 * @param {Entry["fields"]} fields
 * @param {Map<string, string>} forms takes the shortest form of each stem
 * @returns {Map<string, string[][]>} the stems of each text of each field
 */
function cutFields(fields, forms) {
  const cut = (/** @type {string} */ text) => {
    const found = words(text);
    for (const { stem, form } of found) if (form.length < (forms.get(stem)?.length ?? Infinity)) forms.set(stem, form);
    return [...found.map((word) => word.stem), ...characters(text)];
  };
  return new Map(Object.entries(fields).map(([name, texts]) => [name, texts.map(cut)]));
}

/** @param {string[][]} texts */
function lengthOf(texts) {
  return texts.reduce((sum, stems) => sum + stems.length, 0);
}

/**
 * @param {Map<string, string[][]>[]} cut
 * @returns {Map<string, number>} how long a field is that is not empty, in words
 */
function meanLengths(cut) {
  return new Map(
    Object.keys(FIELDS).map((name) => {
      const lengths = cut.map((fields) => lengthOf(fields.get(name) ?? [])).filter(Boolean);
      return [name, lengths.reduce((sum, length) => sum + length, 0) / Math.max(lengths.length, 1)];
    }),
  );
}

/**
 * @param {Map<string, string[][]>} fields
 * @param {Map<string, number>} means
 * @param {Thesaurus} sets
 * @returns {Map<string, number>} how much one record says about each word
 */
function weighed(fields, means, sets) {
  /** @type {Map<string, number>} */
  const weights = new Map();
  const add = (/** @type {string} */ stem, /** @type {number} */ weight) => {
    if (isWord(stem)) weights.set(stem, (weights.get(stem) ?? 0) + weight);
  };
  for (const [name, texts] of fields) {
    const { weight, length } = FIELDS[/** @type {keyof typeof FIELDS} */ (name)];
    const worth = weight / (1 - length + (length * lengthOf(texts)) / (means.get(name) || 1));
    for (const stems of texts) {
      for (const stem of stems) add(stem, worth);
      for (const other of synonymsIn(stems, sets)) {
        const own = other.filter(isWord);
        // A phrase of three words must not count three times as much as a single word.
        for (const stem of own) add(stem, ((isUnspaced(stem) ? TRANSLATION : SYNONYM) * worth) / Math.sqrt(own.length));
      }
    }
  }
  return weights;
}

/**
 * @param {string[]} stems
 * @param {Thesaurus} sets
 * @returns {string[][]} what means the same as words and phrases of a text
 */
function synonymsIn(stems, sets) {
  return stems.flatMap((stem, at) =>
    (sets.get(stem) ?? [])
      .filter((phrase) => phrase.stems.every((one, offset) => stems[at + offset] === one))
      .flatMap((phrase) => phrase.others),
  );
}
