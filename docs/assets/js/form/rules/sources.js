/** Rules about sources: unknown, uncited, missing, weak. */
import { finding } from "../finding.js";
import { nearest } from "../near.js";
import { isFields } from "../shape.js";

/**
 * @typedef {import("../subject.js").Subject} Subject
 * @typedef {import("../finding.js").Finding} Finding
 * @typedef {import("../finding.js").Steps} Steps
 */

/** @type {[string[], string][]} */
const LISTS = [
  [["timeline"], "this step of the timeline"],
  [["factors"], "this factor"],
  [["lessons"], "this lesson"],
  [["response"], "this entry of `response`"],
  [["evidence", "claims"], "this claim"],
];
const FIELDS = [
  ["material", "the material"],
  ["obligation", "the obligation"],
];

/** @param {Subject} subject @returns {Finding[]} */
export function unknownSource(subject) {
  const { document } = subject;
  if (!document.tree) return [];
  const known = subject.sourceIds;
  const inFields = [...subject.sourced(), ...subject.citedInTexts()];
  return [...subject.citedInBody(), ...inFields.map(({ steps, text }) => ({ place: document.at(steps), text }))]
    .filter(({ text }) => !known.includes(text))
    .map(({ place, text }) => {
      const hint = nearest(text, new Set(known)) || "add it under `sources`, or correct the id";
      return finding("unknown-source", place, `there is no source \`${text}\` in this item`, hint);
    });
}

/** @param {Subject} subject @returns {Finding[]} */
export function uncitedSource(subject) {
  const { document } = subject;
  const cited = new Set(
    [...subject.citedInBody(), ...subject.sourced(), ...subject.citedInTexts()].map(({ text }) => text),
  );
  return subject.entries("sources").flatMap(([index, { id }]) => {
    if (typeof id !== "string" || cited.has(id)) return [];
    const place = document.at(["sources", index, "id"]);
    const hint = `cite it as \`[^${id}]\`, or delete it`;
    return [finding("uncited-source", place, `nothing cites the source \`${id}\``, hint, document.demands)];
  });
}

/** @param {Subject} subject @returns {Finding[]} */
export function unsourced(subject) {
  const { document, data } = subject;
  const entries = LISTS.flatMap(([steps, what]) =>
    subject.entries(...steps).map(([index, entry]) => ({ steps: [...steps, index], entry, what })),
  );
  const fields = FIELDS.filter(([field]) => isFields(data[field])).map(([field, what]) => ({
    steps: [field],
    entry: data[field],
    what,
  }));
  const hint = "add `sources: [...]` with ids from `sources`";
  return [...entries, ...fields]
    .filter(({ entry }) => isEmpty(entry.sources))
    .map(({ steps, what }) =>
      finding("unsourced", document.at(steps), `${what} has no source`, hint, document.demands),
    );
}

/** @param {any} value */
function isEmpty(value) {
  return !value || (typeof value === "object" && Object.keys(value).length === 0);
}

/** @param {Subject} subject @returns {Finding[]} */
export function weakSource(subject) {
  const grades = new Map(subject.entries("sources").map(([, source]) => [String(source.id), source.reliability]));
  /** @type {Map<string, {steps: Steps, names: string[]}>} */
  const lists = new Map();
  for (const { steps, text } of subject.sourced()) {
    const key = JSON.stringify(steps.slice(0, -1));
    const list = lists.get(key) ?? { steps: steps.slice(0, -1), names: [] };
    list.names.push(text);
    lists.set(key, list);
  }
  return [...lists.values()]
    .filter(({ names }) => names.every((name) => grades.get(name) === "D"))
    .map(({ steps, names }) => {
      const message = `only sources of grade D carry this: ${names.join(", ")}`;
      const hint = "find a better source, or leave the statement out";
      return finding("weak-source", subject.document.at(steps), message, hint, "warning");
    });
}
