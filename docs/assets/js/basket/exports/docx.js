/** A reading list for Microsoft Word and others: the least that the format wants, with headings, numbers and links. */
import { duration } from "../course.js";
import { file, packageOf, RELATION, relations, types } from "./office.js";
import { zipped } from "./pack.js";
import { tag } from "./xml.js";

/**
 * @typedef {import("./xml.js").Markup} Markup
 * @typedef {import("../reading.js").Reading} Reading
 */

const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PART = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/**
 * @param {import("../reading.js").ReadingList} list
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function docx(list) {
  /** @type {string[]} */
  const addresses = [];
  const body = [
    paragraph("Title", run(list.title)),
    paragraph("Normal", run(`Reading list, ${duration(list.minutes)}`)),
    ...list.parts.flatMap(({ heading, minutes, readings }, part) => [
      heading ? paragraph("Heading1", run(`${heading} (${duration(minutes)})`)) : null,
      ...readings.flatMap((reading) => entry(reading, part + 1, addresses)),
    ]),
    paragraph("Quiet", run(list.licence)),
    tag("w:sectPr", {}, tag("w:pgSz", { "w:w": 11906, "w:h": 16838 }), tag("w:pgMar", { "w:top": 1134, "w:right": 1134, "w:bottom": 1134, "w:left": 1134, "w:header": 709, "w:footer": 709, "w:gutter": 0 })),
  ];
  return zipped([
    types(["document.main", "styles", "numbering"].map((name) => [`word/${name.split(".")[0]}.xml`, `${PART}.${name}+xml`])),
    ...packageOf("word/document.xml", list),
    file("word/document.xml", tag("w:document", { "xmlns:w": WORD, "xmlns:r": RELATION }, tag("w:body", {}, body))),
    relations("word/_rels/document.xml.rels", [["styles", "styles", "styles.xml"], ["numbering", "numbering", "numbering.xml"]], addresses),
    file("word/styles.xml", styles()),
    file("word/numbering.xml", numbering(list.parts.length)),
  ]);
}

/**
 * @param {Reading} reading
 * @param {number} list number of the list in which it counts
 * @param {string[]} addresses those of the links so far
 */
function entry({ title, kind, version, minutes, line, note, address }, list, addresses) {
  const about = `: ${kind.toLowerCase()}, version ${version}, ${duration(minutes)}`;
  const number = tag("w:numPr", {}, tag("w:ilvl", { "w:val": 0 }), tag("w:numId", { "w:val": list }));
  return [
    paragraph("ListNumber", [link(title, address, addresses), run(about)], number),
    line ? paragraph("Below", run(line)) : null,
    ...note.split("\n").filter(Boolean).map((words) => paragraph("Note", run(words))),
    address ? paragraph("QuietBelow", run(address)) : null,
  ];
}

/**
 * @param {string} words
 * @param {string} address
 * @param {string[]} addresses
 */
function link(words, address, addresses) {
  if (!address) return run(words);
  addresses.push(address);
  const style = tag("w:rPr", {}, tag("w:rStyle", { "w:val": "Hyperlink" }));
  return tag("w:hyperlink", { "r:id": `link${addresses.length}` }, run(words, style));
}

/**
 * @param {string} style
 * @param {import("./xml.js").Content} content
 * @param {Markup} [number]
 */
function paragraph(style, content, number) {
  return tag("w:p", {}, tag("w:pPr", {}, tag("w:pStyle", { "w:val": style }), number), content);
}

/** @param {string} words @param {Markup} [style] */
function run(words, style) {
  return tag("w:r", {}, style, tag("w:t", { "xml:space": "preserve" }, words));
}

/** Each part of the list counts from one. @param {number} count */
function numbering(count) {
  const one = (/** @type {string} */ name, /** @type {string | number} */ value) => tag(`w:${name}`, { "w:val": value });
  const indent = tag("w:pPr", {}, tag("w:ind", { "w:left": 425, "w:hanging": 425 }));
  const level = tag("w:lvl", { "w:ilvl": 0 }, one("start", 1), one("numFmt", "decimal"), one("lvlText", "%1."), one("lvlJc", "left"), indent);
  const lists = Array.from({ length: count }, (_, index) =>
    tag("w:num", { "w:numId": index + 1 }, one("abstractNumId", 0), tag("w:lvlOverride", { "w:ilvl": 0 }, one("startOverride", 1))),
  );
  return tag("w:numbering", { "xmlns:w": WORD }, tag("w:abstractNum", { "w:abstractNumId": 0 }, one("multiLevelType", "singleLevel"), level), lists);
}

function styles() {
  const fonts = tag("w:rFonts", { "w:ascii": "Calibri", "w:hAnsi": "Calibri", "w:cs": "Calibri" });
  const base = tag("w:docDefaults", {}, tag("w:rPrDefault", {}, tag("w:rPr", {}, fonts, tag("w:sz", { "w:val": 22 }))), tag("w:pPrDefault", {}, tag("w:pPr", {}, tag("w:spacing", { "w:after": 80 }))));
  const below = { "w:left": 425 };
  return tag(
    "w:styles",
    { "xmlns:w": WORD },
    base,
    style("Normal", "Normal", {}, []),
    style("Title", "Title", { before: 0, after: 120 }, [tag("w:b"), tag("w:sz", { "w:val": 40 })]),
    style("Heading1", "heading 1", { before: 280, after: 80, level: 0 }, [tag("w:b"), tag("w:sz", { "w:val": 28 })]),
    style("ListNumber", "List Number", { before: 120, after: 20 }, [tag("w:b")]),
    style("Below", "Reading", { after: 40, below }, []),
    style("Note", "Note", { after: 40, below }, [tag("w:i")]),
    style("QuietBelow", "Reading address", { after: 80, below }, [tag("w:color", { "w:val": "595959" }), tag("w:sz", { "w:val": 18 })]),
    style("Quiet", "Foot", { before: 360, after: 0 }, [tag("w:color", { "w:val": "595959" }), tag("w:sz", { "w:val": 18 })]),
    tag("w:style", { "w:type": "character", "w:styleId": "Hyperlink" }, tag("w:name", { "w:val": "Hyperlink" }), tag("w:rPr", {}, tag("w:color", { "w:val": "0F5D73" }), tag("w:u", { "w:val": "single" }))),
  );
}

/**
 * @param {string} id
 * @param {string} name
 * @param {{before?: number, after?: number, level?: number, below?: Record<string, number>}} space
 * @param {Markup[]} letters
 */
function style(id, name, { before, after, level, below }, letters) {
  const own = id === "Normal" ? { "w:default": "1" } : {};
  const parts = [
    level === undefined ? null : tag("w:keepNext"),
    tag("w:spacing", { "w:before": before ?? 0, "w:after": after ?? 80 }),
    below ? tag("w:ind", below) : null,
    level === undefined ? null : tag("w:outlineLvl", { "w:val": level }),
  ];
  return tag("w:style", { "w:type": "paragraph", ...own, "w:styleId": id }, tag("w:name", { "w:val": name }), id === "Normal" ? null : tag("w:basedOn", { "w:val": "Normal" }), tag("w:pPr", {}, parts), letters.length ? tag("w:rPr", {}, letters) : null);
}
