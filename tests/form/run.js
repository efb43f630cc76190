/**
 * Runs the checker of the form for the tests. Reads `{facts, calls}` from standard input and writes what the
 * calls return; `known` names them.
 */
import { readFileSync } from "node:fs";
import { CODES, check, ONLY_ON_SEND } from "../../docs/assets/js/form/check.js";
import { read, write } from "../../docs/assets/js/form/item.js";
import { KEYWORDS } from "../../docs/assets/js/form/shape.js";
import { matching } from "../../docs/assets/js/form/matching.js";
import { mailAddress, newFileAddress } from "../../docs/assets/js/form/send.js";
import { slug } from "../../docs/assets/js/form/slug.js";
import { near } from "../../docs/assets/js/form/near.js";

const { facts, calls } = JSON.parse(readFileSync(0, "utf8"));

/** @param {any} given */
function again({ text, kind, item }) {
  const { schema } = facts.kinds[kind];
  const first = item ?? read(text, schema);
  const written = write({ kind, ...first }, facts);
  return { written, first, second: read(written, schema) };
}

/** @type {Record<string, (given: any) => unknown>} */
const known = {
  codes: () => ({ CODES, ONLY_ON_SEND, KEYWORDS: [...KEYWORDS] }),
  near: ({ word, candidates }) => near(word, candidates),
  check: ({ text, path, items }) => check(text, path, items ? { ...facts, items } : facts),
  again,
  matching: ({ terms, question }) => matching(terms, question).map(({ id }) => id),
  newFileAddress: ({ given }) => newFileAddress(...given),
  mailAddress: ({ given }) => mailAddress(...given),
  slug: ({ given }) => slug(...given),
};

const big = (/** @type {string} */ _, /** @type {unknown} */ value) => (typeof value === "bigint" ? String(value) : value);
process.stdout.write(JSON.stringify(calls.map((/** @type {any} */ given) => known[given.call](given)), big));
