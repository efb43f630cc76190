/** Rules about the length of the prose, its sections and sentences, and about figures in it. */
import { finding } from "../finding.js";
import { cut } from "../letters.js";
import { wordCount } from "../prose.js";
import { figures, isCited, plain, words } from "../sentences.js";

/**
 * @typedef {import("../subject.js").Subject} Subject
 * @typedef {import("../finding.js").Finding} Finding
 */

const LONGEST_SENTENCE = 30;

/** @param {number} number */
const grouped = (number) => String(number).replace(/\B(?=(?:[0-9]{3})+$)/gu, ",");

/** @param {Subject} subject @returns {Finding[]} */
export function proseLength({ document, kind }) {
  const [least, most] = kind.words;
  const count = wordCount(document.stream);
  if (!document.isFinished || (least <= count && count <= most)) return [];
  const message = `the prose has ${grouped(count)} words; ${kind.noun} has ${grouped(least)} to ${grouped(most)}`;
  return [finding("prose-length", document.atBody(0), message, "cut or complete it", "warning")];
}

/** @param {Subject} subject @returns {Finding[]} */
export function sectionLength(subject) {
  const { document, kind } = subject;
  if (!document.isFinished) return [];
  return subject.bySection().flatMap(({ head, own }) => {
    const [least, most] = kind.sections.find(({ heading }) => heading === head.text)?.words ?? [0, 10 ** 6];
    const count = own.reduce((sum, sentence) => sum + words(sentence).length, 0);
    if (!count || (least <= count && count <= most)) return [];
    const message = `'${head.text}' has ${count} words; it should have ${least} to ${most}`;
    return [finding("section-length", document.atBody(head.line), message, "cut or complete it", "warning")];
  });
}

/** @param {Subject} subject @returns {Finding[]} */
export function sentenceLength({ document, sentences }) {
  return (document.isFinished ? sentences : []).flatMap((sentence) => {
    const count = words(sentence).length;
    if (count <= LONGEST_SENTENCE) return [];
    const message = `this sentence has ${count} words; at most ${LONGEST_SENTENCE}: '${cut(plain(sentence), 50)}…'`;
    return [finding("sentence-length", document.atBody(sentence.line), message, "divide it", "warning")];
  });
}

/** @param {Subject} subject @returns {Finding[]} */
export function uncitedFigure({ document, kind, sentences }) {
  return (document.isFinished && !kind.is_fiction ? sentences : []).flatMap((sentence) => {
    const found = isCited(sentence) ? [] : figures(sentence);
    if (found.length === 0) return [];
    const start = cut(plain(sentence), 50);
    const message = `the figure ${found.join(", ")} has no citation in its sentence: '${start}…'`;
    const hint = "cite the source at the end of the sentence";
    return [finding("uncited-figure", document.atBody(sentence.line), message, hint, "warning")];
  });
}
