/** A reader's own course as a value: a title, items and headings in an order. Whatever comes in is checked here. */

/**
 * @typedef {object} Chosen an item of the course
 * @property {string} id
 * @property {number | null} version the version that was chosen; null where nobody wrote it down
 * @property {number | null} minutes null: as the item says
 * @property {string} note
 *
 * @typedef {{heading: string}} Heading a day or a part of the course, up to the next heading
 *
 * @typedef {Chosen | Heading} Entry
 *
 * @typedef {object} Course
 * @property {string} title
 * @property {Entry[]} entries
 */

/** The number of the shape in which a course is kept and shared. */
export const SHAPE = 1;
export const MOST_ENTRIES = 200;
export const LONGEST = { title: 120, heading: 80, note: 500 };
export const MOST_MINUTES = 999;
const LONGEST_ID = 100;
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Signs that are not seen, and those that turn the direction of a text around. Half of a character is none. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]|\p{Cs}/gu;

/** @type {Readonly<Course>} */
export const EMPTY = { title: "", entries: [] };

/**
 * @param {Entry} entry
 * @returns {entry is Heading}
 */
export function isHeading(entry) {
  return "heading" in entry;
}

/**
 * @param {Course} course
 * @returns {Chosen[]} the items, in their order
 */
export function itemsOf({ entries }) {
  return /** @type {Chosen[]} */ (entries.filter((entry) => !isHeading(entry)));
}

/**
 * @param {Course} course
 * @param {string} id
 */
export function has(course, id) {
  return itemsOf(course).some((one) => one.id === id);
}

/**
 * @param {string} text
 * @param {number} longest
 * @returns {string} the text on one line, without signs that nobody sees
 */
export function line(text, longest) {
  return cut(text.replace(/\s+/gu, " ").replace(UNSEEN, "").trim(), longest);
}

/**
 * @param {string} text
 * @returns {string} a note: lines, without signs that nobody sees
 */
export function noteOf(text) {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/u).map((one) => line(one, LONGEST.note));
  return cut(lines.join("\n").trim(), LONGEST.note);
}

/**
 * @param {string} text
 * @param {number} longest
 */
function cut(text, longest) {
  const short = text.slice(0, longest);
  return /[\ud800-\udbff]$/u.test(short) ? short.slice(0, -1) : short;
}

/**
 * @param {unknown} value
 * @param {number} most
 * @returns {number | null} a whole number from 0, or null
 */
export function numberOf(value, most) {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= most ? value : null;
}

/**
 * @param {unknown} found anything: what a browser kept or an address held
 * @returns {Entry | null} an entry, if it is one
 */
export function entryOf(found) {
  if (typeof found !== "object" || found === null) return null;
  const { id, version, minutes, note, heading } = /** @type {Record<string, unknown>} */ (found);
  if (typeof heading === "string") return { heading: line(heading, LONGEST.heading) };
  if (typeof id !== "string" || id.length > LONGEST_ID || !ID.test(id)) return null;
  const written = typeof note === "string" ? noteOf(note) : "";
  return { id, version: numberOf(version, 999_999) || null, minutes: numberOf(minutes, MOST_MINUTES), note: written };
}

/**
 * @param {unknown} found
 * @returns {Course} a course: of what is no entry nothing is left, and each item is in it once
 */
export function courseOf(found) {
  if (typeof found !== "object" || found === null) return EMPTY;
  const { title, entries } = /** @type {Record<string, unknown>} */ (found);
  const given = Array.isArray(entries) ? entries.slice(0, 10 * MOST_ENTRIES).map(entryOf) : [];
  const known = /** @type {Entry[]} */ (given.filter(Boolean));
  return { title: typeof title === "string" ? line(title, LONGEST.title) : "", entries: once(known) };
}

/**
 * @param {Entry[]} entries
 * @returns {Entry[]} the entries, each item once, and no more than a course may have
 */
function once(entries) {
  /** @type {Set<string>} */
  const seen = new Set();
  const kept = entries.filter((entry) => {
    if (isHeading(entry)) return true;
    const isNew = !seen.has(entry.id);
    seen.add(entry.id);
    return isNew;
  });
  return kept.slice(0, MOST_ENTRIES);
}

/**
 * @param {Course} course
 * @param {...Entry} entries
 * @returns {Course} the course with more entries at its end; an item that it has already stays as it is
 */
export function added(course, ...entries) {
  return { ...course, entries: once([...course.entries, ...entries]) };
}

/**
 * @param {Course} course
 * @param {string} id
 * @returns {Course} the course without an item
 */
export function without(course, id) {
  return { ...course, entries: course.entries.filter((entry) => isHeading(entry) || entry.id !== id) };
}

/**
 * @param {Course} course
 * @param {number} from
 * @param {number} to
 * @returns {Course} the course with an entry at another place
 */
export function moved(course, from, to) {
  const entries = [...course.entries];
  const [entry] = entries.splice(from, 1);
  if (entry) entries.splice(to, 0, entry);
  return { ...course, entries };
}

/**
 * @param {Course} course
 * @param {number} place
 * @returns {Course} the course without the entry at a place
 */
export function removed(course, place) {
  return { ...course, entries: course.entries.filter((_, index) => index !== place) };
}

/**
 * @param {Course} course
 * @param {number} place
 * @param {Entry[]} entries
 * @returns {Course} the course with an entry replaced by others; an item that it has already stays where it is
 */
export function replaced(course, place, entries) {
  const others = removed(course, place);
  const fresh = entries.filter((entry) => isHeading(entry) || !has(others, entry.id));
  return { ...course, entries: once([...others.entries.slice(0, place), ...fresh, ...others.entries.slice(place)]) };
}

/**
 * @param {Course} course
 * @param {number} place
 * @param {Partial<Chosen> | Heading} change
 * @returns {Course} the course with an entry changed
 */
export function changed(course, place, change) {
  const entries = course.entries.map((entry, index) => (index === place ? entryOf({ ...entry, ...change }) ?? entry : entry));
  return { ...course, entries };
}

/**
 * @param {number} minutes
 * @returns {string} `45 min`, `2 h`, `2 h 15 min`
 */
export function duration(minutes) {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours && `${hours} h`, (rest || !hours) && `${rest} min`].filter(Boolean).join(" ");
}

/**
 * @param {number} count
 * @returns {string} `1 item`, `3 items`
 */
export function counted(count) {
  return `${count} ${count === 1 ? "item" : "items"}`;
}
