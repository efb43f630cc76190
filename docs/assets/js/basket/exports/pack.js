/** Files as one zip that has the same bytes whenever it is made. */
import { strToU8, zipSync } from "fflate";

/** The first day that the format knows, as that day begins here: its times have no zone. */
const EARLIEST = new Date(1980, 0, 1);

/**
 * @param {[string, string][]} files names and content, in their order
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function zipped(files) {
  const entries = files.map(([name, content]) => /** @type {const} */ ([name, strToU8(content)]));
  return /** @type {Uint8Array<ArrayBuffer>} */ (zipSync(Object.fromEntries(entries), { level: 9, mtime: EARLIEST }));
}
