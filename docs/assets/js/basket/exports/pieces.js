/** What is known of single items, loaded when a file needs it. A script can be loaded from a disk too. */
import { full } from "../../place.js";

/**
 * @typedef {Record<"txt" | "bib" | "ris" | "csl.json", string>} Cited
 *
 * @typedef {object} Slide
 * @property {string} heading
 * @property {string[]} points
 * @property {string} question or nothing
 *
 * @typedef {{cited: Cited, slide: Slide}} Told
 *
 * @typedef {object} Resource a part of a course package: a link, a page, a question to discuss, or a quiz
 * @property {"link" | "page" | "discussion" | "quiz"} type
 * @property {string} id
 * @property {string} title
 * @property {string} [address]
 * @property {string} [role]
 * @property {string} [html]
 * @property {string} [language]
 * @property {string} [frame]
 * @property {number} [height]
 * @property {Question[]} [questions]
 *
 * @typedef {object} Question
 * @property {string} id
 * @property {string} question
 * @property {string} answer
 * @property {{text: string, feedback: string, right: boolean}[]} choices
 *
 * @typedef {{module: {id: string, title: string, resources: Resource[]}, credit: string, day: string}} Packed
 */

/** @param {string} id @returns {Promise<Told | null>} */
export function told(id) {
  return piece(`assets/basket/items/${id}.js`, "casebookItem");
}

/** @param {string} id @returns {Promise<Packed | null>} the parts of an item for course packages, if it has some */
export function packed(id) {
  return piece(`assets/courses/${id}.js`, "casebookCourse");
}

/** @type {Promise<any>} */
let last = Promise.resolve();

/**
 * Loads one script after the other, because all set the same name.
 * @param {string} path
 * @param {string} name
 * @returns {Promise<any>} what the script sets, or null where it cannot be loaded
 */
function piece(path, name) {
  last = last.then(() => loaded(path, name));
  return last;
}

/**
 * @param {string} path
 * @param {string} name
 */
function loaded(path, name) {
  return new Promise((resolve) => {
    const holder = /** @type {any} */ (self);
    const script = document.createElement("script");
    const end = () => {
      const found = holder[name] ?? null;
      delete holder[name];
      script.remove();
      resolve(found);
    };
    delete holder[name];
    script.src = full(path);
    script.onload = end;
    script.onerror = end;
    document.head.append(script);
  });
}
