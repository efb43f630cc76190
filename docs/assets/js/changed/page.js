/** The page 'Changed since': a list or any text goes in, and what has changed comes out. It sends nothing. */
import { element } from "../dom.js";
import { full, ROOT } from "../place.js";
import { answers, faultOfDay, report, summary, textOf } from "./answers.js";
import { found, named } from "./find.js";

/**
 * @typedef {import("./answers.js").Answer} Answer
 * @typedef {import("./find.js").Asked} Asked
 * @typedef {import("./find.js").Facts} Facts
 */

const MOST_BYTES = 5_000_000;
const NO_FACTS = "The list of versions could not be loaded. The page 'What changed' has every change with its day.";
/** So far most programs take an address whole. */
const LONG_ADDRESS = 2_000;

/**
 * @param {Document} page
 * @param {Facts | undefined} facts
 */
export function changedSince(page, facts) {
  const form = page.querySelector("form[data-changed]");
  if (form instanceof HTMLFormElement) new ChangedSince(page, form, facts).begin();
}

class ChangedSince {
  /**
   * @param {Document} page
   * @param {HTMLFormElement} form
   * @param {Facts | undefined} facts
   */
  constructor(page, form, facts) {
    this.page = page;
    this.form = form;
    this.facts = facts;
    this.text = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("text"));
    this.since = /** @type {HTMLInputElement} */ (form.elements.namedItem("since"));
    this.file = /** @type {HTMLInputElement} */ (form.elements.namedItem("file"));
    this.status = this.slot("status");
    this.results = this.slot("results");
  }

  /** @param {string} name */
  slot(name) {
    return /** @type {HTMLElement} */ (this.page.querySelector(`[data-changed-${name}]`));
  }

  begin() {
    if (!this.facts) {
      this.say(NO_FACTS);
      return;
    }
    this.form.hidden = false;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.answerText();
    });
    this.form.addEventListener("reset", () => this.clear());
    this.file.addEventListener("change", () => this.open());
    this.answerAddress();
  }

  /** Answers what the address asks: `?items=goiania-1987@1,two-person-rule@1&since=2026-11-01`. */
  answerAddress() {
    const given = new URLSearchParams(location.search);
    const words = (given.get("items") ?? "").split(/[\s,]+/u).filter(Boolean);
    const since = given.get("since") ?? "";
    this.since.value = since;
    if (!words.length) return;
    this.text.value = words.join("\n");
    this.show(named(words), since);
  }

  answerText() {
    if (!this.text.value.trim()) {
      this.clear();
      this.say("Paste a text into the box first, or open a file.");
      this.text.focus();
      return;
    }
    const given = this.show(found(this.text.value, /** @type {Facts} */ (this.facts)), this.since.value);
    const address = addressOf(given, this.since.value);
    history.replaceState(null, "", `${location.pathname}${address}`);
    this.keep(given);
    this.status.scrollIntoView({ block: "nearest" });
  }

  async open() {
    const [file] = this.file.files ?? [];
    if (!file) return;
    this.clear();
    if (file.size > MOST_BYTES) {
      this.say(`${file.name} is larger than ${MOST_BYTES.toLocaleString("en")} bytes. Copy the part with the items into the box.`);
      return;
    }
    const text = await file.text();
    if (text.includes("\0")) {
      this.say(`${file.name} is no plain text. Save it as .txt, .md, .html or .csv, or copy its text into the box.`);
      return;
    }
    this.text.value = text;
    this.answerText();
  }

  /**
   * @param {Asked[]} asked
   * @param {string} since
   * @returns {Answer[]}
   */
  show(asked, since) {
    this.clear();
    const fault = since && faultOfDay(since);
    const given = fault ? [] : answers(asked, /** @type {Facts} */ (this.facts), since);
    this.say(fault || summary(given));
    if (given.length) this.results.replaceChildren(table(given, since));
    this.keep(given);
    return given;
  }

  /**
   * Shows how the result can be kept.
   * @param {Answer[]} given
   */
  keep(given) {
    const isKnown = given.some(({ id }) => id);
    this.slot("keep").hidden = !isKnown;
    const link = /** @type {HTMLAnchorElement} */ (this.slot("address"));
    const address = location.href.replaceAll("%40", "@").replaceAll("%2C", ",");
    link.href = address;
    link.textContent = address;
    this.slot("long").hidden = address.length <= LONG_ADDRESS;
    this.slot("report").textContent = report(given, location.protocol === "file:" ? "" : ROOT).join("\n");
  }

  clear() {
    this.say("");
    this.results.replaceChildren();
    this.slot("keep").hidden = true;
  }

  /** @param {string} words */
  say(words) {
    this.status.replaceChildren(...marked(words));
  }
}

/**
 * @param {Answer[]} given
 * @param {string} since
 * @returns {string} the part of the address from `?` on that asks for the same; items keep the version that they have
 */
export function addressOf(given, since) {
  const items = given.filter(({ id }) => id).map(({ id, version }) => (version === null ? id : `${id}@${version}`));
  const parts = [items.length ? `items=${items.join(",")}` : "", since ? `since=${encodeURIComponent(since)}` : ""];
  const search = parts.filter(Boolean).join("&");
  return search ? `?${search}` : "";
}

/**
 * @param {Answer[]} given
 * @param {string} since
 */
function table(given, since) {
  const heads = ["Item", "You have", "Now", "What changed"].map((label) => element("th", { scope: "col" }, label));
  const caption = since ? `What changed; items without a version: since ${since}` : "What changed";
  return element(
    "div",
    { class: "items answers" },
    element(
      "table",
      {},
      element("caption", {}, caption),
      element("thead", {}, element("tr", {}, ...heads)),
      element("tbody", {}, ...given.map(row)),
    ),
  );
}

/** @param {Answer} answer */
function row(answer) {
  const { state, name, id, title, address, yours, now } = answer;
  const label = element("span", { class: `state state-${state.toLowerCase().replaceAll(" ", "-")}` }, state);
  const item = address ? [element("a", { class: "item-title", href: full(address) }, title), element("span", { class: "one-line" }, id)] : marked(name);
  const empty = now ? "" : "empty";
  return element(
    "tr",
    {},
    element("td", { "data-label": "Title" }, label, ...item),
    element("td", { "data-label": "You have", class: empty }, yours),
    element("td", { "data-label": "Now", class: empty }, now),
    element("td", { "data-label": "What changed" }, ...details(answer)),
  );
}

/** @param {Answer} answer */
function details({ notes, instead, lines }) {
  const said = notes.map((note) => element("p", {}, ...marked(note)));
  // The last note names the successor.
  if (instead) said.splice(-1, 1, element("p", {}, element("a", { href: full(instead) }, ...notes.slice(-1))));
  const items = lines.map((line) => {
    const link = line.comparison && element("a", { href: full(line.comparison) }, "Compare");
    return element("li", {}, textOf(line), link ? " " : "", link);
  });
  return [...said, items.length > 0 && element("ul", {}, ...items)];
}

/**
 * @param {string} text
 * @returns {(Node | string)[]} the text with what stands between back quotes as code
 */
function marked(text) {
  return text.split("`").map((part, index) => (index % 2 ? element("code", {}, part) : part));
}
