/** The precedent finder: a situation in, precedents with their reasons out. Nothing leaves the page. */
import { element, markedText } from "../dom.js";
import { full } from "../place.js";
import { answerTo, kindsOf, tidied } from "./engine.js";
import { excerpt, hits } from "./excerpt.js";
import { noteOf, partAddress } from "./result.js";
import { situated } from "./situation.js";
import { record } from "./store.js";
import { waysToBrowse } from "./suggest.js";

const MOST = 12;
const FIRST_STEPS = 2;

/**
 * @typedef {import("./store.js").Loader} Loader
 * @typedef {import("./store.js").Shown} Shown
 * @typedef {import("./overlap.js").Choice} Choice
 * @typedef {import("./overlap.js").Match} Match
 * @typedef {import("./engine.js").Answer} Answer
 * @typedef {import("./situation.js").Found} Found
 * @typedef {import("./situation.js").Chosen} Chosen
 */

/**
 * @param {Document} page
 * @param {Loader} load
 */
export function precedentFinder(page, load) {
  const form = page.querySelector("form[data-finder]");
  const out = page.querySelector("[data-finder-results]");
  const status = page.querySelector("[data-finder-status]");
  if (!(form instanceof HTMLFormElement) || !(out instanceof HTMLElement) || !status) return;
  form.hidden = false;
  /** @type {Set<string>} values that were read from the words and that the reader took away */
  const dropped = new Set();
  let turn = 0;
  const show = (/** @type {string} */ words, /** @type {Node[]} */ content = []) => {
    // The status alone is read aloud; who listens walks through the results himself.
    status.textContent = words;
    out.replaceChildren(...content);
  };
  const drop = async (/** @type {string} */ key) => {
    dropped.add(key);
    await find();
    // The button under the reader's finger is gone.
    const next = out.querySelector(".find-read button, .result-title");
    if (next instanceof HTMLElement) next.focus();
  };
  const find = async () => {
    const mine = ++turn;
    show("Looking…");
    try {
      const { words, content } = await drawn(await found(form, load, dropped), load, drop);
      if (mine === turn) show(words, content);
    } catch {
      if (mine === turn) show("The index could not be loaded. Check the connection and try again.");
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    dropped.clear();
    find().then(() => status.scrollIntoView({ block: "start" }));
  });
  form.addEventListener("reset", () => {
    turn++;
    show("");
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {Loader} load
 * @param {Set<string>} dropped
 * @returns {Promise<Found>}
 */
async function found(form, load, dropped) {
  const given = new FormData(form);
  const text = tidied(String(given.get("situation") ?? ""));
  const chosen = choicesIn(form);
  const answer = await answerTo(text, load);
  return situated(chosen, answer, load, dropped);
}

/**
 * @param {HTMLFormElement} form
 * @returns {Chosen[]} what was chosen; an option may stand for several values
 */
function choicesIn(form) {
  const chosen = [...form.querySelectorAll("option:checked, input:checked")];
  return chosen.flatMap((one) =>
    (one.getAttribute("data-values") ?? "")
      .split(" ")
      .filter(Boolean)
      .map((value) => {
        const [facet, id] = value.split(":");
        return {
          question: /** @type {Choice["question"]} */ (one.closest("[data-question]")?.getAttribute("data-question")),
          facet,
          id,
        };
      }),
  );
}

/**
 * @param {Found} found
 * @param {Loader} load
 * @param {(key: string) => void} drop
 * @returns {Promise<{words: string, content: Node[]}>}
 */
async function drawn({ matches: all, answer, read, isEmpty }, load, drop) {
  if (isEmpty) return { words: "Choose something above, or describe your situation in a few sentences.", content: [] };
  if (!all.length)
    return {
      words: "Nothing in the library is close to this. Use other words, or choose fewer things.",
      content: [element("p", {}, ...waysToBrowse())],
    };
  const best = all.slice(0, MOST);
  const shown = await Promise.all(best.map((match) => record(load, match.record)));
  const sources = await recordsOf(new Set(best.flatMap(({ from }) => from)), load);
  return {
    words: `The ${shown.length} closest of ${all.length.toLocaleString("en")} cases and practices that share something with this.`,
    content: [
      ...(read.length ? [readBox(read, drop)] : []),
      ...(await firstBox(all, load, answer)),
      element("ol", { id: "find-results" }, ...shown.map((one, at) => item(one, all[at], answer, sources))),
    ],
  };
}

/**
 * @param {Set<number>} numbers
 * @param {Loader} load
 * @returns {Promise<Map<number, Shown>>}
 */
async function recordsOf(numbers, load) {
  const found = await Promise.all([...numbers].map((number) => record(load, number)));
  return new Map(found.map((one) => [one.number, one]));
}

/**
 * @param {Choice[]} read
 * @param {(key: string) => void} drop
 */
function readBox(read, drop) {
  const buttons = read.map(({ facet, id, label }) => {
    const button = element(
      "button",
      { type: "button", class: "chosen" },
      element("span", { class: "hidden" }, "Remove "),
      label,
    );
    button.addEventListener("click", () => drop(`${facet}:${id}`));
    return button;
  });
  return element("p", { class: "find-read" }, "Read from your words; take away what does not fit: ", ...buttons);
}

/**
 * @param {Match[]} all
 * @param {Loader} load
 * @param {Answer} answer
 * @returns {Promise<HTMLElement[]>} the first steps of the best practices, and the lesson of the best case
 */
async function firstBox(all, load, answer) {
  const kinds = kindsOf(await load("manifest"));
  const practices = all.filter((match) => kinds[match.record] === "best-practice").slice(0, FIRST_STEPS);
  const best = all.find((match) => kinds[match.record] === "case-study");
  const steps = await Promise.all(practices.map(async (match) => stepOf(await record(load, match.record))));
  const lesson = best ? lessonOf(await record(load, best.record), answer) : null;
  const rows = [...steps, lesson].filter((row) => row !== null);
  return rows.length
    ? [
        element(
          "section",
          { class: "find-first", "aria-label": "What to do first" },
          element("h2", {}, "What to do first"),
          element("ul", {}, ...rows),
        ),
      ]
    : [];
}

/** @param {Shown} practice */
function stepOf(practice) {
  const part = practice.parts.find(([anchor]) => anchor === "first-step");
  return part
    ? element("li", {}, part[2], " ", element("a", { href: full(partAddress(practice, "first-step")) }, practice.title))
    : null;
}

/**
 * @param {Shown} one
 * @param {Answer} answer
 */
function lessonOf(one, answer) {
  const lessons = one.parts.filter(([, heading]) => heading === "Lesson");
  const [best] = hits({ ...one, parts: lessons }, answer.stems, 1);
  const chosen = lessons.find(([anchor]) => anchor === best?.anchor) ?? lessons[0];
  return chosen
    ? element(
        "li",
        {},
        chosen[2],
        " ",
        element("a", { href: full(partAddress(one, chosen[0])) }, `Lesson of: ${one.title}`),
      )
    : null;
}

/**
 * @param {Shown} one
 * @param {Match} match
 * @param {Answer} answer
 * @param {Map<number, Shown>} sources
 */
function item(one, match, answer, sources) {
  return element(
    "li",
    { class: "result" },
    element("a", { class: "result-title", href: full(one.address) }, ...markedText(excerpt(one.title, answer.stems))),
    element("p", { class: "result-note" }, noteOf(one)),
    element("p", { class: "result-why" }, element("strong", {}, "Why: "), reason(one, match, answer, sources)),
    element("p", { class: "result-text" }, ...markedText(excerpt(one.summary, answer.stems))),
  );
}

const QUESTIONS = { setting: "setting", topic: "topic", factor: "factor", material: "material" };
const MOST_WORDS = 5;

/**
 * @param {Shown} one
 * @param {Match} match
 * @param {Answer} answer
 * @param {Map<number, Shown>} sources
 * @returns {string} the reason in words, what was chosen first
 */
function reason(one, match, answer, sources) {
  const parts = Object.entries(QUESTIONS).flatMap(([facet, name]) => {
    const labels = match.shared.filter((choice) => choice.facet === facet).map(({ label }) => label.toLowerCase());
    return labels.length ? [`same ${name}${labels.length > 1 ? "s" : ""}: ${labels.join(", ")}`] : [];
  });
  const shared = answer.clues.filter(
    ({ postings, isName }) => !isName && postings.some((value, at) => at % 2 === 0 && value === one.number),
  );
  // The rarest words say most about why this one fits.
  const telling = shared.sort((one, other) => one.postings.length - other.postings.length);
  const words = telling.map(({ typed, stem }) => typed ?? stem).slice(0, MOST_WORDS);
  if (words.length) parts.push(`your words: ${words.join(", ")}`);
  const from = match.from
    .slice(0, 2)
    .map((number) => sources.get(number)?.title)
    .filter(Boolean);
  if (from.length) parts.push(`lessons lead to it from: ${from.join("; ")}`);
  const text = parts.join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
