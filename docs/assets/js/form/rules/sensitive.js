/** Nothing in an item looks like content that must stay protected (`rules/sensitive.py`). */
import { finding } from "../finding.js";
import { cut, shown, size, split } from "../letters.js";
import { nearest } from "../near.js";
import { matches, permitted } from "../screen.js";

/**
 * @typedef {import("../subject.js").Subject} Subject
 * @typedef {import("../document.js").Document} Document
 * @typedef {import("../finding.js").Finding} Finding
 * @typedef {import("../screen.js").Match} Match
 */

const SHOWN = 24;
const MOST_EXCEPTIONS = 20;
const LONGEST_EXCEPTION = 200;

/** @param {Subject} subject @returns {Finding[]} */
export function sensitive(subject) {
  const { document, facts } = subject;
  const [first, last] = clearanceLines(document);
  const seen = matches(facts.screen, document.written).filter(({ start }) => {
    const { line } = document.lines.place(start);
    return line < first || line >= last;
  });
  const covered = new Set();
  /** @type {Finding[]} */
  const found = [];
  for (const [index, entry] of subject.entries("clearance", "exceptions").slice(0, MOST_EXCEPTIONS)) {
    const check = Object.hasOwn(entry, "check") ? shown(entry.check) : "";
    const text = Object.hasOwn(entry, "text") ? cut(shown(entry.text), LONGEST_EXCEPTION) : "";
    const used = usedBy(check, text, seen, document.written);
    for (const match of used) covered.add(match);
    if (used.length === 0) found.push(unused(check, index, subject));
  }
  return [...found, ...seen.filter((match) => !covered.has(match)).map((match) => said(match, document))];
}

/**
 * @param {Document} document
 * @returns {[number, number]} the first line of the field `clearance` and the first one after it
 */
function clearanceLines(document) {
  if (!Object.hasOwn(document.data, "clearance")) return [0, 0];
  const first = document.at(["clearance"], true).line;
  const later = Object.keys(document.data)
    .map((key) => document.at([key], true).line)
    .filter((line) => line > first);
  return [first, later.length > 0 ? Math.min(...later) : document.bodyOffset + 1];
}

/**
 * @param {string} check
 * @param {string} text
 * @param {Match[]} seen
 * @param {string} written
 */
function usedBy(check, text, seen, written) {
  const spans = permitted(written, text);
  return seen.filter((match) => {
    const span = spans.findLast(([start]) => start <= match.start);
    return match.check.id === check && span !== undefined && match.end <= span[1];
  });
}

/**
 * @param {string} check
 * @param {number} index
 * @param {Subject} subject
 */
function unused(check, index, { document, facts }) {
  const place = document.at(["clearance", "exceptions", index]);
  const ids = facts.screen.map(({ id }) => id);
  return ids.includes(check)
    ? finding("sensitive", place, `this exception to \`${check}\` silences nothing`, "delete it, or mend its `text`", "warning")
    : finding("sensitive", place, `the screen has no check \`${check}\``, nearest(check, ids), "warning");
}

/**
 * @param {Match} match
 * @param {Document} document
 */
function said({ check, start, end }, document) {
  const words = split(document.written.slice(start, end)).join(" ");
  const seen = size(words) <= SHOWN ? words : `${cut(words, SHOWN - 1)}…`;
  const message = `${check.label.toLowerCase()}: '${seen}'. ${check.why}`;
  const hint = `${check.remedy} If it is harmless, record it in \`clearance.exceptions\`: check \`${check.id}\``;
  return finding("sensitive", document.atOffset(start), message, `${hint}, text, reason`, "warning");
}
