/** What a page keeps in this browser and nowhere else, and only where the browser allows it. */

/**
 * @param {string} key
 * @returns {unknown} what was kept under a key, or null
 */
export function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @returns {Record<string, unknown>} what was kept under a key, if it has named parts
 */
export function keptParts(key) {
  const found = kept(key);
  return typeof found === "object" && found !== null && !Array.isArray(found) ? { ...found } : {};
}

/**
 * Keeps a value; `null` and what has no parts deletes it.
 * @param {string} key
 * @param {unknown} value
 */
export function keep(key, value) {
  try {
    const isEmpty = value === null || (typeof value === "object" && Object.keys(value ?? {}).length === 0);
    if (isEmpty) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // A browser that keeps nothing is a browser that remembers nothing.
  }
}
