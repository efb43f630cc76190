/** The last searches, kept on this machine only, and only where the browser allows it. */
import { keep, kept } from "../kept.js";

const KEY = "casebook-searches";
const MOST = 6;

/** @returns {string[]} the newest first */
export function recentSearches() {
  const found = kept(KEY);
  return Array.isArray(found) ? found.filter((one) => typeof one === "string").slice(0, MOST) : [];
}

/** @param {string} question */
export function keepSearch(question) {
  const text = question.trim().slice(0, 120);
  if (text) keep(KEY, [text, ...recentSearches().filter((one) => one !== text)].slice(0, MOST));
}

export function forgetSearches() {
  keep(KEY, null);
}
