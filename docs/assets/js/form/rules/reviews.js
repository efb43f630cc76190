/** Rules about reviews: what their mode needs and keeps back, and of which version they are. */
import { finding } from "../finding.js";
import { shown } from "../letters.js";

/**
 * @typedef {import("../subject.js").Subject} Subject
 * @typedef {import("../finding.js").Finding} Finding
 */

const NEEDED = /** @type {Record<string, string>} */ ({ named: "reviewer", centre: "centre" });
const KEPT_BACK = /** @type {Record<string, string>} */ ({
  anonymous: "a review with the mode `anonymous` must not name the reviewer",
  centre: "a review with the mode `centre` names the centre and no person",
});

/** @param {Subject} subject @returns {Finding[]} */
export function reviewMode(subject) {
  return subject.entries("reviews").flatMap(([index, review]) => [
    ...person(subject, index, review),
    ...verdict(subject, index, review),
  ]);
}

/**
 * @param {Subject} subject
 * @param {number} index
 * @param {Record<string, any>} review
 * @returns {Finding[]}
 */
function person({ document }, index, review) {
  /** @type {Finding[]} */
  const found = [];
  const mode = shown(review.mode);
  if (Object.hasOwn(NEEDED, mode) && !review[NEEDED[mode]]) {
    const message = `a review with the mode \`${mode}\` must have the field \`${NEEDED[mode]}\``;
    found.push(finding("review-mode", document.at(["reviews", index, "mode"]), message, `add \`${NEEDED[mode]}: …\``));
  }
  if (Object.hasOwn(KEPT_BACK, mode) && Object.hasOwn(review, "reviewer")) {
    const place = document.at(["reviews", index, "reviewer"], true);
    found.push(finding("review-mode", place, KEPT_BACK[mode], "delete `reviewer`"));
  }
  return found;
}

/**
 * @param {Subject} subject
 * @param {number} index
 * @param {Record<string, any>} review
 * @returns {Finding[]}
 */
function verdict({ document }, index, { mode, verdict: given, note }) {
  const place = document.at(["reviews", index, "verdict"]);
  if (mode === "consultation" && typeof given === "string" && given !== "comment") {
    const hint = "write `verdict: comment`, or another mode";
    return [finding("review-mode", place, "a consultation gives comments and no verdict", hint)];
  }
  if ((given !== "dissent" && given !== "comment") || note) return [];
  const message = `a review with the verdict \`${given}\` must have a note that says what it is`;
  const hint = "add `note: …` with the reviewer's own words or with what the reviewer agreed to";
  return [finding("review-mode", place, message, hint)];
}

/** @param {Subject} subject @returns {Finding[]} */
export function reviewVersion(subject) {
  const present = subject.data.version ?? 1;
  return subject.entries("reviews").flatMap(([index, { version }]) => {
    if (!isNumber(version) || !isNumber(present) || version <= present) return [];
    const place = subject.document.at(["reviews", index, "version"]);
    const message = `the review is of version ${version}, and the item has only ${present}`;
    return [finding("review-version", place, message, "correct it")];
  });
}

/** @param {unknown} value whole numbers of many digits are big ones */
function isNumber(value) {
  return typeof value === "number" || typeof value === "bigint";
}
