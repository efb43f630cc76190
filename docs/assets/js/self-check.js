/**
 * Questions by which learners check themselves. The page holds questions and answers, folded; here an answer is shown
 * for the choice that was made, and what was answered is kept in this browser and nowhere else.
 */
import { element } from "./dom.js";
import { keep, keptParts } from "./kept.js";

/**
 * What is kept of a question: the words of the choice, or the text that was written, and whether the answer was shown.
 * Words and not numbers, because the choices of a newer version may stand in another order.
 * @typedef {{ given: string, done: boolean }} Answered
 */

/** @param {string} key of the block: the id of a case, or of a path and its step @returns {string} */
const storageKey = (key) => `casebook-check:${key}`;

/**
 * @param {string} key
 * @returns {Map<string, Answered>} what was answered in a block, by the ids of its questions
 */
export function answered(key) {
  const found = Object.entries(keptParts(storageKey(key))).filter(([, one]) => isAnswered(one));
  return new Map(/** @type {[string, Answered][]} */ (found));
}

/** @param {Document} page */
export function selfChecks(page) {
  for (const block of page.querySelectorAll("[data-self-check]")) if (block instanceof HTMLElement) new Block(block).start();
}

/** @param {unknown} one @returns {one is Answered} */
function isAnswered(one) {
  return typeof one === "object" && one !== null && "given" in one && typeof one.given === "string" && "done" in one;
}

/** One block of questions: it keeps what was answered, counts, and can forget it all. */
class Block {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.key = root.dataset.selfCheck ?? "";
    this.questions = [...root.querySelectorAll("[data-question]")].map((one) => new Question(/** @type {HTMLElement} */ (one), this));
    this.count = element("span", { class: "check-count", role: "status" });
    this.again = element("button", { type: "button", class: "check-again" }, "Start again");
    this.again.addEventListener("click", () => this.forget());
  }

  start() {
    const known = answered(this.key);
    for (const question of this.questions) question.show(known.get(question.id));
    const about = "Your answers stay in this browser. Nothing is sent.";
    this.root.append(element("p", { class: "check-foot" }, this.count, " ", this.again, " ", element("span", { class: "check-about" }, about)));
    this.tell();
  }

  save() {
    const given = this.questions.flatMap((one) => (one.answer ? [[one.id, one.answer]] : []));
    keep(storageKey(this.key), Object.fromEntries(given));
    this.tell();
  }

  forget() {
    for (const question of this.questions) question.show(undefined);
    this.save();
    this.questions[0]?.focus();
  }

  tell() {
    const done = this.questions.filter((one) => one.answer?.done);
    const closed = this.questions.filter((one) => !one.isOpen);
    const right = closed.filter((one) => one.isRight).length;
    const ofClosed = closed.length ? `, ${right} of ${closed.length} with a choice right` : "";
    this.count.textContent = `${done.length} of ${this.questions.length} answered${done.length ? ofClosed : ""}.`;
    this.again.hidden = !this.questions.some((one) => one.answer);
    this.root.dispatchEvent(new CustomEvent("casebook-answered", { bubbles: true }));
  }
}

/** One question: choices or a text, a button, and the answer, which stood folded in the page. */
class Question {
  /** @param {HTMLElement} root @param {Block} block */
  constructor(root, block) {
    this.root = root;
    this.id = root.dataset.question ?? "";
    this.text = root.querySelector("textarea");
    this.isOpen = this.text !== null;
    this.choices = [...root.querySelectorAll("input")];
    this.parts = [...root.querySelectorAll("[data-for], [data-answer]")].map((one) => /** @type {HTMLElement} */ (one));
    this.note = element("p", { class: "check-missing", hidden: true }, "Choose an answer first.");
    this.button = element("button", { type: "button", class: "check-button" }, this.isOpen ? "Show a good answer" : "Check");
    /** @type {Answered | undefined} */
    this.answer = undefined;
    root.querySelector("details")?.replaceWith(this.button, element("div", { class: "check-result", role: "status" }, this.note, ...this.parts));
    this.button.addEventListener("click", () => this.check(block));
    root.addEventListener("input", () => this.change(block));
  }

  get given() {
    return this.text?.value ?? this.choices.find(({ checked }) => checked)?.value ?? "";
  }

  get isRight() {
    return Boolean(this.answer?.done) && this.parts.some(({ dataset }) => "right" in dataset && dataset.for === this.answer?.given);
  }

  focus() {
    (this.text ?? this.choices[0])?.focus();
  }

  /** @param {Block} block */
  check(block) {
    this.show({ given: this.given, done: this.isOpen || this.given !== "" });
    this.note.hidden = Boolean(this.answer?.done);
    block.save();
  }

  /** Another choice asks again; a text may grow beside the answer. @param {Block} block */
  change(block) {
    this.show({ given: this.given, done: this.isOpen && Boolean(this.answer?.done) });
    block.save();
  }

  /**
   * Shows what was answered; a choice that is no longer there was not made.
   * @param {Answered | undefined} answer
   */
  show(answer) {
    const isThere = answer && (this.isOpen || this.choices.some(({ value }) => value === answer.given));
    this.answer = isThere ? answer : undefined;
    const given = this.answer?.given ?? "";
    if (this.text && this.text.value !== given) this.text.value = given;
    for (const choice of this.choices) choice.checked = choice.value === given && Boolean(this.answer);
    for (const part of this.parts) part.hidden = !this.answer?.done || !belongs(part.dataset, given);
    this.note.hidden = true;
    this.root.dataset.state = this.answer?.done ? (this.isOpen ? "shown" : this.isRight ? "right" : "wrong") : "";
  }
}

/** The right choice and the answer belong to every choice. @param {DOMStringMap} part @param {string} given */
function belongs(part, given) {
  return part.for === undefined || part.for === given || "right" in part;
}
