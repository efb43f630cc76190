/** The reader's course in this browser, the same in all of its tabs. */
import { keep, kept } from "../kept.js";
import { courseOf, EMPTY, SHAPE } from "./course.js";

/** @typedef {import("./course.js").Course} Course */

const KEY = "casebook-course";

/** @returns {Course} what is kept, whatever stands there */
export function course() {
  const found = kept(KEY);
  return isOurs(found) ? courseOf(found) : EMPTY;
}

/**
 * Changes what is kept at this moment, which another tab may have changed.
 * @param {(course: Course) => Course} change
 * @returns {boolean} whether the browser keeps it
 */
export function update(change) {
  // A course in a newer shape belongs to a newer version of these pages, and stays as it is.
  const found = kept(KEY);
  if (typeof found === "object" && found !== null && "shape" in found && Number(found.shape) > SHAPE) return false;
  const next = change(course());
  const isEmpty = !next.title && !next.entries.length;
  keep(KEY, isEmpty ? null : { shape: SHAPE, ...next });
  return JSON.stringify(course()) === JSON.stringify(courseOf(next));
}

/** @param {() => void} listener is called when another tab changed the course */
export function whenChangedElsewhere(listener) {
  addEventListener("storage", ({ key }) => (key === KEY || key === null) && listener());
  // A page that the browser kept aside comes back as it was.
  addEventListener("pageshow", ({ persisted }) => persisted && listener());
}

/** @param {unknown} found */
function isOurs(found) {
  return typeof found === "object" && found !== null && "shape" in found && found.shape === SHAPE;
}
