/**
 * `/` and Ctrl+K (or Cmd+K) lead to the search field from anywhere on a page.
 * @param {Document} page
 */
export function searchKeys(page) {
  page.addEventListener("keydown", (event) => {
    const isWriting =
      event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable]");
    const isSlash = event.key === "/" && !isWriting && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isControlK =
      event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    if (!isSlash && !isControlK) return;
    event.preventDefault();
    openSearch(page);
  });
  page.querySelector("[data-search-open]")?.addEventListener("click", (event) => {
    event.preventDefault();
    openSearch(page);
  });
  page.querySelector("form[data-search-header]")?.addEventListener("focusout", (event) => {
    const { currentTarget: form, relatedTarget: next } = /** @type {FocusEvent} */ (event);
    if (form instanceof HTMLElement && !(next instanceof Node && form.contains(next))) form.classList.remove("is-open");
  });
}

/** @param {Document} page */
function openSearch(page) {
  const form = page.querySelector("form[data-search-header]");
  const field = form?.querySelector("input");
  form?.classList.add("is-open");
  field?.focus();
  field?.select();
}
