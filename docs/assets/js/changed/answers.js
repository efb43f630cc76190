/** What has changed since somebody used an item; the same answers in the same words as `changed.py`. */
import { dayInWords, isDay } from "../form/dates.js";
import { onOneLine } from "../form/letters.js";
import { near } from "../form/near.js";
import { MOST } from "./find.js";

/**
 * @typedef {import("./find.js").Asked} Asked
 * @typedef {import("./find.js").Fact} Fact
 * @typedef {import("./find.js").Facts} Facts
 * @typedef {import("./find.js").Version} Version
 *
 * @typedef {object} Line one change since then
 * @property {number} version
 * @property {string} date
 * @property {string} words
 * @property {string} comparison address of a comparison, or nothing
 *
 * @typedef {object} Answer what is to be said of an item; of one that is not known only state, name and notes
 * @property {string} state
 * @property {string} name
 * @property {string[]} notes
 * @property {string} id
 * @property {string} title
 * @property {string} address of its page
 * @property {string} instead address of the page of its successor
 * @property {string} yours
 * @property {string} now
 * @property {Line[]} lines
 * @property {number | null} version
 */

const [WITHDRAWN, UNKNOWN, CHANGED, OPEN, SAME, ELSEWHERE] = [
  "Withdrawn",
  "Not found",
  "Changed",
  "Version not named",
  "Not changed",
  "Of another site",
];
/** What an answer can be, in the order in which answers are shown. */
export const STATES = [WITHDRAWN, UNKNOWN, CHANGED, OPEN, SAME, ELSEWHERE];
const NOTHING = "No item of the Casebook is named here: no address, no citation, and nothing like `id@version`.";
const HINT = "Name the version that you have, or the day of your last course, to see what changed since.";
const TOO_MANY = `Only the first ${MOST.toLocaleString("en")} were looked at.`;
const FOREIGN = "The Casebook has no such item. It may be an address of another site.";
const NO_ID = "This is no id. Write `id` or `id@version`, for example `two-person-rule@1`.";

/**
 * @param {string} text
 * @returns {string} what is wrong with a day, or nothing
 */
export function faultOfDay(text) {
  return isDay(text) ? "" : `\`${onOneLine(text, 40)}\` is no day. Write it as year, month and day: 2026-11-24.`;
}

/**
 * @param {Asked[]} asked
 * @param {Facts} facts
 * @param {string} [since] a day for the items whose version is not named: changes on that day or later count
 * @returns {Answer[]} an answer for each item that is asked about, what needs attention first
 */
export function answers(asked, facts, since = "") {
  const book = new Book(facts, since);
  const given = book.distinct(asked).map((one) => book.answer(one));
  return given.sort((one, other) => STATES.indexOf(one.state) - STATES.indexOf(other.state));
}

/**
 * @param {Answer[]} given
 * @param {string} siteUrl address of the site, which is written before the addresses of pages
 * @returns {string[]} the answers as lines of text, with a count at the end
 */
export function report(given, siteUrl = "") {
  return [...given.flatMap((answer) => linesOf(answer, siteUrl)), summary(given)];
}

/**
 * @param {Answer[]} given
 * @returns {string} how many answers there are of each state
 */
export function summary(given) {
  if (!given.length) return NOTHING;
  const counts = STATES.map((state) => ({ state, count: given.filter((answer) => answer.state === state).length }));
  const words = counts
    .filter(({ count }) => count)
    .map(({ state, count }) => `${state.toLowerCase()}: ${count}`)
    .join("; ");
  const isOpen = given.some(({ state }) => state === OPEN);
  const hints = [isOpen && HINT, given.length >= MOST && TOO_MANY].filter(Boolean);
  return [`${words[0].toUpperCase()}${words.slice(1)}.`, ...hints].join(" ");
}

/**
 * @param {Line} line
 * @returns {string} the change in words
 */
export function textOf({ version, date, words }) {
  return `Version ${version}, ${dayInWords(date)}: ${words}`;
}

/**
 * @param {Answer} answer
 * @param {string} siteUrl
 */
function linesOf({ state, name, yours, now, notes, lines, address }, siteUrl) {
  return [
    `${state}: ${name}`,
    ...(now ? [`  Yours: ${yours}. Now: ${now}.`] : []),
    ...notes.map((note) => `  ${note}`),
    ...lines.flatMap((line) => [
      `  ${textOf(line)}`,
      ...(line.comparison ? [`    Compare: ${siteUrl}${line.comparison}`] : []),
    ]),
    ...(address ? [`  ${siteUrl}${address}`] : []),
  ];
}

/** The facts, and how an item is looked up in them. */
class Book {
  /**
   * @param {Facts} facts
   * @param {string} since
   */
  constructor(facts, since) {
    this.facts = facts;
    this.since = since;
    this.items = new Map(facts.items.map((item) => [item.id, item]));
    const former = facts.items.flatMap(({ id, aliases = [] }) => aliases.map((alias) => /** @type {const} */ ([alias, id])));
    /** Every id that an item has or had, with the one that it has now. */
    this.ids = new Map([...former, ...facts.items.map(({ id }) => /** @type {const} */ ([id, id]))]);
    /** @type {Map<string, string[]>} */
    this.meant = new Map();
  }

