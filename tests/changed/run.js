/**
 * Answers what has changed, for the tests. Reads `{facts, calls}` from standard input; each call has a text, or items,
 * and a day. Writes what `found` or `named` and `report` return to each.
 */
import { readFileSync } from "node:fs";
import { answers, faultOfDay, report, summary } from "../../docs/assets/js/changed/answers.js";
import { found, named } from "../../docs/assets/js/changed/find.js";

const { calls } = JSON.parse(readFileSync(0, "utf8"));

/** @param {any} given */
function told({ facts, text, items, since, site }) {
  if (since && faultOfDay(since)) return { asked: [], says: [faultOfDay(since)] };
  const asked = items ? named(items) : found(text, facts);
  const given = answers(asked, facts, since);
  return { asked, given, says: report(given, site), summary: summary(given) };
}

process.stdout.write(JSON.stringify(calls.map(told)));
