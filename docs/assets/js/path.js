/**
 * A learning path: which steps are done stays in this browser and nowhere else. Nothing is locked, because a learner
 * may know an item already; a step with open questions only asks once more.
 */
import { element } from "./dom.js";
import { keep, keptParts } from "./kept.js";
import { answered } from "./self-check.js";

/** @param {Document} page */
export function learningPaths(page) {
  for (const root of page.querySelectorAll("[data-path]")) if (root instanceof HTMLElement) new Path(root).start();
}

/** @param {number} count @param {string} one @param {string} [many] */
const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;

class Path {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.key = `casebook-path:${root.dataset.path}`;
    this.root = root;
    this.steps = [...root.querySelectorAll("[data-step]")].map((one, index) => new Step(/** @type {HTMLElement} */ (one), index, this));
    this.bar = element("progress", { max: String(this.steps.length), "aria-label": "Steps done" });
    this.words = element("span", { role: "status" });
    this.again = element("button", { type: "button", class: "check-again" }, "Start the path again");
    this.again.addEventListener("click", () => this.forget());
  }

  start() {
    const known = keptParts(this.key);
    for (const step of this.steps) step.isDone = known[step.id] === true;
    const about = element("span", { class: "check-about" }, "Your progress stays in this browser. Nothing is sent.");
    this.root.prepend(element("p", { class: "path-progress" }, this.bar, " ", this.words, " ", this.again, " ", about));
    this.tell();
  }

  save() {
    keep(this.key, Object.fromEntries(this.steps.filter(({ isDone }) => isDone).map(({ id }) => [id, true])));
    this.tell();
  }

  forget() {
    for (const step of this.steps) step.isDone = false;
    this.save();
    this.steps[0]?.heading?.scrollIntoView();
  }

  tell() {
    const open = this.steps.filter(({ isDone }) => !isDone);
    const minutes = open.reduce((sum, step) => sum + step.minutes, 0);
    const done = this.steps.length - open.length;
    this.bar.value = done;
    this.words.textContent = open.length
      ? `${done} of ${plural(this.steps.length, "step")} done, about ${plural(minutes, "minute")} left.`
      : `All ${plural(this.steps.length, "step")} done.`;
    this.again.hidden = done === 0;
    for (const step of this.steps) step.show(step === open[0]);
  }
}

class Step {
  /** @param {HTMLElement} root @param {number} index @param {Path} path */
  constructor(root, index, path) {
    this.root = root;
    this.path = path;
    this.index = index;
    this.id = root.dataset.step ?? "";
    this.minutes = Number(root.dataset.minutes) || 0;
    this.heading = root.querySelector("h3");
    this.isDone = false;
    this.button = element("button", { type: "button", class: "check-button" });
    this.note = element("span", { class: "path-note", role: "status" });
    this.button.addEventListener("click", () => this.press());
    root.append(element("p", { class: "path-done" }, this.button, " ", this.note));
  }

  /** How many questions of the step have no answer yet. */
  get open() {
    const block = this.root.querySelector("[data-self-check]");
    if (!(block instanceof HTMLElement)) return 0;
    const known = answered(block.dataset.selfCheck ?? "");
    return [...block.querySelectorAll("[data-question]")].filter((one) => !known.get(/** @type {HTMLElement} */ (one).dataset.question ?? "")?.done).length;
  }

  press() {
    const isWarned = this.note.dataset.asks !== undefined;
    if (!this.isDone && this.open > 0 && !isWarned) {
      this.note.dataset.asks = "";
      this.note.replaceChildren(`${plural(this.open, "question is", "questions are")} still open. Answer first, or press again to go on without.`);
      return;
    }
    this.isDone = !this.isDone;
    this.path.save();
  }

  /** @param {boolean} isNext whether it is the first step that is not done */
  show(isNext) {
    this.root.dataset.state = this.isDone ? "done" : isNext ? "next" : "";
    this.button.textContent = this.isDone ? "Not done after all" : "I have done this step";
    this.button.setAttribute("aria-label", `${this.button.textContent}: step ${this.index + 1}`);
    delete this.note.dataset.asks;
    this.note.replaceChildren(...(this.isDone ? this.next() : []));
  }

  next() {
    const following = this.path.steps.slice(this.index + 1).find(({ isDone }) => !isDone);
    if (!following) return ["Done."];
    const words = `Go on to step ${following.index + 1}`;
    return ["Done. ", element("a", { href: `#${following.heading?.id}` }, words)];
  }
}
