/** The part of a text that answers, and the words in it that were asked for. */
import { words } from "./words.js";

/**
 * @typedef {{text: string, isHit: boolean}} Segment
 * @typedef {Map<string, number>} Stems what is looked for, with how much each tells
 *
 * @typedef {object} Hit a part of a record that holds words of the question
 * @property {string} anchor
 * @property {string} heading
 * @property {Segment[]} excerpt
 * @property {number} worth
 */

const LENGTH = 190;
const BEFORE = 60;

/**
 * @param {import("./store.js").Shown} record
 * @param {Stems} stems
 * @param {number} most
 * @returns {Hit[]} the parts with an address that hold most of the question, the best first, each address once
 */
export function hits(record, stems, most) {
  /** @type {Map<string, Hit>} */
  const best = new Map();
  for (const [anchor, heading, text] of record.parts) {
    const { start, worth } = passage(text, stems);
    if (worth > (best.get(anchor)?.worth ?? 0))
      best.set(anchor, { anchor, heading, excerpt: segments(text, stems, start), worth });
  }
  return [...best.values()].sort((one, other) => other.worth - one.worth).slice(0, most);
}

/**
 * @param {string} text
 * @param {Stems} stems
 * @returns {Segment[]} the best part of a text, with dots where it was cut
 */
export function excerpt(text, stems) {
  return segments(text, stems, passage(text, stems).start);
}

/**
 * @param {string} text
 * @param {Stems} stems
 * @returns {{start: number, worth: number}} where the best part begins, and what its different words are worth
 */
function passage(text, stems) {
  const found = words(text).filter((word) => stems.has(word.stem));
  let best = { start: 0, worth: 0 };
  found.forEach((first, at) => {
    const seen = new Set();
    for (let next = at; next < found.length && found[next].end <= first.start + LENGTH - BEFORE; next++)
      seen.add(found[next].stem);
    const worth = [...seen].reduce((sum, stem) => sum + (stems.get(stem) ?? 0), 0);
    if (worth > best.worth) best = { start: first.start, worth };
  });
  return best;
}

/**
 * @param {string} text
 * @param {Stems} stems
 * @param {number} at a place that must be in it
 * @returns {Segment[]}
 */
function segments(text, stems, at) {
  const [start, end] = bounds(text, at);
  /** @type {Segment[]} */
  const found = [];
  let last = start;
  for (const word of words(text)) {
    if (word.start < last || word.end > end || !stems.has(word.stem)) continue;
    found.push(
      { text: text.slice(last, word.start), isHit: false },
      { text: text.slice(word.start, word.end), isHit: true },
    );
    last = word.end;
  }
  found.push({ text: text.slice(last, end), isHit: false });
  if (start) found.unshift({ text: "… ", isHit: false });
  if (end < text.length) found.push({ text: " …", isHit: false });
  return found.filter((segment) => segment.text);
}

/**
 * @param {string} text
 * @param {number} at
 * @returns {[number, number]} whole words around a place
 */
function bounds(text, at) {
  if (text.length <= LENGTH * 1.2) return [0, text.length];
  let start = Math.max(0, at - BEFORE);
  const space = text.indexOf(" ", start);
  if (start && space >= 0 && space < at) start = space + 1;
  let end = Math.min(text.length, start + LENGTH);
  const last = text.lastIndexOf(" ", end);
  if (end < text.length && last > at) end = last;
  return [start, end];
}
