/**
 * The numbers of the ranking model, in one place. `docs/about/search.md` explains them; `make bench` shows what they do.
 * They were chosen on the questions of `tests/data/queries.yml` that are marked `tune`, and never on the others.
 */

/** How much a word counts by where it stands, and how far the length of that field is held against it (BM25F). */
export const FIELDS = {
  title: { weight: 6, length: 0.3 },
  keywords: { weight: 5, length: 0.4 },
  summary: { weight: 3.5, length: 0.4 },
  lessons: { weight: 2, length: 0.5 },
  labels: { weight: 2, length: 0.4 },
  factors: { weight: 1.5, length: 0.5 },
  body: { weight: 1, length: 0.75 },
  sources: { weight: 0.5, length: 0.75 },
};

/** From here on, more of the same word adds little. */
export const SATURATION = 6;

/** What a word is worth that the item does not hold, but a word that means the same. */
export const SYNONYM = 0.45;

/** What a corrected spelling is worth beside the word as typed, for each letter that differs. */
export const TYPING_ERROR = 0.75;

/** What the beginning of a word is worth while it is typed. */
export const BEGINNING = 0.6;

/** How far a result falls that answers only a part of the question: 0 would not matter, 1 would be in proportion. */
export const COVERAGE = 0.5;

/** What a record is worth beside a case, by its kind: a question asks for a precedent first. */
export const KINDS = {
  "case-study": 1,
  "best-practice": 0.9,
  topic: 0.6,
  factor: 0.6,
  guidance: 0.6,
  centre: 0.7,
  term: 0.6,
  page: 0.5,
};

/** What a question is worth that is just the name of a record. */
export const NAME = 12;

/** Impacts are written down as one of this many steps. */
export const STEPS = 63;
