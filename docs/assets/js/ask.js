/**
 * The question box of the first page hands its words to the search of the theme, without loading the page again.
 * Without this code the form loads the page with `?q=…`, which opens the same search.
 * @param {Document} page
 */
export function askBox(page) {
  const form = page.querySelector("form.ask-form");
  if (!(form instanceof HTMLFormElement)) return;
  form.addEventListener("submit", (event) => {
    const question = form.querySelector("input");
    if (question && handOver(page, question.value)) event.preventDefault();
  });
  for (const link of page.querySelectorAll(".examples a")) {
    link.addEventListener("click", (event) => {
      if (handOver(page, link.textContent ?? "")) event.preventDefault();
    });
  }
}

/**
 * @param {Document} page
 * @param {string} words
 * @returns {boolean} whether the search took the words
 */
function handOver(page, words) {
  const toggle = page.getElementById("__search");
  const field = page.querySelector(".md-search__input");
  if (!(toggle instanceof HTMLInputElement) || !(field instanceof HTMLInputElement)) return false;
  if (!toggle.checked) toggle.click();
  field.value = words.trim();
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  return true;
}
