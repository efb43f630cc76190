/** Rules about ids, and about what names another part of the same item. */
import { finding } from "../finding.js";
import { shown } from "../letters.js";
import { nearest } from "../near.js";
import { strings } from "../subject.js";
import { anchor } from "./links.js";

/**
 * @typedef {import("../subject.js").Subject} Subject
 * @typedef {import("../finding.js").Finding} Finding
 */

// The parts of a page that have an id; the same list as in `duplicate_local_id.py`.
const PARTS =
  "timeline factors lessons chain decision questions self-check next guidance uncertain sources review keywords cite".split(" ");
const BEGINNINGS = ["source-", "factor-", "citation-", "embed-", "__"];

/** @param {Subject} subject @returns {Finding[]} */
export function idIsFileName({ data, document }) {
  if (typeof data.id !== "string" || data.id === document.stem) return [];
  const hint = `write \`id: ${document.stem}\`, or rename the file`;
  return [finding("id-is-file-name", document.at(["id"]), `the id \`${data.id}\` is not the name of the file`, hint)];
}

/** @param {Subject} subject @returns {Finding[]} */
export function duplicateId({ items, document }) {
  return items
    .filter(({ id, path }) => id === document.stem && path !== document.path)
    .map(({ path }) => {
      const message = `the id \`${document.stem}\` is also used by ${path}`;
      return finding("duplicate-id", document.at(["id"]), message, "rename one of the two files");
    });
}

const FIELDS = [["lessons"], ["sources"], ["teaching", "self_check"], ["roles"], ["injects"], ["evaluation"], ["steps"]];

/** @param {Subject} subject @returns {Finding[]} */
export function duplicateLocalId(subject) {
  const { document, kind } = subject;
  /** @type {Finding[]} */
  const found = [];
  for (const steps of FIELDS) {
    const seen = new Set();
    for (const [index, { id }] of subject.entries(...steps)) {
      if (typeof id === "string" && seen.has(id)) {
        const message = `the id \`${id}\` stands in \`${steps.at(-1)}\` a second time`;
        found.push(finding("duplicate-local-id", document.at([...steps, index, "id"]), message, "give one of them another id"));
      }
      seen.add(shown(id));
    }
  }
  const names = subject.entries("lessons").map(([index, { id }]) => ({ steps: ["lessons", index, "id"], name: shown(id) }));
  const former = subject.entries("lessons").flatMap(([index, { aliases }]) =>
    strings(aliases).map(([position, name]) => ({ steps: ["lessons", index, "aliases", position], name })),
  );
  const taken = new Set(names.map(({ name }) => name));
  for (const { steps, name } of former) {
    const message = `the former id \`${name}\` is also that of a lesson, or stands here a second time`;
    if (taken.has(name)) found.push(finding("duplicate-local-id", document.at(steps), message, "delete it"));
    taken.add(name);
  }
  const parts = new Set([...PARTS, ...kind.sections.map(({ heading }) => anchor(heading))]);
  for (const { steps, name } of [...names, ...former]) {
    if (!parts.has(name) && !BEGINNINGS.some((one) => name.startsWith(one))) continue;
    const message = `the id \`${name}\` is that of a part of the page`;
    found.push(finding("duplicate-local-id", document.at(steps), message, "give the lesson another id"));
  }
  for (const [index, { id }] of subject.entries("roles")) {
    if (!kind.pages.includes(id)) continue;
    const message = `the id \`${id}\` is that of a page of the exercise`;
    found.push(finding("duplicate-local-id", document.at(["roles", index, "id"]), message, "give the role another id"));
  }
  return found;
}

/** @param {Subject} subject @returns {Finding[]} */
export function formerId({ data, document, corpus, items }) {
  return strings(data.aliases).flatMap(([index, name]) => {
    const say = (/** @type {string} */ message, /** @type {string} */ hint) => [
      finding("former-id", document.at(["aliases", index]), message, hint),
    ];
    const holder = corpus.get(name);
    if (holder) return say(`\`${name}\` is the id of ${holder.path}`, "delete it here, or give that item another id");
    const other = items.find(({ path, aliases = [] }) => path !== document.path && aliases.includes(name));
    return other ? say(`\`${name}\` is also a former id of ${other.path}`, "delete it in one of the two") : [];
  });
}

/** @param {Subject} subject @returns {Finding[]} */
export function lessonChain(subject) {
  const { document, facts } = subject;
  const vocabulary = Object.values(facts.kinds).find(({ schema }) => schema.$defs["factors-vocabulary"]);
  const terms = new Set(vocabulary?.schema.$defs["factors-vocabulary"].enum);
  const factors = new Set(subject.entries("factors").map(([, { factor }]) => shown(factor)));
  const lessons = new Set(subject.entries("lessons").map(([, { id }]) => shown(id)));
  const ofLessons = subject.entries("lessons").flatMap(([index, lesson]) =>
    strings(lesson.factors)
      .filter(([, factor]) => !factors.has(factor) && terms.has(factor))
      .map(([position, factor]) => {
        const place = document.at(["lessons", index, "factors", position]);
        const hint = nearest(factor, factors) || "add it under `factors`";
        return finding("lesson-chain", place, `the case itself does not have the factor \`${factor}\``, hint);
      }),
  );
  const ofQuestions = ["questions", "self_check"].flatMap((field) =>
    subject.entries("teaching", field).flatMap(([index, { lesson }]) => {
      if (typeof lesson !== "string" || lessons.has(lesson)) return [];
      const place = document.at(["teaching", field, index, "lesson"]);
      return [finding("lesson-chain", place, `the case has no lesson \`${lesson}\``, nearest(lesson, lessons))];
    }),
  );
  return [...ofLessons, ...ofQuestions];
}

/** @param {Subject} subject @returns {Finding[]} */
export function superseded({ data, document }) {
  if (document.status === "withdrawn") return [];
  return ["superseded_by", "withdrawn_reason"]
    .filter((field) => Object.hasOwn(data, field))
    .map((field) => {
      const message = `\`${field}\` is for withdrawn items; the status is ${document.status}`;
      return finding("superseded", document.at([field], true), message, "set `status: withdrawn`, or delete the field");
    });
}
