/** The reading list: what is printed and exported of a course, as a value. */
import { isHeading } from "./course.js";

/**
 * @typedef {import("./course.js").Course} Course
 * @typedef {import("./shelf.js").Known} Known
 * @typedef {import("./shelf.js").Shelf} Shelf
 *
 * @typedef {object} Reading an item to read
 * @property {string} id
 * @property {string} title
 * @property {string} kind
 * @property {string} address full, or nothing where the site does not know its own
 * @property {number} version
 * @property {number} minutes
 * @property {string} line
 * @property {string} note
 *
 * @typedef {object} Part the items under a heading; the first part may have none
 * @property {string} heading
 * @property {number} minutes
 * @property {Reading[]} readings
 *
 * @typedef {object} ReadingList
 * @property {string} title
 * @property {number} minutes
 * @property {Part[]} parts
 * @property {string} licence
 * @property {string} siteName
 */

export const UNTITLED = "My course";
const LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/";

/**
 * @param {Course} course
 * @param {Shelf} shelf
 * @param {(path: string) => string} addressOf gives the permanent address of a path of the site
 * @returns {ReadingList} without items that are withdrawn or not known
 */
export function readingList(course, shelf, addressOf) {
  /** @type {Part[]} */
  const parts = [{ heading: "", minutes: 0, readings: [] }];
  for (const entry of course.entries) {
    const part = parts[parts.length - 1];
    if (isHeading(entry)) parts.push({ heading: entry.heading, minutes: 0, readings: [] });
    else {
      const known = shelf.known(entry);
      if (!known.isUsable) continue;
      part.readings.push(reading(known, addressOf));
      part.minutes += known.minutes;
    }
  }
  return {
    title: course.title || UNTITLED,
    minutes: parts.reduce((sum, part) => sum + part.minutes, 0),
    parts: parts.filter(({ heading, readings }) => heading || readings.length),
    licence: `${shelf.minutes.name}: text and data ${LICENCE}`,
    siteName: shelf.minutes.name,
  };
}

/**
 * @param {Known} known
 * @param {(path: string) => string} addressOf
 * @returns {Reading}
 */
function reading({ chosen, title, kind, address, line, minutes, newest }, addressOf) {
  return { id: chosen.id, title, kind, address: addressOf(address), version: newest ?? 0, minutes, line, note: chosen.note };
}

/**
 * @param {ReadingList} list
 * @returns {Reading[]}
 */
export function readingsOf({ parts }) {
  return parts.flatMap(({ readings }) => readings);
}
