/** Writes courses into addresses and reads them, for the tests. Reads a list of courses and fragments, writes what each gives. */
import { readFileSync } from "node:fs";
import { fragmentOf, sharedIn } from "../../docs/assets/js/basket/address.js";
import { courseOf } from "../../docs/assets/js/basket/course.js";

/** @param {any} given */
function told(given) {
  if (typeof given === "string") return sharedIn(given) ?? String(sharedIn(given));
  const course = courseOf(given);
  const fragment = fragmentOf(course);
  return { course, fragment, again: sharedIn(fragment) };
}

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(told)));
