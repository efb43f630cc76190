import { words } from "./words.js";

/**
 * @param {string} name
 * @returns {string} what a whole name is filed under, so that a question which is just a name finds its owner; no word
 *   begins with this sign
 */
export function nameOf(name) {
  const stems = words(name).map((word) => word.stem);
  return stems.length ? `=${stems.join(" ")}` : "";
}
