/** What is known of the items of a course: joined from the versions of the library and the minutes of its items. */
import { answers } from "../changed/answers.js";
import { isHeading } from "./course.js";

/**
 * @typedef {import("../changed/answers.js").Answer} Answer
 * @typedef {import("../changed/find.js").Facts} Facts
 * @typedef {import("./course.js").Chosen} Chosen
 * @typedef {import("./course.js").Course} Course
 * @typedef {import("./course.js").Entry} Entry
 *
 * @typedef {object} Minutes minutes of each shown item, its first sentence, and the steps of a path, by its id
 * @property {string} name name of the site
 * @property {Record<string, [number, string, [string, number][]?]>} items
 *
 * @typedef {object} Known an item of a course and what is known of it
 * @property {Chosen} chosen
 * @property {boolean} isUsable whether it can be taught with: it is neither unknown nor withdrawn
 * @property {string} title
 * @property {string} kind
 * @property {string} address from the root of the site, or nothing
 * @property {string} line its first sentence
 * @property {number} minutes as chosen, or as the item says
 * @property {number} usual minutes as the item says
 * @property {number | null} newest its version now
 * @property {Chosen[]} steps those of a learning path
 * @property {Answer} answer what has changed since the chosen version
 */

/** @type {[number, string, [string, number][]?]} */
const NOTHING = [0, ""];

/** The facts about the library. */
export class Shelf {
  /**
   * @param {Facts} facts
   * @param {Minutes} minutes
   */
  constructor(facts, minutes) {
    this.facts = facts;
    this.minutes = minutes;
    this.items = new Map(facts.items.map((item) => [item.id, item]));
    this.former = new Map(facts.items.flatMap(({ id, aliases = [] }) => aliases.map((alias) => /** @type {const} */ ([alias, id]))));
  }

  /**
   * @param {Course} course
   * @returns {Course} with the present ids of items, and the version of each that was chosen in a list
   */
  present(course) {
    /** @type {Set<string>} */
    const seen = new Set();
    const entries = course.entries.flatMap((entry) => {
      if (isHeading(entry)) return /** @type {Entry[]} */ ([entry]);
      const id = this.items.has(entry.id) ? entry.id : this.former.get(entry.id) ?? entry.id;
      if (seen.has(id)) return [];
      seen.add(id);
      return [{ ...entry, id, version: entry.version ?? this.newest(id) }];
    });
    return { ...course, entries };
  }

  /**
   * @param {Course} course
   * @returns {[string, string][]} former ids in a course, each with the present one
   */
  renamed({ entries }) {
    const ids = entries.flatMap((entry) => (isHeading(entry) || this.items.has(entry.id) ? [] : [entry.id]));
    return ids.flatMap((id) => (this.former.has(id) ? [[id, this.former.get(id) ?? ""]] : []));
  }

  /** @param {string} id @returns {number | null} */
  newest(id) {
    return this.items.get(id)?.versions.at(-1)?.[0] ?? null;
  }

  /** @param {Chosen} chosen @returns {Known} */
  known(chosen) {
    const { id, version } = chosen;
    const item = this.items.get(id);
    const [answer] = answers([{ id, version: version ?? this.newest(id), written: id }], this.facts);
    const [usual, line, steps = []] = Object.hasOwn(this.minutes.items, id) ? this.minutes.items[id] : NOTHING;
    return {
      chosen,
      isUsable: item !== undefined && Object.hasOwn(this.minutes.items, id),
      title: item?.title ?? id,
      kind: item ? this.facts.kinds[item.kind].label : "",
      address: answer.address,
      line,
      minutes: chosen.minutes ?? usual,
      usual,
      newest: this.newest(id),
      steps: steps.map(([step, minutes]) => ({ id: step, version: this.newest(step), minutes, note: "" })),
      answer,
    };
  }
}
