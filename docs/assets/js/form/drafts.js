/** Drafts on this machine: texts of items in the storage of the browser, which no other site and no server can read. */
const PREFIX = "casebook-draft-";

/** @typedef {{key: string, kind: string, title: string, saved: string, text: string}} Draft */

/**
 * All drafts, the newest first. What cannot be read as one is passed over, and stays.
 * @param {Storage} storage
 * @returns {Draft[]}
 */
export function drafts(storage) {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
  const found = keys.filter((key) => key.startsWith(PREFIX)).flatMap((key) => read(storage, key));
  return found.sort((one, other) => other.saved.localeCompare(one.saved));
}

/**
 * Keeps a draft; false when the browser does not let us (private windows, a full disk).
 * @param {Storage} storage
 * @param {Draft} draft
 */
export function kept(storage, draft) {
  try {
    storage.setItem(PREFIX + draft.key, JSON.stringify(draft));
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {Storage} storage
 * @param {string} key
 */
export function forget(storage, key) {
  storage.removeItem(PREFIX + key);
}

/** @returns {string} a name for a new draft */
export function newKey() {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
}

/**
 * @param {Storage} storage
 * @param {string} name
 * @returns {Draft[]}
 */
function read(storage, name) {
  try {
    const draft = JSON.parse(storage.getItem(name) ?? "");
    const texts = [draft.kind, draft.title, draft.saved, draft.text];
    if (texts.some((text) => typeof text !== "string")) return [];
    return [{ ...draft, key: name.slice(PREFIX.length) }];
  } catch {
    return [];
  }
}
