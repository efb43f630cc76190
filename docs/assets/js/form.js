/** The bundle of the page with the web form. Its facts and the index of the search come from scripts before it. */
import { webForm } from "./form/page.js";

const { casebookFacts, casebookLoad } = /** @type {any} */ (self);
if (casebookFacts) webForm(document, casebookFacts, casebookLoad);
