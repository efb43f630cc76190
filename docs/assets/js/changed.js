/** The bundle of the page 'Changed since'. What it knows of the library comes from a script before it. */
import { changedSince } from "./changed/page.js";

changedSince(document, /** @type {any} */ (self).casebookVersions);
