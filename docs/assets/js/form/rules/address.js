/** The rule about addresses that run a script or carry a file (`rules/script_address.py`). */
import { finding } from "../finding.js";
import { size } from "../letters.js";

/**
 * @typedef {import("../subject.js").Subject} Subject
 * @typedef {import("../finding.js").Finding} Finding
 */

const ADDRESS = /(?:\]\(|\]:|<)[ \t]*<?([^\s<>][^<>)\n]{0,200})/dgu;
const SKIPPED = /[\x00-\x20\x7f-\x9f\u200b-\u200f]+/gu;
const SCHEMES = ["javascript:", "vbscript:", "data:", "blob:", "file:", "view-source:"];
/** Only these entities with a name, and those with a number, can hide a part of a scheme. */
const NAMED = /** @type {Record<string, string>} */ ({ "&colon;": ":", "&Tab;": "\t", "&NewLine;": "\n" });
const LAST = 0x10ffff;

/** @param {Subject} subject @returns {Finding[]} */
export function scriptAddress({ document }) {
  return document.body.split("\n").flatMap((line, number) =>
    [...line.matchAll(ADDRESS)].flatMap((match) => {
      const scheme = schemeOf(match[1]);
      if (!scheme) return [];
      const start = /** @type {any} */ (match).indices[1][0];
      const place = document.atBody(number, size(line.slice(0, start)) + 1);
      return [
        finding("script-address", place, `an address with \`${scheme}\` is not used`, "link to a page with `https://`"),
      ];
    }),
  );
}

/**
 * @param {string} address
 * @returns {string} the forbidden scheme of an address, however its signs are written, or nothing
 */
function schemeOf(address) {
  const plain = address
    .replace(/&(?:colon|Tab|NewLine);/gu, (entity) => NAMED[entity])
    .replace(/&#x([0-9a-f]+);?/giu, (_, digits) => letter(parseInt(digits, 16)))
    .replace(/&#([0-9]+);?/gu, (_, digits) => letter(parseInt(digits, 10)))
    .replace(/%([0-7][0-9a-f])/giu, (_, digits) => letter(parseInt(digits, 16)))
    .replace(SKIPPED, "")
    .toLowerCase();
  return SCHEMES.find((scheme) => plain.startsWith(scheme)) ?? "";
}

/** @param {number} code */
function letter(code) {
  return code <= LAST ? String.fromCodePoint(code) : "";
}
