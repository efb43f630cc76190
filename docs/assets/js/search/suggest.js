/** What to do when nothing was found. */
import { element } from "../dom.js";
import { full } from "../place.js";
import { addressOf } from "./state.js";

/**
 * @param {import("./state.js").State} state
 * @param {import("./engine.js").Answer} answer
 * @returns {HTMLElement}
 */
export function nothingFound(state, answer) {
  const advice = [];
  if (state.chosen.size && answer.results.length) {
    const without = addressOf({ ...state, chosen: new Map() });
    advice.push(
      element(
        "li",
        {},
        element("a", { href: `${full("search/")}${without}` }, "Search without the choices"),
        ` (${answer.results.length} results).`,
      ),
    );
  }
  if (!answer.results.length)
    advice.push(element("li", {}, "Use other or fewer words, as you would tell a colleague what happened."));
  advice.push(
    element(
      "li",
      {},
      element("a", { href: full("find/") }, "Describe your situation"),
      " and let the precedent finder look.",
    ),
    element("li", {}, ...waysToBrowse()),
  );
  return element("ul", { class: "advice" }, ...advice);
}

/** @returns {(HTMLElement | string)[]} a sentence with the lists that need no question */
export function waysToBrowse() {
  return [
    "Browse by ",
    element("a", { href: full("topics/") }, "topic"),
    ", ",
    element("a", { href: full("factors/") }, "what went wrong"),
    " or ",
    element("a", { href: full("settings/") }, "setting"),
    ".",
  ];
}
