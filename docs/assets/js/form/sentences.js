/** The prose sentence by sentence, as in `sentences.py`; how hard it is to read is not known here. */
import { split } from "./letters.js";
import { uncited } from "./prose.js";

/**
 * @typedef {object} Sentence
 * @property {number} line of the body, from 0
 * @property {string} written
 * @property {string} own the text without the words of links
 */

const W = "[\\p{L}\\p{N}_]";
const D = "\\p{Nd}";
const END = /[.!?]['"\u201d\u2019)]*(?:\s*\[\^[^[\]\s]+\])*(?=\s+['"\u201c\u2018([]*[A-Z0-9À-Þ]|\s*$)/gu;
const ABBREVIATION = new RegExp(
  `(?<!${W})(?:No|Nos|Rev|St|Dr|Mr|Mrs|Ms|Prof|Inc|Ltd|Co|Art|Sect|Fig|Vol|vs|approx|e\\.g|i\\.e|cf|al|[A-Z])\\.$`,
  "u",
);
const WORD = /[\p{L}\p{N}]+(?:['\u2019-][\p{L}\p{N}]+)*/gu;
const FIGURE = new RegExp(
  `(?<![\\p{L}\\p{N}_.,/\\-])(?:[A-Z]{3} |[€$£])?${D}[${D}.,]*(?:\\s?%)?` +
    `(?![\\p{L}\\p{N}_/\\-]*[A-Za-z])(?!-${D}*[A-Za-z])`,
  "gu",
);
const NO_NAMES =
  "(?:January|February|March|April|May|June|July|August|September|October|November|December" +
  "|In|On|By|At|From|Of|About|Some|Since|Until|The|After|Before|For|To|And|Only|Over)";
/** How far before a figure its name is looked for: without an end, many figures would take for ever. */
const REACH = 120;
const NAME_BEFORE = new RegExp(
  `(?:(?<!${W})(?!${NO_NAMES}(?!${W}))[A-Z][\\p{L}\\p{N}_.\\-]*[\\s\\-](?:No\\.\\s)?` +
    `|(?<!${W})(?:step|unit|level|class|phase|question|part)s?\\s)` +
    `(?:${D}+(?:, ${D}+)*(?: and | to | or ))?(?=\\n?$)`,
  "u",
);

/**
 * @param {Sentence} sentence
 * @returns {string} the sentence without citations
 */
export function plain(sentence) {
  return split(uncited(sentence.written)).join(" ");
}

/**
 * @param {Sentence} sentence
 * @returns {string[]}
 */
export function words(sentence) {
  return plain(sentence).match(WORD) ?? [];
}

/**
 * @param {Sentence} sentence
 * @returns {boolean}
 */
export function isCited(sentence) {
  return uncited(sentence.written) !== sentence.written;
}

/**
 * @param {Sentence} sentence
 * @returns {string[]} dates, counts, amounts and measures that are written with digits
 */
export function figures(sentence) {
  const text = uncited(sentence.own);
  return [...text.matchAll(FIGURE)]
    .filter((match) => !NAME_BEFORE.test(text.slice(Math.max(0, match.index - REACH), match.index)))
    .map((match) => match[0].replace(/^[ .,]+|[ .,]+$/gu, ""));
}

/**
 * @param {import("./prose.js").Token[]} stream
 * @returns {Sentence[]} the sentences of paragraphs and list entries, headings left out
 */
export function sentences(stream) {
  return stream.flatMap((token, index) =>
    token.type === "inline" && stream[index - 1]?.type !== "heading_open" ? ofBlock(token) : [],
  );
}

/**
 * @param {import("./prose.js").Token} token
 * @returns {Sentence[]}
 */
function ofBlock(token) {
  let [written, own, depth] = ["", "", 0];
  for (const child of token.children ?? []) {
    depth += child.tag === "a" ? child.nesting : 0;
    const isBreak = child.type === "softbreak" || child.type === "hardbreak";
    const piece = isBreak ? "\n" : child.type === "citation" ? `[^${child.content}]` : child.content;
    written += piece;
    own += depth === 0 || child.type === "citation" ? piece : " ".repeat(piece.length);
  }
  /** @type {Sentence[]} */
  const found = [];
  let start = 0;
  for (const end of ends(written)) {
    const part = written.slice(start, end);
    const begin = start + part.length - part.trimStart().length;
    const line = (token.map ? token.map[0] : 0) + written.slice(0, begin).split("\n").length - 1;
    if (part.trim()) found.push({ line, written: part.trim(), own: own.slice(start, end) });
    start = end;
  }
  return found;
}

/**
 * @param {string} text
 * @returns {number[]} where the sentences end
 */
function ends(text) {
  const found = [...text.matchAll(END)]
    .filter((match) => !ABBREVIATION.test(text.slice(0, match.index + 1).slice(-12)))
    .map((match) => match.index + match[0].length);
  const last = found.at(-1);
  return last !== undefined && !text.slice(last).trim() ? found : [...found, text.length];
}
