/**
 * The numbers of the ranking model, in one place. `docs/about/search.md` explains them; `make bench` shows what they do.
 * They were chosen on the questions of `tests/data/queries.yml` that are marked `tune`, and never on the others.
 */

/** How much a word counts by where it stands, and how far the length of that field is held against it (BM25F). */
export const FIELDS = {
  title: { weight: 10, length: 0.2 },
  keywords: { weight: 11, length: 0.3 },
  questions: { weight: 5, length: 0.3 },
  summary: { weight: 1.5, length: 0.1 },
  lessons: { weight: 1.5, length: 0.3 },
  labels: { weight: 0.7, length: 0.4 },
  factors: { weight: 1.5, length: 0.6 },
  body: { weight: 1.5, length: 0.5 },
  sources: { weight: 0.5, length: 0.7 },
};

/** From here on, more of the same word adds little. */
export const SATURATION = 18;

/** How far rarity decides between words: 1 would be in proportion, 0 not at all. */
export const RARITY = 0.5;

/** What a word is worth that the item does not hold, but a word that means the same. */
export const SYNONYM = 0.2;

/** The same for a word in a script without spaces: a text that holds the very word must stand above all translations. */
export const TRANSLATION = 0.05;

/** What a corrected spelling is worth beside the word as typed, for each letter that differs. */
export const TYPING_ERROR = 0.75;

/** What the beginning of a word is worth while it is typed. */
export const BEGINNING = 0.6;

/** How far a result falls that answers only a part of the question: 0 would not matter, 1 would be in proportion. */
export const COVERAGE = 0.65;

/** What a record is worth, by its kind: a question asks for a precedent, and for what to do. */
export const KINDS = {
  "case-study": 1,
  "best-practice": 1,
  exercise: 0.8,
  "learning-path": 0.8,
  topic: 0.5,
  factor: 0.5,
  guidance: 0.5,
  centre: 0.6,
  term: 0.5,
  page: 0.35,
};

/** What a best practice is worth more when the question asks what to do. */
export const ADVICE = 1.12;

/** What a question is worth that is just the name of a record. */
export const NAME = 12;

/** A result that is worth less than this share of the best one is left out. */
export const RELEVANT = 0.06;

/** Impacts are written down as one of this many steps. */
export const STEPS = 63;

/**
 * The finder: what an item is worth that shares a value with the reader's situation, by the question to which the value
 * was an answer. Each is multiplied by how rare the value is among the items.
 */
export const OVERLAP = { setting: 1.2, protect: 0.8, worry: 1.2, stage: 0.4, read: 0.3 };

/** The finder: what the best match of the reader's own words is worth, and a practice by the cases that lead to it. */
export const OWN_WORDS = 10;
export const LED_TO = 0.03;
