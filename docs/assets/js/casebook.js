/** What the pages do beyond plain HTML. Each module leaves a page alone that has nothing for it. */
import { askBox } from "./ask.js";
import { copyButtons } from "./copy.js";
import { sortableLists } from "./list.js";
import { quietTerms } from "./term.js";

askBox(document);
copyButtons(document);
sortableLists(document);
quietTerms(document);
