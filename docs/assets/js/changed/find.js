/** Which items a text names, or a list; the same as `changed.py` finds. */

/**
 * @typedef {object} Asked an item that somebody asks about
 * @property {string} id
 * @property {number | null} version
 * @property {string} written as it was written
 *
 * @typedef {[number, string, string, 1?]} Version number, day, words, and 1 where a page compares it with the one before
 *
 * @typedef {object} Fact what is known of an item
 * @property {string} id
 * @property {number} kind
 * @property {string} title
 * @property {Version[]} versions
 * @property {string[]} [aliases]
 * @property {string} [withdrawn]
 * @property {string} [successor]
 *
 * @typedef {object} Facts
 * @property {string} site address of the site, or nothing
 * @property {string[]} patterns expressions that find items in a text: id first, then version
 * @property {{label: string, address: string}[]} kinds
 * @property {Fact[]} items
 */

/** So many different items are answered; more stand in no course. */
export const MOST = 1000;
const NAME = /^([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)(?:@([0-9]{1,6})(?![0-9]))?$/;
/** What surrounds an address in a text; the rest before its path is scheme and host. */
const BEFORE = /[^\s"'<>()[\]{}|,;]*$/;
const BEFORE_AT_MOST = 300;
/** Mail programs and learning platforms write addresses into other addresses. */
const ENCODED = { "%2F": "/", "%3A": ":", "%40": "@", "%23": "#" };

/**
 * @param {string} text
 * @param {Facts} facts
 * @returns {Asked[]} the items that the text names, in its order: by address, by citation, or as `id@version`;
 *   in a text that is nothing but a list of ids they need no version
 */
export function found(text, facts) {
  for (const [code, sign] of Object.entries(ENCODED)) {
    text = text.replaceAll(code, sign).replaceAll(code.toLowerCase(), sign);
  }
  const matches = facts.patterns.flatMap((pattern) => [...text.matchAll(new RegExp(pattern, "g"))]);
  matches.sort((one, other) => one.index - other.index);
  /** @type {Map<string, Asked>} */
  const unique = new Map();
  for (const match of matches) {
    const [id, number] = match.slice(1).filter((group) => group);
    const version = number ? Number(number) : null;
    const key = `${id.toLowerCase()}@${version}`;
    if (unique.has(key) || unique.size > MOST) continue;
    unique.set(key, { id: id.toLowerCase(), version, written: written(match, text) });
  }
  return unique.size ? [...unique.values()] : listed(text);
}

/**
 * @param {string} text
 * @returns {Asked[]} the items of a text that is nothing but a list of ids
 */
function listed(text) {
  const words = text.split(/[\s,;]+/u).filter(Boolean);
  return words.every((word) => NAME.test(word) && /[0-9-]/u.test(word)) ? named(words.slice(0, MOST)) : [];
}

/**
 * @param {RegExpExecArray} match
 * @param {string} text
 * @returns {string} what was found as it stands in the text, an address with its scheme and host
 */
function written(match, text) {
  const before = BEFORE.exec(text.slice(Math.max(match.index - BEFORE_AT_MOST, 0), match.index));
  return `${before ? before[0] : ""}${match[0]}`.replace(/\s+/gu, " ");
}

/**
 * @param {Iterable<string>} words
 * @returns {Asked[]} the items that are named one by one, each as `id` or `id@version`
 */
export function named(words) {
  const given = [...words].map((word) => word.trim()).filter(Boolean);
  return given.map((word) => {
    const match = NAME.exec(word);
    if (!match) return { id: "", version: null, written: word };
    return { id: match[1].toLowerCase(), version: match[2] ? Number(match[2]) : null, written: word };
  });
}
