/** The box with the code that shows an item on another page: the reader chooses the colours. */
import { ROOT } from "./place.js";

/**
 * Where the site does not know its own address, the code gets the one at which the page was opened: so it works for a
 * mirror. From a disk there is none, and the note in the box stays.
 * @param {Document} page
 */
export function embedCode(page) {
  const box = page.querySelector("[data-embed]");
  if (!box) return;
  const areas = [...box.querySelectorAll("textarea")];
  if (location.protocol !== "file:") {
    for (const area of areas) area.textContent = (area.textContent ?? "").replaceAll('src="/', `src="${ROOT}`);
    box.querySelector("[data-embed-note]")?.remove();
  }
  for (const area of areas) area.addEventListener("focus", () => area.select());
  const choice = box.querySelector("select");
  if (!choice) return;
  choice.closest("p")?.removeAttribute("hidden");
  choice.addEventListener("change", () => {
    const theme = choice.value ? `?theme=${choice.value}` : "";
    for (const area of areas) {
      area.textContent = (area.textContent ?? "").replace(/(src="[^"?]*\/embed\/[^"?]*)[^"]*"/, `$1${theme}"`);
    }
    const preview = box.querySelector("a[data-embed-preview]");
    if (preview instanceof HTMLAnchorElement) preview.search = theme;
  });
}
