/**
 * Runs the code of the search for the tests: reads `{call, arguments, pieces}` from standard input and writes what the
 * call returns. `pieces` is a folder with an index; `load` reads from it what the browser loads with script tags.
 */
import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import * as code from "../../docs/assets/js/search/code.js";
import { answerTo, kindsOf, tidied } from "../../docs/assets/js/search/engine.js";
import { excerpt, hits } from "../../docs/assets/js/search/excerpt.js";
import { counts, narrowed, sorted } from "../../docs/assets/js/search/narrow.js";
import { matches } from "../../docs/assets/js/search/overlap.js";
import { cut } from "../../docs/assets/js/search/pieces.js";
import { situated } from "../../docs/assets/js/search/situation.js";
import { addressOf, stateOf } from "../../docs/assets/js/search/state.js";
import { words } from "../../docs/assets/js/search/words.js";

const { call, given, pieces } = JSON.parse(readFileSync(0, "utf8"));

/** @type {Map<string, unknown>} */
const loaded = new Map();
let folder = "";

/** @param {string} name */
async function load(name) {
  if (typeof pieces === "object") return pieces[name];
  if (!loaded.has(name)) {
    const script = readFileSync(`${pieces}/${name === "manifest" ? "" : folder}${name}.js`, "utf8");
    runInNewContext(script, {
      casebookPiece: (/** @type {string} */ key, /** @type {unknown} */ content) => loaded.set(key, content),
    });
    if (name === "manifest") folder = `${/** @type {{folder: string}} */ (loaded.get(name)).folder}/`;
  }
  return loaded.get(name);
}

async function addresses() {
  const kinds = kindsOf(/** @type {any} */ (await load("manifest")));
  return Promise.all(kinds.map(async (_, number) => /** @type {any} */ (await load(`record-${number}`))[2]));
}

const entries = (/** @type {Record<string, string[]>} */ object) => new Map(Object.entries(object));
const facets = (/** @type {any[]} */ list) =>
  list.map((facet) => ({
    ...facet,
    values: facet.values.map((/** @type {any} */ value) => ({ ...value, records: new Set(value.records) })),
  }));

/** @type {Record<string, (...given: any[]) => unknown>} */
const calls = {
  words: (text) => words(text).map(({ stem }) => stem),
  places: (text) => words(text).map(({ start, end }) => text.slice(start, end)),
  postings: (list) => code.decodedPostings(code.encodedPostings(list)),
  numbers: (list) => code.decodedNumbers(code.encodedNumbers(list)),
  signs: (list) => code.encodedNumbers(list),
  cut,
  tidied,
  state: (search) => {
    const state = stateOf(search);
    return { ...state, chosen: Object.fromEntries(state.chosen), again: addressOf(state) };
  },
  excerpt: (text, stems) => excerpt(text, new Map(stems)),
  hits: (parts, stems) => hits(/** @type {any} */ ({ parts }), new Map(stems), 3),
  narrowed: (records, chosen, list) => narrowed(records, entries(chosen), facets(list)),
  counts: (records, chosen, list) =>
    [...counts(records, entries(chosen), facets(list))].map(([name, values]) => [name, [...values]]),
  sorted: (chosen, list) => {
    const { known, unknown } = sorted(entries(chosen), facets(list));
    return { known: Object.fromEntries(known), unknown };
  },
  matches: ({ choices, answers }, count, links) =>
    matches(
      { choices: choices.map((/** @type {any} */ one) => ({ ...one, records: new Set(one.records) })), answers },
      count,
      new Map(links),
    ).map(({ shared, ...match }) => ({ ...match, shared: shared.map(({ id }) => id) })),
  answers: async (questions, isTyping) => {
    const known = await addresses();
    return Promise.all(
      questions.map(async (/** @type {string} */ question) => {
        const { results, read } = await answerTo(question, load, isTyping);
        return { found: results.map(({ record }) => known[record]), read: Object.fromEntries(read) };
      }),
    );
  },
  situations: async (questions) => {
    const known = await addresses();
    return Promise.all(
      questions.map(async (/** @type {string} */ question) => {
        const found = await situated([], await answerTo(question, load), load);
        return { found: found.matches.map(({ record }) => known[record]), read: found.read.map(({ id }) => id) };
      }),
    );
  },
};

process.stdout.write(JSON.stringify((await calls[call](...given)) ?? null));
