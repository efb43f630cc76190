/** The pieces of the index, loaded by script tags: that works over a network and from a disk, and asks nobody else. */

/**
 * @typedef {object} Shown what a result shows of a record
 * @property {number} number
 * @property {string} kind
 * @property {string} title
 * @property {string} address from the root of the site
 * @property {string} summary
 * @property {string} note when, where, and how it ended
 * @property {[string, string, string][]} parts anchor, heading and text of each part
 *
 * @typedef {import("./pieces.js").Manifest & {folder: string}} Manifest
 * @typedef {(name: string) => Promise<any>} Loader
 */

/**
 * @typedef {object} Waiting
 * @property {(content: unknown) => void} resolve
 * @property {(error: Error) => void} reject
 */

/** @type {Map<string, Waiting>} */
const waiting = new Map();

/**
 * @param {string} root address of the root of the site
 * @returns {Loader} loads a piece by its name; the manifest comes first, because it names the folder of the others
 */
export function scriptLoader(root) {
  /** @type {Map<string, Promise<any>>} */
  const loaded = new Map();
  Object.assign(self, { casebookPiece: arrive });
  /** @type {Loader} */
  const load = (name) => {
    const known = loaded.get(name);
    if (known) return known;
    /** @type {Promise<any>} */
    const piece =
      name === "manifest"
        ? script(root, name)
        : load("manifest").then(({ folder }) => script(`${root}${folder}/`, name));
    loaded.set(name, piece);
    // What failed is tried again when it is asked for again: the line may be back.
    piece.catch(() => loaded.delete(name));
    return piece;
  };
  return load;
}

/**
 * @param {string} name
 * @param {unknown} content
 */
function arrive(name, content) {
  waiting.get(name)?.resolve(content);
  waiting.delete(name);
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {Promise<unknown>}
 */
function script(folder, name) {
  return new Promise((resolve, reject) => {
    waiting.set(name, { resolve, reject });
    const element = document.createElement("script");
    element.src = `${folder}${name}.js`;
    element.onload = () => element.remove();
    element.onerror = () => {
      element.remove();
      waiting.delete(name);
      reject(new Error(`The part ${name} of the index could not be loaded.`));
    };
    document.head.append(element);
  });
}

/**
 * @param {Loader} load
 * @param {number} number
 * @returns {Promise<Shown>}
 */
export async function record(load, number) {
  const [kind, title, address, summary, note, parts] = await load(`record-${number}`);
  return { number, kind, title, address, summary, note, parts };
}
