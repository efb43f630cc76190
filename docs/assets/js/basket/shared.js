/** A course that somebody shares, before the reader takes it over. */
import { element } from "../dom.js";
import { counted, duration, isHeading } from "./course.js";
import { UNTITLED } from "./reading.js";
import { minutesOf } from "./rows.js";

/**
 * @typedef {import("./course.js").Course} Course
 *
 * @typedef {object} Choices what the reader can do
 * @property {boolean} isFirst whether the reader has no course yet
 * @property {() => void} replace
 * @property {() => void} add
 * @property {() => void} leave
 */

/**
 * @param {Course} course with the present ids of its items
 * @param {import("./address.js").Shared} shared as the address has it
 * @param {import("./shelf.js").Shelf} shelf
 * @param {Choices} choices
 * @returns {HTMLElement[]}
 */
export function sharedCourse(course, shared, shelf, choices) {
  const { all, items } = minutesOf(course, shelf);
  const sum = `${counted(items)}, ${duration(all)}. Somebody put it together; the Casebook has not looked at its title and notes.`;
  const lost = shared.lost && `${shared.lost === 1 ? "1 entry" : `${shared.lost} entries`} of the address could not be read.`;
  const renamed = shelf.renamed(shared.course).map(([old, id]) => `${old} is now ${id}.`);
  const button = (/** @type {string} */ words, /** @type {() => void} */ action, isFirst = false) => {
    const made = element("button", { type: "button", class: "basket-button", "data-in": isFirst }, words);
    made.addEventListener("click", action);
    return made;
  };
  const buttons = choices.isFirst
    ? [button("Take it over", choices.replace, true)]
    : [button("Replace my course", choices.replace), button("Add to my course", choices.add)];
  return [
    element("h2", { id: "shared" }, `A course that somebody shares: ${course.title || UNTITLED}`),
    element("p", {}, sum),
    ...[lost, renamed.join(" ")].map((words) => (words ? element("p", { class: "gap-note" }, words) : element("span"))),
    element("ul", {}, ...course.entries.map((entry) => row(entry, shelf))),
    element("p", { class: "changed-buttons" }, ...buttons, button("Not now", choices.leave)),
  ];
}

/**
 * @param {import("./course.js").Entry} entry
 * @param {import("./shelf.js").Shelf} shelf
 */
function row(entry, shelf) {
  if (isHeading(entry)) return element("li", { class: "basket-shared-heading" }, element("strong", {}, entry.heading));
  const { title, kind, minutes, isUsable, answer } = shelf.known(entry);
  const what = isUsable ? `${kind}, ${duration(minutes)}` : answer.state.toLowerCase();
  return element("li", {}, title, " ", element("span", { class: "kind" }, what), entry.note ? element("span", { class: "one-line" }, entry.note) : null);
}
