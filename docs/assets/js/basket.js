/** The bundle of the page 'My course'. What it knows of the library comes from scripts before it. */
import { myCourse } from "./basket/page.js";

const { casebookVersions, casebookMinutes } = /** @type {any} */ (self);
myCourse(document, casebookVersions, casebookMinutes);
