/** A result as the reader sees it. */
import { resultButton } from "../basket/button.js";
import { element, markedText } from "../dom.js";
import { full } from "../place.js";
import { excerpt, hits } from "./excerpt.js";

const MOST_HITS = 3;
// A part that holds much less of the question than the best one is not worth a line.
const WORTH_SHOWING = 0.5;

/**
 * @typedef {import("./store.js").Shown} Shown
 * @typedef {import("./excerpt.js").Stems} Stems
 */

/**
 * @param {Shown} record
 * @param {Stems} stems
 * @returns {HTMLLIElement} the link to the item first, then what it is, an excerpt, and the parts that answer
 */
export function resultItem(record, stems) {
  const parts = partsWorthShowing(record, stems);
  return element(
    "li",
    { class: "result" },
    element("a", { class: "result-title", href: full(record.address) }, ...markedText(excerpt(record.title, stems))),
    " ",
    resultButton(record.address, record.title),
    element("p", { class: "result-note" }, noteOf(record)),
    element("p", { class: "result-text" }, ...markedText(excerpt(record.summary, stems))),
    ...parts.map((hit) =>
      element(
        "p",
        { class: "result-part" },
        element("a", { href: full(partAddress(record, hit.anchor)) }, hit.heading),
        " ",
        ...markedText(hit.excerpt),
      ),
    ),
  );
}

/**
 * @param {Shown} record
 * @param {Stems} stems
 * @returns {import("./excerpt.js").Hit[]} parts with an address of their own
 */
export function partsWorthShowing(record, stems) {
  const all = hits(record, stems, MOST_HITS + 1).filter(({ anchor, heading }) => anchor && heading);
  // Titles of sources hold many words; they are shown where nothing else answers, as for a question in their language.
  const found = all.length > 1 ? all.filter(({ anchor }) => anchor !== "sources") : all;
  return found.filter(({ worth }) => worth >= WORTH_SHOWING * found[0].worth).slice(0, MOST_HITS);
}

/**
 * @param {Shown} record
 * @param {string} anchor
 */
export function partAddress(record, anchor) {
  return `${record.address.replace(/#.*/, "")}#${anchor}`;
}

/**
 * @param {Shown} record
 * @returns {string} `Case study · 1987 · Brazil · Harm`
 */
export function noteOf(record) {
  return [record.kind, record.note].filter(Boolean).join(" · ");
}
