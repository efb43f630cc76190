/** Which terms fit what a person types. */

/** @typedef {{id: string, label: string, definition?: string}} Term */

/**
 * The terms that hold every word of a question, those first that begin with it.
 * @param {Term[]} terms
 * @param {string} question
 * @returns {Term[]}
 */
export function matching(terms, question) {
  const asked = folded(question).split(/\s+/).filter(Boolean);
  if (!asked.length) return terms;
  const found = terms.filter((term) => {
    const words = folded(`${term.id} ${term.label} ${term.definition ?? ""}`);
    return asked.every((word) => words.includes(word));
  });
  const begins = (/** @type {Term} */ term) => (folded(term.label).startsWith(asked[0]) ? 0 : 1);
  return [...found].sort((one, other) => begins(one) - begins(other));
}

/** @param {string} text */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
