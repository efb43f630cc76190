/**
 * Buttons that copy the text of another element. They are hidden in the page and shown here, because without this
 * code they could do nothing.
 * @param {Document} page
 */
export function copyButtons(page) {
  for (const button of page.querySelectorAll("button[data-copy]")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    const label = button.textContent ?? "";
    button.hidden = false;
    button.addEventListener("click", async () => {
      const text = page.getElementById(button.dataset.copy ?? "")?.textContent ?? "";
      button.textContent = (await copied(text)) ? "Copied" : "Select the text and copy it";
      setTimeout(() => (button.textContent = label), 4000);
    });
  }
}

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether the clipboard took the text; it does not on a page without a secure address
 */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text.trim());
    return true;
  } catch {
    return false;
  }
}
