/** What a check says. The command line says the same in the same words (`finding.py`). */
import { onOneLine } from "./letters.js";

/**
 * @typedef {"error" | "warning" | "note"} Severity
 * @typedef {(string | number)[]} Steps the keys and indexes that lead to a value of the front matter
 *
 * @typedef {object} Place
 * @property {number} line from 1
 * @property {number} column from 1, in letters
 * @property {Steps} [steps] where it is about the front matter
 * @property {string} [section] the heading of level 2, where it is in the body
 *
 * @typedef {object} Finding
 * @property {string} code
 * @property {Severity} severity
 * @property {string} message
 * @property {string} hint
 * @property {number} line
 * @property {number} column
 * @property {Steps} steps
 * @property {string} section
 */

/**
 * @param {string} code
 * @param {Place} place
 * @param {string} message
 * @param {string} [hint]
 * @param {Severity} [severity]
 * @returns {Finding}
 */
export function finding(code, place, message, hint = "", severity = "error") {
  const { line, column, steps = [], section = "" } = place;
  return { code, severity, message: onOneLine(message), hint: onOneLine(hint), line, column, steps, section };
}

/**
 * @param {Finding[]} found
 * @returns {Finding[]} each finding once, sorted by place
 */
export function sorted(found) {
  const one = new Map(found.map((each) => [JSON.stringify(keys(each)), each]));
  return [...one.values()].sort((left, right) => compared(keys(left), keys(right)));
}

/** @param {Finding} each */
const keys = ({ line, column, code, message, hint, severity }) => [line, column, code, message, hint, severity];

/**
 * @param {(string | number)[]} left
 * @param {(string | number)[]} right
 */
function compared(left, right) {
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : left[at] < right[at] ? -1 : 1;
}
