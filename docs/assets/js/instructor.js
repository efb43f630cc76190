/** The instructor's edition on the page of a case. The style shows and hides it; here the choice is kept. */
import { keep, kept } from "./kept.js";

const KEY = "casebook-instructor";

/** @param {Document} page */
export function instructorsEdition(page) {
  const choice = page.querySelector("input[data-instructors-edition]");
  if (!(choice instanceof HTMLInputElement)) return;
  choice.checked = kept(KEY) === true;
  choice.addEventListener("change", () => keep(KEY, choice.checked || null));
}
