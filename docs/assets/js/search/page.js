/** The page of results: a question, facets and an order, all of which stand in the address. */
import { element } from "../dom.js";
import { answerTo, isItem, kindsOf, LONGEST } from "./engine.js";
import { drawChosen, drawFacets } from "./facets.js";
import { facetsOf, narrowed, sorted } from "./narrow.js";
import { keepSearch } from "./recent.js";
import { resultItem } from "./result.js";
import { addressOf, stateOf } from "./state.js";
import { record } from "./store.js";
import { nothingFound } from "./suggest.js";

const PAGE = 10;

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./store.js").Loader} Loader
 */

/**
 * @param {Document} page
 * @param {Loader} load
 */
export function resultsPage(page, load) {
  const root = page.querySelector("[data-search-page]");
  if (root instanceof HTMLElement) new ResultsPage(root, load).begin();
}

class ResultsPage {
  /**
   * @param {HTMLElement} root
   * @param {Loader} load
   */
  constructor(root, load) {
    this.root = root;
    this.load = load;
    this.state = stateOf(location.search);
    this.form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
    this.field = /** @type {HTMLInputElement} */ (root.querySelector("input[name=q]"));
    this.order = /** @type {HTMLSelectElement} */ (root.querySelector("select[name=sort]"));
    this.list = /** @type {HTMLOListElement} */ (root.querySelector("#search-results"));
    this.status = /** @type {HTMLElement} */ (root.querySelector("[role=status]"));
    this.chosen = /** @type {HTMLElement} */ (root.querySelector("[data-chosen]"));
    this.facets = /** @type {HTMLDetailsElement} */ (root.querySelector("[data-facets]"));
    this.notes = /** @type {HTMLElement} */ (root.querySelector("[data-notes]"));
    this.more = /** @type {HTMLButtonElement} */ (root.querySelector("[data-more]"));
    this.turn = 0;
    this.isShown = false;
    /** @type {number[]} */
    this.found = [];
    /** @type {number[]} */
    this.left = [];
    /** @type {import("./excerpt.js").Stems} */
    this.stems = new Map();
  }

