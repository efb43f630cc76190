/** A quiz as QTI 1.2.1 in the profile of Common Cartridge 1.1, as `scripts/casebook/course/qti.py` makes it. */
import { all, DECLARATION, tag } from "./xml.js";

/**
 * @typedef {import("./pieces.js").Question} Question
 * @typedef {import("./pieces.js").Resource} Resource
 * @typedef {import("./xml.js").Markup} Markup
 */

const NAMESPACE = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2";
const [RESPONSE, GENERAL] = ["response", "general"];
const [ESSAY, ONE, SEVERAL] = ["cc.essay.v0p1", "cc.multiple_choice.v0p1", "cc.multiple_response.v0p1"];
/** The profile wants three choices at least where one is right; with two it is a question of the kind above. */
const LEAST_CHOICES = 3;

/** @param {Resource} quiz @returns {string} */
export function assessment({ id, title, questions = [] }) {
  const about = fields({
    cc_profile: "cc.exam.v0p1",
    qmd_assessmenttype: "Examination",
    qmd_scoretype: "Percentage",
    qmd_feedbackpermitted: "Yes",
    cc_maxattempts: "unlimited",
  });
  const section = tag("section", { ident: `${id}.section` }, questions.map((one) => item(one, `${id}.${one.id}`)));
  return DECLARATION + all(tag("questestinterop", { xmlns: NAMESPACE }, tag("assessment", { ident: id, title }, about, section)));
}

/** @param {Question} question */
function profileOf({ choices }) {
  if (!choices.length) return ESSAY;
  return choices.length >= LEAST_CHOICES ? ONE : SEVERAL;
}

/** @param {Record<string, string>} entries */
function fields(entries) {
  const one = (/** @type {[string, string]} */ [label, entry]) => tag("qtimetadatafield", {}, tag("fieldlabel", {}, label), tag("fieldentry", {}, entry));
  return tag("qtimetadata", {}, Object.entries(entries).map(one));
}

/** @param {Question} question @param {string} ident */
function item(question, ident) {
  const kind = profileOf(question);
  const outcomes = tag("outcomes", {}, tag("decvar", { varname: "SCORE", vartype: "Decimal", minvalue: 0, maxvalue: 100 }));
  return tag(
    "item",
    { ident, title: question.id },
    tag("itemmetadata", {}, fields({ cc_profile: kind, qmd_computerscored: kind === ESSAY ? "No" : "Yes" })),
    tag("presentation", {}, material(question.question), answered(question)),
    tag("resprocessing", {}, outcomes, conditions(question)),
    feedback(GENERAL, question.answer),
    question.choices.map((choice, index) => feedback(`feedback-${nameOf(index)}`, choice.feedback)),
  );
}

/** @param {number} index */
function nameOf(index) {
  return `choice-${index + 1}`;
}

/** @param {string} words */
function material(words) {
  const html = words.split("\n").filter(Boolean).map((line) => tag("p", {}, line));
  return tag("material", {}, tag("mattext", { texttype: "text/html" }, all(html)));
}

/** @param {string} name @param {string} words */
function feedback(name, words) {
  return tag("itemfeedback", { ident: name }, tag("flow_mat", {}, material(words)));
}

/** @param {Question} question */
function answered(question) {
  if (!question.choices.length) return tag("response_str", { ident: RESPONSE, rcardinality: "Single" }, tag("render_fib", { rows: 8, columns: 60 }));
  const labels = question.choices.map((choice, index) => tag("response_label", { ident: nameOf(index) }, material(choice.text)));
  const cardinality = profileOf(question) === ONE ? "Single" : "Multiple";
  return tag("response_lid", { ident: RESPONSE, rcardinality: cardinality }, tag("render_choice", {}, labels));
}

/** @param {Question} question @returns {Markup[]} */
function conditions(question) {
  const several = profileOf(question) === SEVERAL;
  const always = tag("respcondition", { continue: "Yes" }, tag("conditionvar", {}, tag("other")), displayed(GENERAL));
  const each = question.choices.map(({ right }, index) =>
    tag("respcondition", { continue: "No" }, tag("conditionvar", {}, chosen(index)), right && !several ? scored() : null, displayed(`feedback-${nameOf(index)}`)),
  );
  return [always, ...(several ? [allRight(question)] : []), ...each];
}

/** All right choices are chosen, and none of the wrong ones. @param {Question} question */
function allRight({ choices }) {
  const parts = choices.map(({ right }, index) => (right ? chosen(index) : tag("not", {}, chosen(index))));
  return tag("respcondition", { continue: "No" }, tag("conditionvar", {}, tag("and", {}, parts)), scored());
}

/** @param {number} index */
function chosen(index) {
  return tag("varequal", { respident: RESPONSE, case: "Yes" }, nameOf(index));
}

function scored() {
  return tag("setvar", { varname: "SCORE", action: "Set" }, "100");
}

/** @param {string} name */
function displayed(name) {
  return tag("displayfeedback", { feedbacktype: "Response", linkrefid: name });
}
