/** The bundle that makes files of a course; the page 'My course' loads it when it is needed. */
import { make } from "./basket/exports/make.js";

Object.assign(self, { casebookExport: make });
