/** A reading list as Markdown. */
import { duration } from "../course.js";

/**
 * @param {import("../reading.js").ReadingList} list
 * @returns {string}
 */
export function markdown({ title, minutes, parts, licence }) {
  const body = parts.flatMap(({ heading, minutes: sum, readings }) => [
    ...(heading ? [`## ${words(heading)} (${duration(sum)})`] : []),
    readings.map(entry).join("\n"),
  ]);
  return `${[`# ${words(title)}`, `Reading list, ${duration(minutes)}.`, ...body, words(licence)].filter(Boolean).join("\n\n")}\n`;
}

/**
 * @param {import("../reading.js").Reading} reading
 * @param {number} index
 */
function entry({ title, address, kind, version, minutes, line, note }, index) {
  const name = address ? `[${words(title)}](${address})` : words(title);
  const mark = `${index + 1}. `;
  const indent = " ".repeat(mark.length);
  const paragraphs = [`${name}: ${kind.toLowerCase()}, version ${version}, ${duration(minutes)}.`, line && words(line), ...note.split("\n").map(words)];
  return mark + paragraphs.filter(Boolean).join(`\n\n${indent}`);
}

/**
 * Nothing that somebody typed becomes markup.
 * @param {string} text
 */
function words(text) {
  const safe = text.replace(/[\\`*_[\]<>&#|~!]/g, "\\$&");
  return safe.replace(/^(\s*)([-+=]|\d+(?=[.)]))/, (_, space, sign) => (/\d/.test(sign) ? `${space}${sign}\u200b` : `${space}\\${sign}`));
}
