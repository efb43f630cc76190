/**
 * A course as the end of an address, after `#`, which a browser never sends: `#c=1;title;entry;entry`. An entry is
 * `id@version~minutes~note`, of which the end may be missing, or `~heading`. It can be read and written by hand.
 */
import { courseOf, entryOf, isHeading, SHAPE } from "./course.js";

/**
 * @typedef {import("./course.js").Course} Course
 * @typedef {import("./course.js").Entry} Entry
 *
 * @typedef {object} Shared what an address holds
 * @property {Course} course
 * @property {number} lost how many entries could not be read
 */

const MARK = "#c=";
/** No address of a course is longer; a browser may give more. */
const LONGEST = 200_000;
const NAMED = /^([a-z0-9-]+)(?:@([0-9]{1,6}))?(?:~([0-9]{0,3})(?:~([^~]*))?)?$/;

/**
 * @param {Course} course
 * @returns {string} the end of the address of the page 'My course' that shares the course
 */
export function fragmentOf({ title, entries }) {
  return `${MARK}${[String(SHAPE), coded(title), ...entries.map(written)].join(";")}`;
}

/** @param {Entry} entry */
function written(entry) {
  if (isHeading(entry)) return `~${coded(entry.heading)}`;
  const { id, version, minutes, note } = entry;
  return `${id}${version ? `@${version}` : ""}~${minutes ?? ""}~${coded(note)}`.replace(/~+$/, "");
}

/** Programs end an address at a bracket or an apostrophe, and `~` divides here. @param {string} text */
function coded(text) {
  return encodeURIComponent(text).replace(/[!'()*~.]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * @param {string} fragment what stands in an address from `#` on
 * @returns {Shared | null | undefined} what it shares; null if that cannot be read, nothing if it shares no course
 */
export function sharedIn(fragment) {
  if (!fragment.startsWith(MARK)) return undefined;
  if (fragment.length > LONGEST) return null;
  const [shape, title, ...parts] = fragment.slice(MARK.length).split(";");
  if (shape !== String(SHAPE) || title === undefined) return null;
  const entries = parts.filter(Boolean).map(entryIn);
  const course = courseOf({ title: decoded(title) ?? "", entries });
  return course.entries.length ? { course, lost: parts.filter(Boolean).length - course.entries.length } : null;
}

/** @param {string} part @returns {Entry | null} */
function entryIn(part) {
  if (part.startsWith("~")) return entryOf({ heading: decoded(part.slice(1)) });
  const [whole, id, version, minutes, note = ""] = NAMED.exec(part) ?? [];
  if (whole === undefined) return null;
  const text = decoded(note);
  const number = (/** @type {string | undefined} */ digits) => (digits ? Number(digits) : null);
  return text === null ? null : entryOf({ id, version: number(version), minutes: number(minutes), note: text });
}

/** @param {string} text @returns {string | null} */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
