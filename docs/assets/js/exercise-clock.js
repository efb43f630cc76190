/** The clock of an exercise for the projector. Without this code the page is a list of the injects, folded. */
import { Stage } from "./exercise/stage.js";

new Stage(document).open();
