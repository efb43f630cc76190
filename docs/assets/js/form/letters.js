/** Texts as the command line counts and writes them: by letters (code points), and never by halves of a letter. */

const LONGEST = 400;
const UNSEEN = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]/gu;

/**
 * @param {string} text
 * @returns {number} number of letters
 */
export function size(text) {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/**
 * @param {string} text
 * @param {number} most
 * @returns {string} the first letters of a text
 */
export function cut(text, most) {
  return text.length <= most ? text : [...text.slice(0, most * 2)].slice(0, most).join("");
}

/**
 * @param {string} text
 * @returns {string[]} the parts between the spaces
 */
export function split(text) {
  return text.split(/\s+/u).filter((part) => part !== "");
}

/**
 * @param {string} text
 * @param {number} [longest]
 * @returns {string} a text as it can stand in a line of any report
 */
export function onOneLine(text, longest = LONGEST) {
  const seen = cut(text, longest + 1).replace(
    UNSEEN,
    (sign) => `\\u${/** @type {number} */ (sign.codePointAt(0)).toString(16).padStart(4, "0")}`,
  );
  return size(seen) <= longest ? seen : `${cut(seen, longest - 1)}…`;
}

/**
 * @param {unknown} value a value of the front matter
 * @returns {string} the value as a message of the command line shows it
 */
export function shown(value) {
  return typeof value === "string" ? value : inside(value);
}

/**
 * @param {unknown} value
 * @returns {string}
 */
function inside(value) {
  if (value === null || value === undefined) return "None";
  if (Array.isArray(value)) return `[${value.map(inside).join(", ")}]`;
  if (typeof value === "object") {
    return `{${Object.entries(value)
      .map(([key, part]) => `${inside(key)}: ${inside(part)}`)
      .join(", ")}}`;
  }
  if (typeof value !== "string") return String(value);
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  const plain = value.replaceAll("\\", "\\\\").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return `${quote}${quote === "'" ? plain.replaceAll("'", "\\'") : plain}${quote}`;
}

/**
 * Lines and columns of a text, both from 1.
 */
export class Lines {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.starts.push(at + 1);
  }

  /**
   * @param {number} offset
   * @returns {{line: number, column: number}}
   */
  place(offset) {
    let low = 0;
    let high = this.starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: size(this.text.slice(this.starts[low], offset)) + 1 };
  }
}
