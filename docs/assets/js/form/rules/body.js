/** Rules about the body: sections, headings, what is not Markdown, pictures. */
import { finding } from "../finding.js";
import { cut, size } from "../letters.js";
import { nearest } from "../near.js";

/**
 * @typedef {import("../subject.js").Subject} Subject
 * @typedef {import("../finding.js").Finding} Finding
 */

const DEEPEST = 4;
const NAME = /^<\/?\s*([a-z][\p{L}\p{N}_-]*)/iu;
/** A browser takes `<svg/onload=...>` as a tag, which CommonMark does not. */
const SLASHED = /<[a-z][\p{L}\p{N}_-]*\//iu;
const ATTRIBUTES = /\{:[^{}]*\}/gu;
const DEFINITION = /^ {0,3}\[\^([^\]\s]+)\]:/u;

/** @param {Subject} subject @returns {Finding[]} */
export function sections(subject) {
  const { document, kind } = subject;
  if (!document.tree && !document.body) return [];
  const wanted = kind.sections.map(({ heading }) => heading);
  const { heads } = document;
  const written = heads.map(({ text }) => text);
  const found = wanted
    .filter((heading) => !written.includes(heading))
    .map((heading) => {
      const hint = `write a line \`## ${heading}\` and the text below it`;
      const place = { ...document.atBody(0), section: heading };
      return finding("sections", place, `the section '${heading}' is missing`, hint, document.demands);
    });
  const ordered = wanted.filter((heading) => written.includes(heading));
  const isInOrder = written.filter((heading) => wanted.includes(heading)).join("\n") === ordered.join("\n");
  if (!isInOrder && new Set(written).size === written.length) {
    const message = `the sections are not in their order: ${ordered.join(", ")}`;
    found.push(finding("sections", document.atBody(heads[0].line), message, "move them"));
  }
  return [...found, ...unknown(subject, wanted), ...empty(subject)];
}

/**
 * @param {Subject} subject
 * @param {string[]} wanted
 * @returns {Finding[]}
 */
function unknown({ document, kind }, wanted) {
  return document.heads
    .filter(({ text }) => !wanted.includes(text))
    .map(({ text, line }) => {
      const hint = nearest(text, wanted) || "use `###` for a heading of your own inside a section";
      const message = `'${text}' is not a section of ${kind.noun}`;
      return finding("sections", document.atBody(line), message, hint);
    });
}

/** @param {Subject} subject @returns {Finding[]} */
function empty({ document }) {
  const { heads, stream } = document;
  const texts = stream.flatMap(({ type, map }) => (type === "inline" && map ? [map[0]] : []));
  return heads
    .filter(({ line }, index) => {
      const end = heads[index + 1]?.line ?? Number.POSITIVE_INFINITY;
      return !texts.some((own) => line < own && own < end);
    })
    .map(({ text, line }) =>
      finding("sections", document.atBody(line), `the section '${text}' is empty`, "write it", document.demands),
    );
}

/** @param {Subject} subject @returns {Finding[]} */
export function headings({ document }) {
  /** @type {Finding[]} */
  const found = document.stream
    .filter(({ type, level, map }) => type === "heading_open" && level && map)
    .map(({ map }) =>
      finding("headings", document.atBody(map[0]), "a heading cannot stand in a list or quotation", "move it out"),
    );
  const say = (/** @type {number} */ line, /** @type {string} */ message, /** @type {string} */ hint) =>
    found.push(finding("headings", document.atBody(line), message, hint));
  const seen = new Set();
  let previous = 1;
  for (const { text, more, line } of document.pieces.filter(({ what }) => what === "heading")) {
    const level = Number(more);
    const folded = text.toUpperCase().toLowerCase();
    if (level === 1) say(line, "a heading of level 1 is the title, which the page draws itself", "use `##` or `###`");
    else if (level > Math.min(previous + 1, DEEPEST)) {
      say(line, `a heading of level ${level} follows one of level ${previous}`, "leave no level out");
    }
    if (seen.has(folded)) say(line, `the heading '${text}' stands here a second time`, "change the words");
    seen.add(folded);
    previous = Math.max(level, 2);
  }
  return found;
}

/** @param {Subject} subject @returns {Finding[]} */
export function rawHtml(subject) {
  const { document } = subject;
  const lists = document.body.split("\n").flatMap((line, number) =>
    [...line.matchAll(ATTRIBUTES)].map((match) => {
      const place = document.atBody(number, size(line.slice(0, match.index)) + 1);
      return finding("raw-html", place, `attribute lists are not used in the body: \`${cut(match[0], 40)}\``, "delete it");
    }),
  );
  return [...tags(subject), ...slashed(subject), ...lists];
}

/**
 * @param {Subject} subject
 * @returns {Finding[]} one for each tag, but not for the end of one that is named already
 */
function tags({ document }) {
  /** @type {Map<string, number>} */
  const opened = new Map();
  return document.pieces.flatMap(({ what, text, line, column }) => {
    if (what !== "html_block" && what !== "html_inline") return [];
    const name = (NAME.exec(text.trim())?.[1] ?? "").toLowerCase();
    const open = opened.get(name) ?? 0;
    if (what === "html_inline" && text.startsWith("</") && open > 0) {
      opened.set(name, open - 1);
      return [];
    }
    opened.set(name, open + 1);
    return [htmlAt(document.atBody(line, column), text.trim().split("\n", 1)[0])];
  });
}

/**
 * @param {Subject} subject
 * @returns {Finding[]} one for each paragraph with a tag in which a `/` follows the name; in code it is no tag
 */
function slashed({ document }) {
  const lines = document.body.split("\n");
  return document.stream.flatMap(({ children, map, content }) => {
    /** @type {{type: string, content: string}[]} */
    const texts = (children ?? []).filter((/** @type {{type: string}} */ { type }) => type === "text");
    const match = texts.map((child) => SLASHED.exec(child.content)).find(Boolean);
    if (!match || !map || !content.includes(match[0])) return [];
    const own = lines.slice(map[0], map[1]).findIndex((line) => line.includes(match[0]));
    const number = map[0] + Math.max(own, 0);
    const start = own < 0 ? 0 : lines[number].indexOf(match[0]);
    const place = document.atBody(number, size(lines[number].slice(0, start)) + 1);
    return [htmlAt(place, lines[number].slice(start))];
  });
}

/**
 * @param {import("../finding.js").Place} place
 * @param {string} tag
 */
function htmlAt(place, tag) {
  return finding("raw-html", place, `HTML is not used in the body: \`${cut(tag, 40)}\``, "write it in Markdown");
}

/** @param {Subject} subject @returns {Finding[]} */
export function footnoteDefinition({ document }) {
  return document.body.split("\n").flatMap((line, number) => {
    const match = DEFINITION.exec(line);
    if (!match) return [];
    const message = `the footnote \`${match[1]}\` is defined in the body`;
    return [finding("footnote-definition", document.atBody(number), message, "move it to `sources` in the front matter")];
  });
}

/** @param {Subject} subject @returns {Finding[]} */
export function imageAltText({ document }) {
  return document.pieces
    .filter(({ what, more }) => what === "image" && !more.trim())
    .map(({ text, line, column }) => {
      const hint = "say between the brackets what it shows";
      return finding("image-alt-text", document.atBody(line, column), `the image \`${text}\` has no text`, hint);
    });
}
