/** The citations of all items in one file, each as the site gives it. */

/**
 * @param {"txt" | "bib" | "ris" | "csl.json"} format
 * @param {import("./pieces.js").Cited[]} pieces
 * @returns {string}
 */
export function citations(format, pieces) {
  const texts = pieces.map((piece) => piece[format]);
  if (format !== "csl.json") return texts.map((text) => `${text.trim()}\n`).join("\n");
  return `${JSON.stringify(texts.flatMap((text) => JSON.parse(text)), null, 2)}\n`;
}
