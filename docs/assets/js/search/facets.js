/** Facets as the reader sees them: what is chosen, each to be taken away, and what can be chosen, with its count. */
import { element } from "../dom.js";
import { counts, facetsOf } from "./narrow.js";

const FIRST = 7;

/**
 * @typedef {import("./narrow.js").Facet} Facet
 *
 * @typedef {object} Page what of the page of results is used here
 * @property {import("./store.js").Loader} load
 * @property {import("./state.js").State} state
 * @property {number[]} found
 * @property {HTMLElement} chosen
 * @property {HTMLElement} field
 * @property {HTMLElement} facets
 * @property {(name: string, id: string, isChosen: boolean) => void} choose
 */

/** @param {Page} page */
export async function drawChosen(page) {
  const { state } = page;
  const facets = await facetsOf(page.load, state.chosen.keys());
  if (state !== page.state) return;
  const hadFocus = page.chosen.contains(document.activeElement);
  page.chosen.replaceChildren(
    ...facets.flatMap(({ name, label, values }) =>
      values
        .filter(({ id }) => state.chosen.get(name)?.includes(id))
        .map((value) => {
          const button = element(
            "button",
            { type: "button", class: "chosen" },
            element("span", { class: "hidden" }, "Remove "),
            `${label}: ${value.label}`,
          );
          button.addEventListener("click", () => page.choose(name, value.id, false));
          return button;
        }),
    ),
  );
  // The button under the reader's finger is gone.
  if (hadFocus) (page.chosen.querySelector("button") ?? page.field).focus();
}

/**
 * @param {Page} page
 * @param {Facet[]} facets
 */
export function drawFacets(page, facets) {
  const counted = counts(page.found, page.state.chosen, facets);
  const box = /** @type {HTMLElement} */ (page.facets.querySelector("[data-facet-list]"));
  const open = new Set([...box.querySelectorAll("details[open]")].map((one) => one.getAttribute("data-facet")));
  const focused = document.activeElement?.id;
  box.replaceChildren(
    ...facets
      .map((facet) => facetBox(page, facet, counted.get(facet.name) ?? new Map(), open))
      .filter((one) => one !== null),
  );
  // The list was drawn anew under the reader's hand.
  if (focused) document.getElementById(focused)?.focus();
}

/**
 * @param {Page} page
 * @param {Facet} facet
 * @param {Map<string, number>} counted
 * @param {Set<string | null>} open
 * @returns {HTMLDetailsElement | null} null where there is nothing to choose
 */
function facetBox(page, facet, counted, open) {
  const chosen = new Set(page.state.chosen.get(facet.name));
  const values = facet.values
    .filter(({ id }) => chosen.has(id) || counted.get(id))
    .sort(
      (one, other) =>
        Number(chosen.has(other.id)) - Number(chosen.has(one.id)) ||
        (counted.get(other.id) ?? 0) - (counted.get(one.id) ?? 0),
    );
  if (values.length < 2 && !chosen.size) return null;
  const rows = values.map((value) => row(page, facet, value, chosen.has(value.id), counted.get(value.id) ?? 0));
  const isOpen = chosen.size > 0 || open.has(facet.name) || ["kind", "topic"].includes(facet.name);
  return element(
    "details",
    { class: "facet", "data-facet": facet.name, open: isOpen },
    element("summary", {}, facet.label),
    element("ul", {}, ...rows.slice(0, FIRST)),
    rows.length > FIRST &&
      element(
        "details",
        { class: "facet-more", "data-facet": `${facet.name}+`, open: open.has(`${facet.name}+`) },
        element("summary", {}, `${rows.length - FIRST} more`),
        element("ul", {}, ...rows.slice(FIRST)),
      ),
  );
}

/**
 * @param {Page} page
 * @param {Facet} facet
 * @param {import("./narrow.js").Value} value
 * @param {boolean} isChosen
 * @param {number} count
 * @returns {HTMLLIElement}
 */
function row(page, facet, value, isChosen, count) {
  const box = element("input", { type: "checkbox", id: `facet-${facet.name}-${value.id}`, checked: isChosen });
  box.addEventListener("change", () => page.choose(facet.name, value.id, box.checked));
  return element(
    "li",
    {},
    element("label", {}, box, ` ${value.label} `, element("span", { class: "count" }, count.toLocaleString("en"))),
  );
}
