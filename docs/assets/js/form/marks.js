/** What the checker says, beside the field that it is about and in a list that leads there. */
import { element } from "../dom.js";
import { full } from "../place.js";
import { stepsOf } from "./questions.js";

/**
 * @typedef {import("./finding.js").Finding} Finding
 * @typedef {import("./questions.js").Questions} Questions
 */

const MOST = 40;

export class Marks {
  /**
   * @param {HTMLElement} list
   * @param {HTMLElement} stop where it is said that something looks sensitive
   * @param {(finding: Finding) => void} lead
   */
  constructor(list, stop, lead) {
    this.list = list;
    this.stop = stop;
    this.lead = lead;
    this.isAsked = false;
    /** @type {Set<string>} fields that a person has left */
    this.left = new Set();
    /** @type {HTMLElement[]} */
    this.drawn = [];
  }

  /** Begins anew, with another item. */
  begin() {
    this.isAsked = false;
    this.left.clear();
    this.drawn = [];
  }

  /** @param {FocusEvent} event remembers the field that a person leaves */
  leave({ target }) {
    const path = target instanceof Element ? target.closest("[data-path]")?.getAttribute("data-path") : null;
    if (path) this.left.add(path);
  }

  /** From now on every finding is shown, and not only those of fields that were left. */
  showAll() {
    this.isAsked = true;
  }

  /**
   * @param {Finding[]} findings
   * @param {Questions} questions
   */
  show(findings, questions) {
    for (const one of this.drawn) one.remove();
    for (const one of questions.container.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
    this.drawn = [];
    for (const finding of findings) if (this.isShown(finding)) this.mark(finding, questions);
    this.listed(findings);
  }

  /** @param {Finding} finding */
  isShown(finding) {
    if (finding.code === "sensitive") return true;
    if (finding.severity === "note") return false;
    return this.isAsked || this.left.has(["#", ...stepsOf(finding)].join("/"));
  }

  /**
   * @param {Finding} finding
   * @param {Questions} questions
   */
  mark(finding, questions) {
    const control = questions.editor(stepsOf(finding))?.control;
    if (!control?.messages) return;
    const mark = element("p", { class: `cb-mark cb-mark--${finding.severity}` }, ...words(finding));
    control.messages.append(mark);
    control.input?.setAttribute("aria-invalid", "true");
    this.drawn.push(mark);
  }

  /** @param {Finding[]} findings */
  listed(findings) {
    const sensitive = findings.filter(({ code }) => code === "sensitive");
    const now = findings.filter(({ code, severity }) => code !== "sensitive" && severity !== "note");
    const later = findings.filter(({ severity }) => severity === "note");
    this.stop.hidden = sensitive.length === 0;
    this.stop.replaceChildren(
      element("p", { class: "cb-stop__title" }, "Stop and look: this may be sensitive"),
      this.rows(sensitive),
    );
    const groups = [
      ...(now.length ? [element("h3", {}, `To mend (${now.length})`), this.rows(now)] : []),
      ...(later.length ? [this.folded(`Before publication (${later.length})`, later)] : []),
    ];
    const clean = element("p", { class: "cb-clean" }, later.length ? "A sound draft." : "Nothing to mend.");
    this.list.replaceChildren(...(now.length || sensitive.length ? [] : [clean]), ...groups);
  }

  /**
   * @param {string} title
   * @param {Finding[]} findings
   */
  folded(title, findings) {
    const wasOpen = this.list.querySelector("details")?.open ?? false;
    return element("details", { class: "cb-later", open: wasOpen }, element("summary", {}, title), this.rows(findings));
  }

  /** @param {Finding[]} findings */
  rows(findings) {
    const rows = findings.slice(0, MOST).map((finding) => {
      const go = element("button", { type: "button", class: "cb-form__link" }, finding.message);
      go.addEventListener("click", () => this.lead(finding));
      return element("li", {}, go);
    });
    const rest = findings.length - MOST;
    return element("ul", {}, ...rows, rest > 0 && element("li", {}, `… and ${rest} more`));
  }
}

/**
 * @param {Finding} finding
 * @returns {Node[]} the words of the command line, with its code and a way to the page of the rule
 */
function words({ code, message, hint }) {
  const link = element("a", { href: full(`rules/${code}/`), target: "_blank", rel: "noopener" }, code);
  return [link, new Text(` ${message}`), ...(hint ? [element("span", { class: "cb-mark__hint" }, hint)] : [])];
}