  begin() {
    this.root.hidden = false;
    this.facets.open = matchMedia("(min-width: 60em)").matches;
    this.field.value = this.state.question.slice(0, LONGEST);
    this.order.value = this.state.order;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      keepSearch(this.field.value);
      this.go({ ...this.state, question: this.field.value.trim() });
    });
    this.order.addEventListener("change", () => {
      this.go({ ...this.state, order: /** @type {State["order"]} */ (this.order.value) });
    });
    this.more.addEventListener("click", () => this.showMore(true));
    this.facets.addEventListener("toggle", () => this.drawFacets());
    addEventListener("popstate", () => {
      this.state = stateOf(location.search);
      this.field.value = this.state.question.slice(0, LONGEST);
      this.order.value = this.state.order;
      this.show();
    });
    if (!this.state.question && !this.state.chosen.size) this.field.focus();
    this.show();
  }

  /** @param {State} state */
  go(state) {
    this.state = state;
    history.pushState(null, "", `${location.pathname}${addressOf(state)}`);
    this.show();
  }

  async show() {
    const turn = ++this.turn;
    this.isShown = false;
    this.status.textContent = "Searching…";
    try {
      await this.find(turn);
    } catch {
      if (turn === this.turn) this.fail();
    }
  }

  fail() {
    this.list.replaceChildren();
    this.more.hidden = true;
    this.status.textContent =
      "The index could not be loaded. Check the connection and search again, or browse the lists below.";
  }

  /** @param {number} turn */
  async find(turn) {
    const answer = await answerTo(this.state.question, this.load);
    const { question } = answer;
    const { order } = this.state;
    const { known, unknown } = sorted(this.state.chosen, await facetsOf(this.load, this.state.chosen.keys()));
    const found = question ? answer.results.map((result) => result.record) : await this.everything(known);
    const ordered = await this.ordered(found, question ? order : order === "relevance" ? "event" : order);
    const left = narrowed(ordered, known, await facetsOf(this.load, known.keys()));
    if (turn !== this.turn) return;
    Object.assign(this, { found: ordered, left, stems: answer.stems });
    this.state = { ...this.state, chosen: known };
    this.list.replaceChildren();
    this.say(answer, unknown);
    await this.showMore(false);
    if (turn !== this.turn) return;
    this.isShown = true;
    await this.drawFacets();
  }

  /**
   * @param {import("./narrow.js").Chosen} known
   * @returns {Promise<number[]>} cases and practices; everything where a kind is chosen
   */
  async everything(known) {
    const kinds = kindsOf(await this.load("manifest"));
    const all = kinds.map((_, number) => number);
    return known.has("kind") ? all : all.filter((number) => isItem(kinds[number]));
  }

  /**
   * @param {number[]} found
   * @param {State["order"]} order
   * @returns {Promise<number[]>}
   */
  async ordered(found, order) {
    if (order === "relevance") return found;
    const days = /** @type {[number, number][]} */ (await this.load("days"));
    const column = order === "event" ? 0 : 1;
    return [...found].sort((one, other) => days[other][column] - days[one][column] || one - other);
  }

  /**
   * @param {import("./engine.js").Answer} answer
   * @param {string[]} unknown
   */
  say(answer, unknown) {
    const count = this.left.length;
    const about = answer.question ? ` for “${short(answer.question)}”` : "";
    this.status.textContent = `${count ? count.toLocaleString("en") : "No"} result${count === 1 ? "" : "s"}${about}`;
    const notes = [...answer.read].map(([typed, read]) => `No item has “${typed}”; these have “${read}”.`);
    if (unknown.length) notes.push(`There is no such choice, so it was left out: ${unknown.map(short).join("; ")}.`);
    if (this.state.question.length > LONGEST)
      notes.push(`The question was long; its first ${LONGEST.toLocaleString("en")} letters were read.`);
    this.notes.replaceChildren(...notes.map((note) => element("p", {}, note)));
    if (!count) this.notes.append(nothingFound(this.state, answer));
    drawChosen(this);
  }

  /** @param {boolean} isAsked whether the reader asked for more; the first new link then has the focus */
  async showMore(isAsked) {
    const turn = this.turn;
    const start = this.list.children.length;
    const wanted = this.left.slice(start, start + PAGE);
    // On a slow line the first result must not wait for the others.
    const first = wanted.length ? await record(this.load, wanted[0]) : null;
    const rest = wanted.slice(1).map((number) => record(this.load, number));
    for (const one of first ? [first, ...rest] : []) {
      const item = resultItem(await one, this.stems);
      if (turn !== this.turn) return;
      this.list.append(item);
      if (isAsked && this.list.children.length === start + 1) item.querySelector("a")?.focus();
    }
    const more = this.left.length - this.list.children.length;
    this.more.hidden = more <= 0;
    this.more.textContent = `Show ${Math.min(more, PAGE)} more of ${more.toLocaleString("en")}`;
  }

  async drawFacets() {
    // Facets are large in a large library: they come after the results.
    if (!this.facets.open || !this.isShown) return;
    const turn = this.turn;
    const facets = await facetsOf(this.load);
    if (turn === this.turn) drawFacets(this, facets);
  }

  /**
   * @param {string} name
   * @param {string} id
   * @param {boolean} isChosen
   */
  choose(name, id, isChosen) {
    const ids = (this.state.chosen.get(name) ?? []).filter((one) => one !== id);
    const chosen = new Map(this.state.chosen).set(name, isChosen ? [...ids, id] : ids);
    if (!chosen.get(name)?.length) chosen.delete(name);
    this.go({ ...this.state, chosen });
  }
}

/**
 * @param {string} text
 * @returns {string} enough of it to recognise it
 */
function short(text) {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
