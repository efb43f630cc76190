/**
 * The card of an item in the frame of another site: it takes the colours that its address asks for (`?theme=dark`), and
 * says to the page around it how high it is. Nothing else leaves it, and without this code it has all its words.
 */
const id = document.currentScript?.dataset.id ?? "";
const theme = new URLSearchParams(location.search).get("theme") ?? "";
if (["light", "dark"].includes(theme)) document.documentElement.dataset.theme = theme;

/** Says the height in two ways: for our own `embed.js`, and for learning platforms that know the message of LTI. */
function sayHeight() {
  const main = document.querySelector("main");
  if (!main) return;
  const { top, bottom } = main.getBoundingClientRect();
  // The body has the same space above and below, and may be higher than its text.
  const height = Math.ceil(top + bottom + 2 * scrollY);
  parent.postMessage({ casebook: "height", id, height }, "*");
  parent.postMessage({ subject: "lti.frameResize", height }, "*");
}

if (parent !== self) {
  addEventListener("DOMContentLoaded", () => new ResizeObserver(sayHeight).observe(document.querySelector("main") ?? document.body));
  addEventListener("message", ({ source, data }) => {
    if (source === parent && data?.casebook === "height?") sayHeight();
  });
}