  /**
   * @param {Asked[]} asked
   * @returns {Asked[]} each item once with each version; without a version only where no version of it is named
   */
  distinct(asked) {
    /** @type {Map<string, {key: string, one: Asked}>} */
    const unique = new Map();
    for (const one of asked) {
      const key = this.ids.get(one.id) ?? (one.id || one.written);
      const both = `${key}@${one.version}`;
      if (!unique.has(both)) unique.set(both, { key, one });
    }
    const all = [...unique.values()];
    const versioned = new Set(all.filter(({ one }) => one.version !== null).map(({ key }) => key));
    const kept = all.filter(({ key, one }) => one.version !== null || !versioned.has(key));
    return kept.map(({ one }) => one).slice(0, MOST);
  }

  /**
   * @param {Asked} one
   * @returns {Answer}
   */
  answer(one) {
    const item = this.items.get(this.ids.get(one.id) ?? "");
    if (!item) return this.unknown(one);
    const newest = item.versions[item.versions.length - 1];
    const answer = {
      ...blank(SAME, `${item.title} (${item.id})`),
      notes: one.id === item.id ? [] : [`\`${one.id}\` is now \`${item.id}\`.`],
      id: item.id,
      title: item.title,
      address: this.address(item),
      yours: this.yours(one, item.versions),
      now: inWords(newest),
      version: one.version,
    };
    const changed = this.changed(answer, one, item.versions);
    return item.withdrawn === undefined ? changed : this.withdrawn(changed, item, item.withdrawn);
  }

  /** @param {Fact} item */
  address({ kind, id }) {
    return `${this.facts.kinds[kind].address}/${id}/`;
  }

  /**
   * @param {Answer} answer
   * @param {Asked} one
   * @param {Version[]} versions
   * @returns {Answer}
   */
  changed(answer, one, versions) {
    const numbers = versions.map(([number]) => number);
    if (one.version !== null && !numbers.includes(one.version)) {
      const note = `\`${answer.id}\` has ${range(numbers)}, and no version ${one.version}.`;
      return { ...answer, state: UNKNOWN, notes: [...answer.notes, note] };
    }
    if (one.version === null && !this.since) return { ...answer, state: OPEN };
    const lines = versions.map(([version, date, words, isCompared]) => {
      return { version, date, words, comparison: isCompared ? `${answer.address}v/${version}/changes/` : "" };
    });
    const newer = lines.filter(({ version, date }) => (one.version === null ? date >= this.since : version > one.version));
    return { ...answer, state: newer.length ? CHANGED : SAME, lines: newer };
  }

  /**
   * @param {Asked} one
   * @param {Version[]} versions
   * @returns {string}
   */
  yours(one, versions) {
    if (one.version !== null) {
      const same = versions.find(([number]) => number === one.version);
      return same ? inWords(same) : `version ${one.version}`;
    }
    const older = versions.filter(([, date]) => date < this.since);
    if (older.length) return inWords(older[older.length - 1]);
    return this.since ? "not there yet" : "not named";
  }

  /**
   * @param {Answer} answer
   * @param {Fact} item
   * @param {string} reason
   * @returns {Answer}
   */
  withdrawn(answer, item, reason) {
    const notes = [...answer.notes, `Withdrawn: ${reason}`];
    const successor = this.items.get(this.ids.get(item.successor ?? "") ?? "");
    if (!successor) return { ...answer, state: WITHDRAWN, notes };
    notes.push(`Use instead: ${successor.title} (${successor.id}).`);
    return { ...answer, state: WITHDRAWN, notes, instead: this.address(successor) };
  }

  /**
   * @param {Asked} one
   * @returns {Answer}
   */
  unknown(one) {
    const name = `\`${onOneLine(one.written, 200)}\``;
    if (!one.id) return { ...blank(UNKNOWN, name), notes: [NO_ID] };
    const meant = this.meant.get(one.id) ?? near(one.id, this.ids.keys());
    this.meant.set(one.id, meant);
    if (!meant.length && this.isForeign(one.written)) return { ...blank(ELSEWHERE, name), notes: [FOREIGN] };
    const hint = meant.length ? ` Did you mean \`${this.ids.get(meant[0])}\`?` : "";
    return { ...blank(UNKNOWN, name), notes: [`There is no item \`${onOneLine(one.id, 100)}\`.${hint}`] };
  }

  /** @param {string} written */
  isForeign(written) {
    const { site } = this.facts;
    return written.includes("//") && !(site && written.includes(site));
  }
}

/**
 * @param {string} state
 * @param {string} name
 * @returns {Answer} an answer that says nothing more
 */
function blank(state, name) {
  return { state, name, notes: [], id: "", title: "", address: "", instead: "", yours: "", now: "", lines: [], version: null };
}

/** @param {Version} version */
function inWords([number, date]) {
  return `version ${number} of ${dayInWords(date)}`;
}

/** @param {number[]} numbers */
function range(numbers) {
  const [first, last] = [numbers[0], numbers[numbers.length - 1]];
  return first === last ? `version ${first} only` : `versions ${first} to ${last}`;
}
