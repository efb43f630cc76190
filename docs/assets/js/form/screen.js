/** The screen for sensitive content: what its checks see in a text (`screen.py`). */
import { split } from "./letters.js";

/**
 * @typedef {import("./document.js").ScreenCheck} ScreenCheck
 * @typedef {ScreenCheck["patterns"][number]} Pattern
 *
 * @typedef {object} Match
 * @property {ScreenCheck} check
 * @property {number} start
 * @property {number} end
 */

const REACH = 200;

/** @type {WeakMap<Pattern, RegExp>} */
const compiled = new WeakMap();

/** @param {Pattern} pattern */
function expression(pattern) {
  const known = compiled.get(pattern) ?? new RegExp(pattern.match, pattern.any_case ? "giu" : "gu");
  compiled.set(pattern, known);
  return known;
}

/**
 * @param {ScreenCheck[]} screen
 * @param {string} text
 * @returns {Match[]} what the checks see; of matches of one check that overlap, only the first
 */
export function matches(screen, text) {
  const small = lower(text);
  return screen.flatMap((check) => {
    const found = check.patterns.flatMap((pattern) => spans(pattern, text, small));
    found.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    let last = -1;
    return found.flatMap(([start, end]) => {
      if (start < last) return [];
      last = end;
      return [{ check, start, end }];
    });
  });
}

/**
 * @param {Pattern} pattern
 * @param {string} text
 * @param {string} small the text in lower case
 * @returns {[number, number][]}
 */
function spans(pattern, text, small) {
  const sought = expression(pattern);
  return windows(pattern.near, small).flatMap(([first, last]) => {
    /** @type {[number, number][]} */
    const found = [];
    const part = text.slice(0, last);
    sought.lastIndex = first;
    for (let match = sought.exec(part); match; match = sought.exec(part)) {
      const end = match.index + match[0].length;
      found.push([end - match[0].trimStart().length, end]);
      if (match[0] === "") sought.lastIndex += 1;
    }
    return found;
  });
}

/**
 * @param {string[]} near
 * @param {string} small
 * @returns {[number, number][]} the parts of a text around given words, those that overlap as one
 */
function windows(near, small) {
  if (near.length === 0) return [[0, small.length]];
  /** @type {[number, number][]} */
  const found = [];
  for (const place of near.flatMap((word) => places(word, small)).sort((one, other) => one - other)) {
    const last = found.at(-1);
    if (last && place - REACH <= last[1]) last[1] = place + REACH;
    else found.push([Math.max(place - REACH, 0), place + REACH]);
  }
  return found;
}

/**
 * @param {string} word
 * @param {string} small
 */
function places(word, small) {
  const found = [];
  for (let at = small.indexOf(word); at >= 0; at = small.indexOf(word, at + word.length)) found.push(at);
  return found;
}

/**
 * @param {string} text
 * @returns {string} a text in lower case in which each character keeps its place
 */
function lower(text) {
  const small = text.toLowerCase();
  if (small.length === text.length) return small;
  return [...text].map((sign) => sign.toLowerCase().slice(0, sign.length).padEnd(sign.length)).join("");
}

/**
 * @param {string} text
 * @param {string} words
 * @returns {[number, number][]} where some words stand in a text, however its lines are broken
 */
export function permitted(text, words) {
  const parts = split(words).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&"));
  if (parts.length === 0) return [];
  return [...text.matchAll(new RegExp(parts.join("\\s+"), "gu"))].map(({ index, 0: found }) => [
    index,
    index + found.length,
  ]);
}
