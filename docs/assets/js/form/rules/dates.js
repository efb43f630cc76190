/** Rules about dates: in the calendar, running forward, and the history of the item. */
import { mayFollow, period } from "../dates.js";
import { finding } from "../finding.js";
import { isFields, isNumber } from "../shape.js";

/**
 * @typedef {import("../subject.js").Subject} Subject
 * @typedef {import("../finding.js").Finding} Finding
 */

/** @param {Subject} subject @returns {Finding[]} */
export function dateInCalendar({ texts, document }) {
  return texts.flatMap(({ steps, text }) => {
    const isDate = ["date", "start", "end"].includes(String(steps.at(-1))) && /^\p{Nd}{1,4}/u.test(text);
    const fault = isDate ? period(text) : "";
    if (typeof fault !== "string" || !fault) return [];
    return [finding("date-in-calendar", document.at(steps), fault, "look the date up in the source")];
  });
}

/** @param {Subject} subject @returns {Finding[]} */
export function datesInOrder(subject) {
  const found = ofEvent(subject);
  /** @type {import("../dates.js").Period | undefined} */
  let previous;
  for (const [index, { date }] of subject.entries("timeline")) {
    const own = known(date);
    if (!own) continue;
    const place = subject.document.at(["timeline", index, "date"]);
    if (!mayFollow(own.last, own.first)) {
      const message = `the period ${date} ends before it begins`;
      found.push(finding("dates-in-order", place, message, "put the earlier date first"));
    }
    if (previous && !mayFollow(own.first, previous.first)) {
      found.push(finding("dates-in-order", place, `${date} stands after a later step of the timeline`, "move it up"));
    }
    previous = own;
  }
  return found;
}

/** @param {Subject} subject @returns {Finding[]} */
function ofEvent({ data, document }) {
  const event = isFields(data.event) ? data.event : {};
  const [start, end] = [known(event.start), known(event.end)];
  if (!start || !end || mayFollow(end.last, start.first)) return [];
  const place = document.at(["event", "end"]);
  return [finding("dates-in-order", place, "the event ends before it starts", "correct one of the two")];
}

/** @param {unknown} value */
function known(value) {
  const found = typeof value === "string" ? period(value) : "";
  return typeof found === "string" ? undefined : found;
}

/** @param {Subject} subject @returns {Finding[]} */
export function historyMatchesVersion(subject) {
  const { document, data } = subject;
  const entries = subject
    .entries("history")
    .filter(([, { version, date }]) => isNumber(version) && typeof date === "string");
  const found = entries.slice(1).flatMap(([index, newer], before) => {
    const [, older] = entries[before];
    if (newer.version > older.version && newer.date >= older.date) return [];
    const message = "this entry of the history is not newer than the one before";
    return [finding("history-matches-version", document.at(["history", index]), message, "put the oldest first")];
  });
  const last = entries.at(-1)?.[1].version;
  if (last !== undefined && isNumber(data.version) && last !== data.version) {
    const message = `\`version\` is ${data.version}, and the last entry of the history is ${last}`;
    found.push(
      finding("history-matches-version", document.at(["version"]), message, "add an entry for the newest version"),
    );
  }
  return found;
}
