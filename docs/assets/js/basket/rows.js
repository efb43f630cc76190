/** The entries of a course as rows that can be changed. */
import { textOf } from "../changed/answers.js";
import { element } from "../dom.js";
import { full } from "../place.js";
import { counted, duration, isHeading, LONGEST, MOST_MINUTES } from "./course.js";

/**
 * @typedef {import("./course.js").Entry} Entry
 * @typedef {import("./course.js").Chosen} Chosen
 * @typedef {import("./course.js").Heading} Heading
 * @typedef {import("./course.js").Course} Course
 * @typedef {import("./shelf.js").Known} Known
 * @typedef {import("./shelf.js").Shelf} Shelf
 */

const UNNAMED = "heading";

/**
 * @param {Course} course
 * @param {Shelf} shelf
 * @returns {HTMLLIElement[]} a row for each entry
 */
export function rows(course, shelf) {
  const last = course.entries.length - 1;
  return course.entries.map((entry, place) => {
    const name = isHeading(entry) ? entry.heading || UNNAMED : shelf.known(entry).title;
    const parts = isHeading(entry) ? headingParts(entry, place) : itemParts(shelf.known(entry), place);
    const kind = isHeading(entry) ? "basket-heading" : "basket-item";
    return element("li", { class: kind, "data-place": String(place) }, ...parts, buttons(name, place, last));
  });
}

/**
 * @param {Course} course
 * @param {Shelf} shelf
 * @returns {{all: number, parts: Map<number, number>, items: number}} minutes of the course and under each heading,
 *   by its place, and how many items count
 */
export function minutesOf(course, shelf) {
  const total = { all: 0, parts: new Map(), items: 0 };
  let heading = -1;
  course.entries.forEach((entry, place) => {
    if (isHeading(entry)) {
      heading = place;
      total.parts.set(place, 0);
      return;
    }
    const { minutes, isUsable } = shelf.known(entry);
    if (!isUsable) return;
    total.items += 1;
    total.all += minutes;
    if (heading >= 0) total.parts.set(heading, (total.parts.get(heading) ?? 0) + minutes);
  });
  return total;
}

/**
 * @param {Heading} entry
 * @param {number} place
 */
function headingParts({ heading }, place) {
  const id = `basket-heading-${place}`;
  return [
    element(
      "div",
      { class: "basket-what" },
      element("label", { class: "hidden", for: id }, "Heading"),
      element("input", { id, type: "text", "data-field": "heading", value: heading, maxlength: String(LONGEST.heading), autocomplete: "off", placeholder: "Heading, such as Day 1" }),
      element("span", { class: "basket-sum", "data-sum": String(place) }),
    ),
  ];
}

/**
 * @param {Known} known
 * @param {number} place
 */
function itemParts(known, place) {
  const { title, kind, address, chosen, usual } = known;
  const [minutes, note] = [`basket-minutes-${place}`, `basket-note-${place}`];
  const name = address ? element("a", { class: "item-title", href: full(address) }, title) : element("span", { class: "item-title" }, title);
  return [
    element("div", { class: "basket-what" }, element("span", { class: "kind" }, kind), " ", name, ...states(known), stepsOf(known)),
    element(
      "div",
      { class: "basket-minutes" },
      element("label", { for: minutes }, "Minutes"),
      element("input", {
        id: minutes,
        type: "number",
        "data-field": "minutes",
        min: "0",
        max: String(MOST_MINUTES),
        step: "1",
        inputmode: "numeric",
        autocomplete: "off",
        value: chosen.minutes === null ? "" : String(chosen.minutes),
        placeholder: String(usual),
      }),
    ),
    element(
      "div",
      { class: "basket-note" },
      element("label", { for: note }, "Note"),
      element("textarea", { id: note, rows: "1", "data-field": "note", maxlength: String(LONGEST.note), placeholder: "What the class does with it" }, chosen.note),
    ),
  ];
}

/** @param {Known} known */
function stepsOf({ steps }) {
  if (!steps.length) return null;
  const button = element("button", { type: "button", class: "basket-button", "data-do": "steps" }, `Take its ${steps.length} steps instead`);
  return element("div", { class: "basket-state" }, button);
}

/** @param {Known} known */
function states({ answer, chosen, newest }) {
  const { state, notes, lines, instead } = answer;
  if (state === "Not changed" && !notes.length) return [];
  const label = element("span", { class: `state state-${state.toLowerCase().replaceAll(" ", "-")}` }, state);
  const said = [...notes.map((note) => note.replaceAll("`", "")), ...lines.map(textOf)].join(" ");
  const next = instead ? element("a", { href: full(instead) }, "Read this instead") : null;
  const take =
    state === "Changed" || chosen.version !== newest
      ? newest !== null && element("button", { type: "button", class: "basket-button", "data-do": "renew" }, `I have seen it: take version ${newest}`)
      : null;
  return [element("div", { class: "basket-state" }, label, " ", said, " ", next, " ", state === "Withdrawn" ? null : take)];
}

/**
 * @param {string} name
 * @param {number} place
 * @param {number} last
 */
function buttons(name, place, last) {
  const one = (/** @type {string} */ action, /** @type {string} */ sign, /** @type {string} */ words, isOff = false) =>
    element("button", { type: "button", class: "basket-move", "data-do": action, "aria-label": words, title: words.split(":")[0], disabled: isOff }, sign);
  return element(
    "div",
    { class: "basket-moves" },
    one("up", "↑", `Move up: ${name}`, place === 0),
    one("down", "↓", `Move down: ${name}`, place === last),
    one("remove", "×", `Remove: ${name}`),
  );
}

/**
 * Names the buttons of a row anew: the name of a heading is what is typed.
 * @param {HTMLElement} row
 * @param {string} name
 */
export function renameRow(row, name) {
  for (const button of row.querySelectorAll("button[data-do]")) {
    if (button instanceof HTMLElement) button.setAttribute("aria-label", `${button.title}: ${name || UNNAMED}`);
  }
}

/**
 * Writes sums under their headings and at the end.
 * @param {HTMLElement} list
 * @param {HTMLElement} total
 * @param {Course} course
 * @param {Shelf} shelf
 */
export function showMinutes(list, total, course, shelf) {
  const { all, parts, items } = minutesOf(course, shelf);
  for (const sum of list.querySelectorAll("[data-sum]")) {
    if (sum instanceof HTMLElement) sum.textContent = duration(parts.get(Number(sum.dataset.sum)) ?? 0);
  }
  total.textContent = items ? `Together: ${counted(items)}, ${duration(all)}` : "";
}
