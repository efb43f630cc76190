/** Where this site stands: on a server, below any path, or in a folder of a disk. */

const script = document.currentScript;

/** Address of the root of the site, with a slash at its end. The script is bundled to `assets/casebook/js/`. */
export const ROOT = new URL("../../../", script instanceof HTMLScriptElement ? script.src : document.baseURI).href;

/** A page opened from disk has no server that would find `index.html` in a folder. */
const IS_ON_DISK = location.protocol === "file:";

/**
 * @param {string} address from the root of the site
 * @returns {string} the full address, which also works from disk
 */
export function full(address) {
  return onDisk(new URL(address, ROOT)).href;
}

/**
 * @param {URL} url
 * @returns {URL}
 */
function onDisk(url) {
  if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
  return url;
}

/**
 * Makes links to folders work from disk.
 * @param {Document} page
 */
export function linksOnDisk(page) {
  if (!IS_ON_DISK) return;
  for (const event of ["click", "auxclick"]) {
    page.addEventListener(
      event,
      ({ target }) => {
        const link = target instanceof Element ? target.closest("a[href]") : null;
        if (link instanceof HTMLAnchorElement) link.href = onDisk(new URL(link.href)).href;
      },
      { capture: true },
    );
  }
}
