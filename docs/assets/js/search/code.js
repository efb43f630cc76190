/**
 * Numbers as text: rising numbers as the steps between them, in signs that need no escape in JSON and compress well.
 * A step takes one sign for each five bits, lowest first; a sign of the upper half says that more follow.
 */
const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Map([...SIGNS].map((sign, value) => [sign, value]));

/** @param {number} step */
function signsOf(step) {
  let text = "";
  for (; step > 31; step >>= 5) text += SIGNS[32 + (step & 31)];
  return text + SIGNS[step];
}

/**
 * @param {number[]} numbers rising
 * @returns {string}
 */
export function encodedNumbers(numbers) {
  return numbers.map((number, at) => signsOf(at ? number - numbers[at - 1] : number)).join("");
}

/**
 * @param {number[]} postings in turn a rising number, and one from 0 to 63
 * @returns {string}
 */
export function encodedPostings(postings) {
  let text = "";
  for (let at = 0, last = 0; at < postings.length; last = postings[at], at += 2) {
    text += signsOf(postings[at] - last) + SIGNS[postings[at + 1]];
  }
  return text;
}

/**
 * @param {string} text
 * @returns {number[]}
 */
export function decodedNumbers(text) {
  return decoded(text, false);
}

/**
 * @param {string} text
 * @returns {number[]}
 */
export function decodedPostings(text) {
  return decoded(text, true);
}

/**
 * @param {string} text
 * @param {boolean} inPairs
 * @returns {number[]}
 */
function decoded(text, inPairs) {
  /** @type {number[]} */
  const numbers = [];
  let last = 0;
  for (let at = 0; at < text.length;) {
    let step = 0;
    let value = 32;
    for (let shift = 0; value > 31; shift += 5) {
      value = VALUES.get(text[at++]) ?? 0;
      step |= (value & 31) << shift;
    }
    numbers.push((last += step));
    if (inPairs) numbers.push(VALUES.get(text[at++]) ?? 0);
  }
  return numbers;
}
