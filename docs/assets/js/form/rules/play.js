/** Whether an exercise can be played as it is written (`rules/exercise_play.py`). */
import { finding } from "../finding.js";
import { nearest } from "../near.js";
import { isFields, isNumber } from "../shape.js";
import { strings } from "../subject.js";

/**
 * @typedef {import("../subject.js").Subject} Subject
 * @typedef {import("../finding.js").Finding} Finding
 * @typedef {Record<string, any>} Fields
 */

/** @param {Subject} subject @returns {Finding[]} */
export function exercisePlay(subject) {
  if (subject.kindName !== "exercise") return [];
  return [minutes, receivers, branches, unreached, players].flatMap((check) => check(subject));
}

/** @param {unknown} value */
const numbered = (value) => (isNumber(value) ? /** @type {number} */ (value) : undefined);

/**
 * @param {Subject} subject
 * @param {string} field
 * @returns {Map<string, Fields>} the entries of a list by their ids, in their order
 */
function byId(subject, field) {
  const named = subject.entries(field).filter(([, { id }]) => typeof id === "string");
  return new Map(named.map(([, entry]) => [entry.id, entry]));
}

/** @param {unknown} value @returns {[number, Fields][]} index and fields of each entry of a list of fields */
function entriesOf(value) {
  return (Array.isArray(value) ? [...value.entries()] : []).filter(([, entry]) => isFields(entry));
}

/** @param {Subject} subject @returns {Finding[]} */
function minutes(subject) {
  const end = numbered(subject.data.minutes);
  let before = 0;
  return subject.entries("injects").flatMap(([index, inject]) => {
    const minute = numbered(inject.minute);
    if (minute === undefined) return [];
    const place = subject.document.at(["injects", index, "minute"]);
    const found = [];
    if (minute < before) {
      const message = `minute ${minute} stands after minute ${before}`;
      found.push(finding("exercise-play", place, message, "put the injects in their order"));
    }
    if (end !== undefined && minute >= end) {
      const message = `minute ${minute} is not before the end: the exercise has ${end} minutes`;
      found.push(finding("exercise-play", place, message, "make it earlier, or the exercise longer"));
    }
    if (minute > before) before = minute;
    return found;
  });
}

/** @param {Subject} subject @returns {Finding[]} */
function receivers(subject) {
  const roles = byId(subject, "roles");
  return subject.entries("injects").flatMap(([index, { to }]) =>
    strings(to)
      .filter(([, name]) => !roles.has(name))
      .map(([position, name]) => {
        const place = subject.document.at(["injects", index, "to", position]);
        return finding("exercise-play", place, `the exercise has no role \`${name}\``, nearest(name, [...roles.keys()]));
      }),
  );
}

/** @param {Subject} subject @returns {Finding[]} */
function branches(subject) {
  const injects = byId(subject, "injects");
  return subject.entries("injects").flatMap(([index, inject]) =>
    entriesOf(inject.branches).flatMap(([position, { inject: name }]) => {
      if (typeof name !== "string") return [];
      const place = subject.document.at(["injects", index, "branches", position, "inject"]);
      const target = injects.get(name);
      const faults = target
        ? misled(inject, target)
        : [[`the exercise has no inject \`${name}\``, nearest(name, [...injects.keys()])]];
      return faults.map(([message, hint]) => finding("exercise-play", place, message, hint));
    }),
  );
}

/**
 * @param {Fields} inject
 * @param {Fields} target
 * @returns {string[][]} message and hint of what is wrong with a branch that leads to an inject
 */
function misled(inject, target) {
  const found = [];
  if (!Object.hasOwn(target, "only_when")) {
    const message = `\`${target.id}\` is part of every run, and no branch is needed to it`;
    found.push([message, "add `only_when` to it, or delete this"]);
  }
  const [minute, start] = [numbered(target.minute), numbered(inject.minute)];
  if (target.id === inject.id) found.push(["a branch does not lead to its own inject", "name another one"]);
  else if (minute !== undefined && start !== undefined && minute < start) {
    found.push([`\`${target.id}\` comes at minute ${minute}, and this inject at minute ${start}`, "make that one later"]);
  }
  return found;
}

/** @param {Subject} subject @returns {Finding[]} one for each inject to which no branch leads on any way from the start */
function unreached(subject) {
  const injects = byId(subject, "injects");
  const start = [...injects].filter(([, inject]) => !Object.hasOwn(inject, "only_when")).map(([name]) => name);
  const reached = new Set(start);
  // A set that grows while it is walked is walked to its end.
  for (const name of reached) {
    for (const [, branch] of entriesOf(injects.get(name)?.branches)) {
      if (injects.has(branch.inject)) reached.add(branch.inject);
    }
  }
  return subject
    .entries("injects")
    .filter(([, { id }]) => typeof id === "string" && !reached.has(id))
    .map(([index, { id }]) => {
      const place = subject.document.at(["injects", index, "id"]);
      const hint = "add a branch to an earlier inject";
      return finding("exercise-play", place, `no branch leads to \`${id}\``, hint, subject.document.demands);
    });
}

/** @param {Subject} subject @returns {Finding[]} */
function players(subject) {
  const given = isFields(subject.data.players) ? subject.data.players : {};
  const [least, most] = [numbered(given.least), numbered(given.most)];
  const roles = byId(subject, "roles").size;
  if (least !== undefined && most !== undefined && least > most) {
    const message = `the least number of players, ${least}, is larger than the most, ${most}`;
    return [finding("exercise-play", subject.document.at(["players", "least"]), message, "change them")];
  }
  if (most === undefined || most >= roles) return [];
  const message = `there are ${roles} roles, and places for ${most} players`;
  return [finding("exercise-play", subject.document.at(["players", "most"]), message, "raise the number")];
}

/** Only what is made up has the clearance of fiction. @param {Subject} subject @returns {Finding[]} */
export function fiction({ data, document, kind }) {
  const { clearance } = data;
  if (!isFields(clearance) || clearance.basis !== "fiction" || kind.is_fiction) return [];
  const words = `${kind.noun} is not made up, and its clearance says \`fiction\``;
  return [finding("fiction", document.at(["clearance", "basis"]), words, "choose another basis")];
}
