/** Ids made from words: what a person need not invent. */
const LONGEST = 60;
/** Letters that have no accent to take away. */
const PLAIN = /** @type {Record<string, string>} */ ({
  ...{ ł: "l", đ: "d", ð: "d", ø: "o", ı: "i" },
  ...{ ß: "ss", æ: "ae", œ: "oe", þ: "th" },
});
const SMALL = new Set(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]);

/**
 * An id from a title: lower case letters, digits and hyphens, without small words, not longer than an address should be.
 * @param {string} title
 * @param {number} [most] letters
 */
export function slug(title, most = LONGEST) {
  const words = title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[łđðøıßæœþ]/gu, (letter) => PLAIN[letter])
    .split(/[^a-z0-9]+/)
    .filter((word) => word && !SMALL.has(word));
  let id = "";
  for (const word of words) {
    if ((id ? id.length + 1 : 0) + word.length > most) break;
    id = id ? `${id}-${word}` : word;
  }
  return id;
}

/**
 * The first of `s1`, `s2` … that is not taken.
 * @param {string} letter
 * @param {string[]} taken
 */
export function nextId(letter, taken) {
  let number = 1;
  while (taken.includes(`${letter}${number}`)) number += 1;
  return `${letter}${number}`;
}
