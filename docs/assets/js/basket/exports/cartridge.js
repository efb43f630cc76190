/**
 * A course as IMS Common Cartridge 1.1, in the form of those that `scripts/casebook/course/cartridge.py` makes. A
 * heading is a module with a folder for each item; without headings each item is a module.
 */
import { duration } from "../course.js";
import { readingsOf } from "../reading.js";
import { zipped } from "./pack.js";
import { assessment } from "./qti.js";
import { all, DECLARATION, tag } from "./xml.js";

/**
 * @typedef {import("../reading.js").Reading} Reading
 * @typedef {import("../reading.js").ReadingList} ReadingList
 * @typedef {import("./pieces.js").Packed} Packed
 * @typedef {import("./pieces.js").Resource} Resource
 */

const NAMESPACE = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1";
const LOM_MANIFEST = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest";
const LOM_RESOURCE = "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/resource";
const WEB_LINK = "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1";
const TOPIC = "http://www.imsglobal.org/xsd/imsccv1p1/imsdt_v1p1";
const INSTRUCTOR = "Instructor";
/** Of each type of resource: how Common Cartridge calls it, and the folder and the ending of its file. */
const TYPES = {
  link: ["imswl_xmlv1p1", "links", "xml"],
  page: ["webcontent", "pages", "html"],
  discussion: ["imsdt_xmlv1p1", "discussions", "xml"],
  quiz: ["imsqti_xmlv1p2/imscc_xmlv1p1/assessment", "quizzes", "xml"],
};

/**
 * @param {ReadingList} list
 * @param {Map<string, Packed>} pieces the parts of the items by their ids; of an item without, the link is packed
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function cartridge(list, pieces) {
  /** @type {(reading: Reading) => Resource[]} */
  const partsOf = (reading) => [...noteOf(reading), ...(pieces.get(reading.id)?.module.resources ?? linkTo(reading))];
  const resources = readingsOf(list).flatMap(partsOf);
  const credits = readingsOf(list).flatMap(({ id }) => pieces.get(id)?.credit ?? []);
  return zipped([
    ["imsmanifest.xml", DECLARATION + all(manifest(list, partsOf, resources, credits))],
    ...resources.map((resource) => /** @type {[string, string]} */ ([pathOf(resource), contentOf(resource)])),
  ]);
}

/** @param {Reading} reading @returns {Resource[]} a page with minutes and note */
function noteOf({ id, title, minutes, note }) {
  const lines = [`About ${duration(minutes)}.`, ...note.split("\n").filter(Boolean)];
  return [{ type: "page", id: `${id}._note`, title: `How we use it: ${title}`, html: all(lines.map((line) => tag("p", {}, line))) }];
}

/** @param {Reading} reading @returns {Resource[]} */
function linkTo({ id, title, address }) {
  return address ? [{ type: "link", id: `${id}.item`, title, address }] : [];
}

/** @param {Resource} resource */
function pathOf({ type, id }) {
  const [, folder, ending] = TYPES[type];
  return `${folder}/${id}.${ending}`;
}

/** @param {Resource} resource @returns {string} */
function contentOf(resource) {
  const { type, title, address = "", html = "" } = resource;
  if (type === "link") return DECLARATION + all(tag("webLink", { xmlns: WEB_LINK }, tag("title", {}, title), tag("url", { href: address, target: "_blank" })));
  if (type === "discussion") return DECLARATION + all(tag("topic", { xmlns: TOPIC }, tag("title", {}, title), tag("text", { texttype: "text/html" }, html)));
  return type === "page" ? pageOf(resource) : assessment(resource);
}

/** @param {Resource} resource @returns {string} */
function pageOf({ title, html = "", language = "en", frame, height = 0 }) {
  // An empty frame would swallow what follows it, so it is no empty element.
  const card = frame ? `<p>${all(tag("iframe", { src: frame, title, width: "100%", height, style: "border: 0", loading: "lazy", referrerpolicy: "no-referrer" }, " "))}</p>\n` : "";
  const head = `<head><meta charset="utf-8">${all(tag("title", {}, title))}</head>`;
  return `<!DOCTYPE html>\n<html lang="${language}">\n${head}\n<body>\n${html}${card}</body>\n</html>\n`;
}

/**
 * @param {ReadingList} list
 * @param {(reading: Reading) => Resource[]} partsOf
 * @param {Resource[]} resources
 * @param {string[]} credits
 */
function manifest(list, partsOf, resources, credits) {
  const folder = (/** @type {Reading} */ reading) =>
    tag("item", { identifier: `module-${reading.id}` }, tag("title", {}, reading.title), partsOf(reading).map(place));
  const modules = list.parts.map(({ heading, readings }, index) =>
    heading ? tag("item", { identifier: `heading-${index}` }, tag("title", {}, heading), readings.map(folder)) : readings.map(folder),
  );
  const organization = tag("organization", { identifier: "organization", structure: "rooted-hierarchy" }, tag("item", { identifier: "root" }, modules));
  return tag(
    "manifest",
    { xmlns: NAMESPACE, "xmlns:lomm": LOM_MANIFEST, "xmlns:lomr": LOM_RESOURCE, identifier: "course" },
    tag("metadata", {}, tag("schema", {}, "IMS Common Cartridge"), tag("schemaversion", {}, "1.1.0"), described(list, credits)),
    tag("organizations", {}, organization),
    tag("resources", {}, resources.map(resourceOf)),
  );
}

/** @param {Resource} resource */
function place({ id, title }) {
  return tag("item", { identifier: `item-${id}`, identifierref: `resource-${id}` }, tag("title", {}, title));
}

/** @param {Resource} resource */
function resourceOf(resource) {
  const path = pathOf(resource);
  const role = tag("lomr:intendedEndUserRole", {}, tag("lomr:source", {}, "IMSGLC_CC_Rolesv1p1"), tag("lomr:value", {}, INSTRUCTOR));
  const forInstructors = tag("metadata", {}, tag("lomr:lom", {}, tag("lomr:educational", {}, role)));
  return tag(
    "resource",
    { identifier: `resource-${resource.id}`, type: TYPES[resource.type][0], href: resource.type === "page" ? path : undefined },
    resource.role === INSTRUCTOR ? forInstructors : null,
    tag("file", { href: path }),
  );
}

/**
 * @param {ReadingList} list
 * @param {string[]} credits
 */
function described({ title, licence }, credits) {
  const words = (/** @type {string} */ text) => tag("lomm:string", { language: "en" }, text);
  const general = tag("lomm:general", {}, tag("lomm:title", {}, words(title)), tag("lomm:language", {}, "en"), tag("lomm:description", {}, words("A course that an instructor put together.")));
  const rights = tag("lomm:rights", {}, tag("lomm:copyrightAndOtherRestrictions", {}, tag("lomm:value", {}, "yes")), tag("lomm:description", {}, words([...credits, licence].join(" "))));
  return tag("lomm:lom", {}, general, rights);
}
