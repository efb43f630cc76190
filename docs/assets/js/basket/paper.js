/** The reading list as it is printed. */
import { element } from "../dom.js";
import { duration } from "./course.js";

/**
 * @param {import("./reading.js").ReadingList} list
 * @returns {HTMLElement[]}
 */
export function paper({ title, minutes, parts, licence }) {
  return [
    element("h1", {}, title),
    element("p", { class: "basket-paper-sum" }, `Reading list, ${duration(minutes)}`),
    ...parts.flatMap((part) => [
      part.heading ? element("h2", {}, part.heading, " ", element("span", { class: "basket-sum" }, duration(part.minutes))) : "",
      element("ol", {}, ...part.readings.map(row)),
    ]),
    element("p", { class: "basket-paper-foot" }, licence),
  ].filter((one) => one instanceof HTMLElement);
}

/** @param {import("./reading.js").Reading} reading */
function row({ title, kind, minutes, address, version, line, note }) {
  return element(
    "li",
    {},
    element("strong", {}, title),
    ` ${kind}, version ${version}, ${duration(minutes)}`,
    element("p", {}, line),
    note ? element("p", { class: "basket-paper-note" }, note) : null,
    address ? element("p", { class: "basket-paper-address" }, address) : null,
  );
}
