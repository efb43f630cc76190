/** The field at the top of each page: results while typing, in a panel below it. */
import { element, markedText } from "../dom.js";
import { full } from "../place.js";
import { answerTo, tidied } from "./engine.js";
import { excerpt } from "./excerpt.js";
import { forgetSearches, keepSearch, recentSearches } from "./recent.js";
import { noteOf, partAddress, partsWorthShowing } from "./result.js";
import { nothingFound } from "./suggest.js";
import { record } from "./store.js";

const MOST = 6;
const PARTS = 1;
const PAUSE = 90;

/**
 * Every form that is marked as a search gets a panel. Without this code it leads to the page of results.
 * @param {Document} page
 * @param {import("./store.js").Loader} load
 */
export function searchPanels(page, load) {
  for (const form of page.querySelectorAll("form[data-search]")) {
    if (form instanceof HTMLFormElement) new Panel(form, load).begin();
  }
}

class Panel {
  /**
   * @param {HTMLFormElement} form
   * @param {import("./store.js").Loader} load
   */
  constructor(form, load) {
    this.form = form;
    this.load = load;
    this.field = /** @type {HTMLInputElement} */ (form.querySelector("input[name=q]"));
    this.id = `${this.field.id}-panel`;
    this.list = element("div", { role: "listbox", id: this.id, "aria-label": "Results" });
    this.status = element("p", { role: "status", class: "panel-status" });
    this.foot = element("div", { class: "panel-foot" });
    this.panel = element("div", { class: "search-panel md-typeset", hidden: true }, this.status, this.list, this.foot);
    this.turn = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  begin() {
    this.form.append(this.panel);
    for (const [key, value] of Object.entries({
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": this.id,
      "aria-autocomplete": "list",
    })) {
      this.field.setAttribute(key, value);
    }
    this.field.addEventListener("input", () => this.later());
    this.field.addEventListener("focus", () => this.later());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.form.addEventListener("focusout", (event) => {
      if (!(event.relatedTarget instanceof Node && this.form.contains(event.relatedTarget))) this.close();
    });
    this.panel.addEventListener("mousedown", (event) => {
      // A click on the panel must not take the focus from the field before it reaches its link.
      if (!(event.target instanceof Element && event.target.closest("button, .panel-foot a, .advice a")))
        event.preventDefault();
    });
    this.list.addEventListener("click", () => keepSearch(this.field.value));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  submit() {
    const question = tidied(this.field.value);
    keepSearch(question);
    location.href = `${full("search/")}${question ? `?${new URLSearchParams({ q: question })}` : ""}`;
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), PAUSE);
  }

  async show() {
    const turn = ++this.turn;
    const question = tidied(this.field.value);
    if (!question) return this.showRecent();
    try {
      const answer = await answerTo(question, this.load, true);
      const shown = await Promise.all(answer.results.slice(0, MOST).map((result) => record(this.load, result.record)));
      if (turn === this.turn) this.showAnswer(answer, shown);
    } catch {
      if (turn === this.turn) this.open("The index could not be loaded. Check the connection and type again.", [], []);
    }
  }

  showRecent() {
    const searches = recentSearches();
    if (!searches.length) return this.close();
    const forget = element("button", { type: "button", class: "quiet" }, "Forget these searches");
    forget.addEventListener("click", () => {
      forgetSearches();
      this.close();
      this.field.focus();
    });
    const options = searches.map((search) =>
      this.option(`${full("search/")}?${new URLSearchParams({ q: search })}`, "panel-recent", [search]),
    );
    this.open("Recent searches, kept on this machine only", options, [forget]);
  }

  /**
   * @param {import("./engine.js").Answer} answer
   * @param {import("./store.js").Shown[]} shown
   */
  showAnswer(answer, shown) {
    const options = shown.flatMap((one) => this.optionsOf(one, answer.stems));
    const count = answer.results.length;
    const read = [...answer.read].map(([typed, meant]) => `“${typed}” was read as “${meant}”. `).join("");
    const all = element(
      "a",
      { href: `${full("search/")}?${new URLSearchParams({ q: answer.question })}` },
      `All ${count.toLocaleString("en")} results, with filters`,
    );
    const nothing = nothingFound({ question: answer.question, chosen: new Map(), order: "relevance" }, answer);
    this.open(
      `${read}${count ? `${count.toLocaleString("en")} result${count === 1 ? "" : "s"}` : "Nothing found"}`,
      options,
      [count ? all : nothing],
    );
  }

  /**
   * @param {import("./store.js").Shown} shown
   * @param {import("./excerpt.js").Stems} stems
   * @returns {HTMLElement[]}
   */
  optionsOf(shown, stems) {
    const title = element("span", { class: "panel-title" }, ...markedText(excerpt(shown.title, stems)));
    const item = this.option(full(shown.address), "panel-item", [
      title,
      element("span", { class: "panel-note" }, noteOf(shown)),
    ]);
    const parts = partsWorthShowing(shown, stems).slice(0, PARTS);
    return [
      item,
      ...parts.map((hit) =>
        this.option(full(partAddress(shown, hit.anchor)), "panel-part", [
          element("span", { class: "panel-heading" }, hit.heading),
          " ",
          ...markedText(hit.excerpt),
        ]),
      ),
    ];
  }

  /**
   * @param {string} href
   * @param {string} name
   * @param {(Node | string)[]} content
   */
  option(href, name, content) {
    return element("a", { role: "option", "aria-selected": "false", tabindex: "-1", class: name, href }, ...content);
  }

  /**
   * @param {string} words
   * @param {HTMLElement[]} options
   * @param {HTMLElement[]} foot
   */
  open(words, options, foot) {
    options.forEach((option, at) => (option.id = `${this.id}-${at}`));
    this.status.textContent = words;
    this.list.replaceChildren(...options);
    this.list.hidden = !options.length;
    this.foot.replaceChildren(...foot);
    this.panel.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.select(-1);
  }

  close() {
    this.turn++;
    clearTimeout(this.timer);
    this.panel.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }

  /** @param {number} at */
  select(at) {
    const options = [...this.list.children];
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    const chosen = options[at];
    if (!chosen) return this.field.removeAttribute("aria-activedescendant");
    this.field.setAttribute("aria-activedescendant", chosen.id);
    chosen.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const options = [...this.list.children];
    const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    // While a Japanese or Chinese word is composed, the keys belong to the input method.
    if (event.isComposing) return;
    if (event.key === "Escape") {
      if (!this.panel.hidden) event.preventDefault();
      this.close();
    } else if (this.panel.hidden) {
      if (event.key === "ArrowDown") this.show();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.select(at + step < -1 ? options.length - 1 : at + step >= options.length ? -1 : at + step);
    } else if (event.key === "Enter" && at >= 0) {
      event.preventDefault();
      /** @type {HTMLElement} */ (options[at]).click();
    }
  }
}
