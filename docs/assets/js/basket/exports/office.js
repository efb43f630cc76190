/** What files of Office have in common: parts with types, relations between them, and what the file says of itself. */
import { all, DECLARATION, tag } from "./xml.js";

/** @typedef {import("./xml.js").Content} Content */

export const RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml";

/**
 * @param {string} name
 * @param {Content} content
 * @returns {[string, string]}
 */
export function file(name, content) {
  return [name, DECLARATION + all(content)];
}

/**
 * @param {[string, string][]} parts names and types of the parts that are no relations
 * @returns {[string, string]} the file that comes first
 */
export function types(parts) {
  const every = [...parts, ["docProps/core.xml", CORE_TYPE]].map(([name, type]) => tag("Override", { PartName: `/${name}`, ContentType: type }));
  const relation = tag("Default", { Extension: "rels", ContentType: "application/vnd.openxmlformats-package.relationships+xml" });
  const xml = tag("Default", { Extension: "xml", ContentType: "application/xml" });
  return file("[Content_Types].xml", tag("Types", { xmlns: `${PACKAGE}/content-types` }, relation, xml, every));
}

/**
 * @param {string} main the part with which a program begins
 * @param {{title: string, siteName: string}} about
 * @returns {[string, string][]} the relations of the whole, and what it says of itself
 */
export function packageOf(main, { title, siteName }) {
  const core = tag(
    "cp:coreProperties",
    { "xmlns:cp": `${PACKAGE}/metadata/core-properties`, "xmlns:dc": "http://purl.org/dc/elements/1.1/" },
    tag("dc:title", {}, title),
    tag("dc:publisher", {}, siteName),
  );
  return [
    relations("_rels/.rels", [["main", "officeDocument", main], ["core", `${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml"]]),
    file("docProps/core.xml", core),
  ];
}

/**
 * @param {string} name
 * @param {[string, string, string][]} parts id, type and target of each
 * @param {string[]} addresses links to elsewhere, with the ids `link1`, `link2` …
 * @returns {[string, string]}
 */
export function relations(name, parts, addresses = []) {
  const inner = parts.map(([id, type, target]) => tag("Relationship", { Id: id, Type: type.includes(":") ? type : `${RELATION}/${type}`, Target: target }));
  const outer = addresses.map((address, index) => tag("Relationship", { Id: `link${index + 1}`, Type: `${RELATION}/hyperlink`, Target: address, TargetMode: "External" }));
  return file(name, tag("Relationships", { xmlns: `${PACKAGE}/relationships` }, inner, outer));
}
