/** What the pages do beyond plain HTML. Each module leaves a page alone that has nothing for it. */
import { basketButtons } from "./basket/button.js";
import { copyButtons } from "./copy.js";
import { embedCode } from "./embed-code.js";
import { instructorsEdition } from "./instructor.js";
import { sortableLists } from "./list.js";
import { learningPaths } from "./path.js";
import { linksOnDisk, ROOT } from "./place.js";
import { precedentFinder } from "./search/finder.js";
import { searchKeys } from "./search/keys.js";
import { resultsPage } from "./search/page.js";
import { searchPanels } from "./search/panel.js";
import { scriptLoader } from "./search/store.js";
import { selfChecks } from "./self-check.js";
import { quietTerms } from "./term.js";

const load = scriptLoader(`${ROOT}assets/search/`);
// The page with the web form asks the same index.
Object.assign(self, { casebookLoad: load });

linksOnDisk(document);
basketButtons(document);
copyButtons(document);
embedCode(document);
instructorsEdition(document);
selfChecks(document);
learningPaths(document);
sortableLists(document);
quietTerms(document);
searchKeys(document);
searchPanels(document, load);
resultsPage(document, load);
precedentFinder(document, load);
