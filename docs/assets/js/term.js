/**
 * Escape hides the definition at a glossary term until the pointer or the focus moves on (WCAG 2.2, 1.4.13).
 * @param {Document} page
 */
export function quietTerms(page) {
  const root = page.documentElement;
  page.addEventListener("keydown", (event) => {
    if (event.key === "Escape") root.classList.add("terms-quiet");
  });
  for (const moved of ["focusin", "pointerover"]) {
    page.addEventListener(moved, (event) => {
      const target = event.target;
      if (target instanceof Element && !target.closest("a.term")) root.classList.remove("terms-quiet");
    });
  }
}
