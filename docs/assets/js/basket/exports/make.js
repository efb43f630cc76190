/** A file of a course, in the format that was asked for. */
import { readingsOf } from "../reading.js";
import { cartridge } from "./cartridge.js";
import { citations } from "./citations.js";
import { docx } from "./docx.js";
import { markdown } from "./markdown.js";
import { packed, told } from "./pieces.js";
import { pptx } from "./pptx.js";

/**
 * @typedef {import("../reading.js").ReadingList} ReadingList
 * @typedef {import("../take.js").Made} Made
 */

const TYPES = {
  md: "text/markdown",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  txt: "text/plain",
  bib: "application/x-bibtex",
  ris: "application/x-research-info-systems",
  "csl.json": "application/vnd.citationstyles.csl+json",
  imscc: "application/zip",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
};

/**
 * @param {string} format the ending of the file
 * @param {ReadingList} list
 * @returns {Promise<Made>}
 */
export async function make(format, list) {
  const name = `${fileName(list.title)}.${format}`;
  const type = TYPES[/** @type {keyof typeof TYPES} */ (format)];
  if (format === "md") return { name, type, data: markdown(list), missing: [] };
  if (format === "docx") return { name, type, data: docx(list), missing: [] };
  if (format === "imscc") {
    const { pieces, missing } = await gathered(list, packed);
    return { name, type, data: cartridge(list, pieces), missing: missing.map((title) => `of ‘${title}’ only the link`) };
  }
  const { pieces, missing } = await gathered(list, told);
  const cited = [...pieces.values()].map((piece) => piece.cited);
  const data = format === "pptx" ? pptx(list, pieces) : citations(/** @type {"txt"} */ (format), cited);
  return { name, type, data, missing: missing.map((title) => `without ‘${title}’`) };
}

/**
 * @template Piece
 * @param {ReadingList} list
 * @param {(id: string) => Promise<Piece | null>} load
 * @returns {Promise<{pieces: Map<string, Piece>, missing: string[]}>} what was loaded of each item, and titles of the others
 */
async function gathered(list, load) {
  const pieces = new Map();
  const missing = [];
  for (const { id, title } of readingsOf(list)) {
    const piece = await load(id);
    if (piece) pieces.set(id, piece);
    else missing.push(title);
  }
  return { pieces, missing };
}

/** @param {string} title @returns {string} a name that every system takes */
function fileName(title) {
  const words = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join("-").slice(0, 60).replace(/-+$/, "") || "course";
}
