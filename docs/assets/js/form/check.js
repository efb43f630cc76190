/** The checker in the browser: the findings of `casebook check` for one item, in the same words. */
import { documentOf, kindAt } from "./document.js";
import { finding, sorted } from "./finding.js";
import { scriptAddress } from "./rules/address.js";
import { footnoteDefinition, headings, imageAltText, rawHtml, sections } from "./rules/body.js";
import { dateInCalendar, datesInOrder, historyMatchesVersion } from "./rules/dates.js";
import { duplicateId, duplicateLocalId, formerId, idIsFileName, lessonChain, superseded } from "./rules/ids.js";
import { exercisePlay, fiction } from "./rules/play.js";
import { proseLength, sectionLength, sentenceLength, uncitedFigure } from "./rules/length.js";
import { brokenLink, danglingItem, danglingLesson, unpublishedTarget } from "./rules/links.js";
import { reviewMode, reviewVersion } from "./rules/reviews.js";
import { sensitive } from "./rules/sensitive.js";
import { uncitedSource, unknownSource, unsourced, weakSource } from "./rules/sources.js";
import * as shape from "./shape.js";
import { Subject } from "./subject.js";

/**
 * @typedef {import("./document.js").Facts} Facts
 * @typedef {import("./finding.js").Finding} Finding
 */

/** @type {Record<string, (subject: Subject) => Finding[]>} */
const RULES = {
  "broken-link": brokenLink,
  "dangling-item": danglingItem,
  "dangling-lesson": danglingLesson,
  "date-in-calendar": dateInCalendar,
  "dates-in-order": datesInOrder,
  "duplicate-id": duplicateId,
  "duplicate-local-id": duplicateLocalId,
  "exercise-play": exercisePlay,
  fiction,
  "footnote-definition": footnoteDefinition,
  "former-id": formerId,
  headings,
  "history-matches-version": historyMatchesVersion,
  "id-is-file-name": idIsFileName,
  "image-alt-text": imageAltText,
  "lesson-chain": lessonChain,
  "prose-length": proseLength,
  "raw-html": rawHtml,
  "review-mode": reviewMode,
  "review-version": reviewVersion,
  "script-address": scriptAddress,
  "section-length": sectionLength,
  sections,
  sensitive,
  "sentence-length": sentenceLength,
  superseded,
  "uncited-figure": uncitedFigure,
  "uncited-source": uncitedSource,
  "unknown-source": unknownSource,
  "unpublished-target": unpublishedTarget,
  unsourced,
  "weak-source": weakSource,
};

const OF_THE_FILE = [
  "control-character",
  "duplicate-key",
  "file-name",
  "file-place",
  "file-too-large",
  "front-matter-not-fields",
  "front-matter-open",
  "no-front-matter",
  "yaml-feature",
];
const OF_THE_SHAPE = [
  "empty-field",
  "missing-field",
  "out-of-range",
  "repeated-entry",
  "unfinished",
  "unknown-field",
  "unknown-term",
  "wrong-form",
  "wrong-type",
];

/** The codes of which the browser says the same as the command line. */
export const CODES = [...OF_THE_FILE, ...OF_THE_SHAPE, ...Object.keys(RULES)].sort();

/** What only the check after sending says, and why. */
export const ONLY_ON_SEND = {
  ledger: "it is about the ledger of addresses and not about an item",
  "lost-address": "it needs every address that was ever published",
  moved: "it is about the list of addresses that moved and not about an item",
  "release-file": "it is about the files of released versions and not about an item",
  "released-version": "it needs the words of every released version",
  "image-file": "pictures are files beside the item, which the form does not hold",
  "not-utf8": "what is typed in a browser is always UTF-8",
  "practice-without-case": "it needs the links of every lesson in the library",
  "reading-grade": "it needs the hyphenation of English words, which is large",
  "shared-sentence": "it needs every sentence of the library",
  vocabulary: "it is about the files of the vocabularies and not about an item",
  "word-file": "it is about Word files",
  "word-left-out": "it is about Word files",
  "yaml-depth": "fields nested so deep that they cannot be read are told here too, without the exact place",
  "yaml-syntax": "the browser tells it in the words of another parser, and at the place where that one stops",
};

/**
 * @param {string} text the whole file
 * @param {string} path of the file in the repository, for example `cases/case-studies/goiania-1987.md`
 * @param {Facts} facts
 * @returns {Finding[]} sorted by place
 */
export function check(text, path, facts) {
  const kind = kindAt(path, facts);
  if (kind === undefined) {
    const folders = Object.values(facts.kinds).map(({ folder }) => `\`cases/${folder}/\``);
    const message = `an item must be a file directly in one of ${folders.join(", ")}`;
    return [finding("file-place", { line: 1, column: 1 }, message, "move it")];
  }
  const document = documentOf(text, path);
  const subject = new Subject(document, kind, facts);
  const ofShape = document.tree ? shape.check(document, subject.data, subject.kind, kind) : [];
  return sorted([...document.findings, ...ofShape, ...Object.values(RULES).flatMap((rule) => rule(subject))]);
}
