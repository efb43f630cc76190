/** The buttons that make files of a course. What makes them is loaded when the first one is pressed. */
import { full } from "../place.js";

/**
 * @typedef {import("./reading.js").ReadingList} ReadingList
 * @typedef {{name: string, type: string, data: Uint8Array<ArrayBuffer> | string, missing: string[]}} Made a file, and the titles of
 *   items of which something could not be loaded
 * @typedef {(format: string, list: ReadingList) => Promise<Made>} Maker
 */

const FAILED = "The file could not be made, because a part of this site could not be loaded. Try again when the line is back.";

/**
 * @param {HTMLElement} root
 * @param {() => ReadingList} listNow
 * @param {(words: string) => void} say
 */
export function exportsOf(root, listNow, say) {
  root.addEventListener("click", async ({ target }) => {
    const button = target instanceof Element ? target.closest("button[data-export]") : null;
    if (!(button instanceof HTMLButtonElement)) return;
    say("Making the file …");
    button.disabled = true;
    try {
      const make = await maker();
      const made = await make(button.dataset.export ?? "", listNow());
      save(made);
      say(`${made.name} is in your downloads.${made.missing.length ? ` Not whole: ${made.missing.join("; ")}.` : ""}`);
    } catch {
      say(FAILED);
    }
    button.disabled = false;
  });
}

/** @returns {Promise<Maker>} */
async function maker() {
  const known = () => /** @type {any} */ (self).casebookExport;
  if (!known()) await load("assets/casebook/js/basket-exports.js");
  return known();
}

/**
 * Loads a script, which also works from a disk.
 * @param {string} path
 * @returns {Promise<void>}
 */
function load(path) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = full(path);
    script.onload = () => resolve(script.remove());
    script.onerror = () => {
      script.remove();
      reject(new Error(`${path} could not be loaded.`));
    };
    document.head.append(script);
  });
}

/** @param {Made} made */
function save({ name, type, data }) {
  const address = URL.createObjectURL(new Blob([data], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
