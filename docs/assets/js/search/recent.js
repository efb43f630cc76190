/** The last searches, kept on this machine only, and only where the browser allows it. */

const KEY = "casebook-searches";
const MOST = 6;

/** @returns {string[]} the newest first */
export function recentSearches() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** @param {string} question */
export function keepSearch(question) {
  const text = question.trim().slice(0, 120);
  if (text) keep([text, ...recentSearches().filter((one) => one !== text)].slice(0, MOST));
}

export function forgetSearches() {
  keep([]);
}

/** @param {string[]} searches */
function keep(searches) {
  try {
    localStorage.setItem(KEY, JSON.stringify(searches));
  } catch {
    // A browser that keeps nothing is a browser that remembers nothing.
  }
}
