/** The author's text: the same parser as in `text.py`, with raw HTML read only to be reported. */
import MarkdownIt from "markdown-it";
import { size, split } from "./letters.js";

/**
 * @typedef {any} Token
 *
 * @typedef {object} Piece a heading, link, image, citation or other piece of the body, its line counted from 0
 * @property {string} what
 * @property {number} line
 * @property {number} column
 * @property {string} text
 * @property {string} more
 */

const CITATION = /\[\^([^[\]\s]+)\]/gu;
const HERE = /\[\^([^[\]\s]+)\]/uy;

const markdown = new MarkdownIt("commonmark").enable("table");
markdown.inline.ruler.before("link", "citation", (/** @type {any} */ state, /** @type {boolean} */ silent) => {
  HERE.lastIndex = state.pos;
  const match = HERE.exec(state.src);
  if (!match) return false;
  if (!silent) state.push("citation", "", 0).content = match[1];
  state.pos += match[0].length;
  return true;
});

/**
 * @param {string} body
 * @returns {Token[]}
 */
export function tokens(body) {
  return markdown.parse(body, {});
}

/**
 * @param {string} text
 * @returns {string[]} the source ids that a plain text field cites
 */
export function citations(text) {
  return [...text.matchAll(CITATION)].map((match) => match[1]);
}

/**
 * @param {string} text
 * @returns {string}
 */
export function uncited(text) {
  return text.replace(CITATION, "");
}

/**
 * @param {Token[]} stream
 * @param {string} body
 * @returns {Piece[]} what the rules look at, in the order of the text
 */
export function pieces(stream, body) {
  const lines = body.split("\n");
  return stream.flatMap((token, index) => {
    const line = token.map ? token.map[0] : 0;
    if (token.type === "heading_open") {
      return [{ what: "heading", line, column: 1, text: stream[index + 1].content, more: token.tag.slice(1) }];
    }
    if (["html_block", "fence", "code_block", "table_open"].includes(token.type)) {
      return [{ what: token.type, line, column: 1, text: token.content, more: "" }];
    }
    return token.type === "inline" ? inside(token, lines) : [];
  });
}

/**
 * @param {Token} token
 * @param {string[]} lines
 * @returns {Piece[]}
 */
function inside(token, lines) {
  const [first, last] = token.map ?? [0, 1];
  let cursor = { line: first, at: 0 };
  /** @type {Piece[]} */
  const found = [];
  for (const child of token.children ?? []) {
    const sought = search(child);
    if (!sought) continue;
    const [text, ...needles] = sought;
    cursor = firstOf(needles, lines, cursor, last) ?? { line: cursor.line, at: Math.max(cursor.at, 1) };
    const column = size((lines[cursor.line] ?? "").slice(0, cursor.at - 1)) + 1;
    found.push({ what: child.type, line: cursor.line, column, text, more: child.content });
  }
  return found;
}

/**
 * @param {string[]} needles
 * @param {string[]} lines
 * @param {{line: number, at: number}} cursor
 * @param {number} last
 */
function firstOf(needles, lines, cursor, last) {
  for (const needle of needles) {
    for (let line = cursor.line; line < Math.min(last, lines.length); line += 1) {
      const at = lines[line].indexOf(needle, line === cursor.line ? cursor.at : 0);
      if (at >= 0) return { line, at: at + 1 };
    }
  }
  return undefined;
}

/**
 * @param {Token} child
 * @returns {string[] | undefined} its text, and how it may stand in the line
 */
function search(child) {
  if (child.type === "link_open" || child.type === "image") {
    const address = unquoted(child.attrGet("href") ?? child.attrGet("src") ?? "");
    const start = [...address].slice(0, 8).join("");
    return [address, `](${start}`, `<${start}`];
  }
  if (child.type === "citation") return [child.content, `[^${child.content}]`];
  return child.type === "html_inline" ? [child.content, child.content.split("\n", 1)[0]] : undefined;
}

/**
 * @param {string} address
 * @returns {string} the address as it was typed
 */
function unquoted(address) {
  return address.replace(/(?:%[0-9a-f]{2})+/giu, (run) => {
    const bytes = run.match(/[0-9a-f]{2}/giu) ?? [];
    return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 16)));
  });
}

/**
 * @param {Token[]} stream
 * @returns {number} number of words of prose
 */
export function wordCount(stream) {
  const parts = stream.flatMap((token) => (token.type === "inline" ? (token.children ?? []) : []));
  return parts.reduce((count, child) => count + split(child.content).length, 0);
}
