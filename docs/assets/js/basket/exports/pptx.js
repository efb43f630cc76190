/**
 * A course as slides: a title, a slide for each heading, and for each item its lessons and a question to discuss. The
 * file has one master and two layouts, so that a centre can put its own look on all slides at once.
 */
import { duration } from "../course.js";
import { file, packageOf, RELATION, relations, types } from "./office.js";
import { zipped } from "./pack.js";
import { tag } from "./xml.js";

/**
 * @typedef {import("./pieces.js").Told} Told
 * @typedef {import("./xml.js").Content} Content
 * @typedef {import("../reading.js").Reading} Reading
 * @typedef {import("../reading.js").ReadingList} ReadingList
 *
 * @typedef {object} Shown a slide
 * @property {1 | 2} layout a title, or a title with text
 * @property {string} title
 * @property {string[]} lines
 * @property {boolean} [isNumbered]
 * @property {boolean} [isLarge]
 * @property {string} foot
 * @property {string} [address] where the foot leads
 */

const DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main";
const SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main";
const PART = "application/vnd.openxmlformats-officedocument.presentationml";
const NAMES = { "xmlns:a": DRAWING, "xmlns:r": RELATION, "xmlns:p": SLIDES };
/** Of a slide of 16:9, in English Metric Units. */
const [WIDTH, HEIGHT] = [12_192_000, 6_858_000];
const COLOURS = { dk1: "1C2126", lt1: "FFFFFF", dk2: "4A525A", lt2: "FCFBF8", accent1: "0F5D73", accent2: "8A3B12", accent3: "1D6B45", accent4: "6D3F8F", accent5: "1F5FA8", accent6: "7A5A00", hlink: "0F5D73", folHlink: "6D3F8F" };
/** Places for text: id, name, kind, number, left, top, width and height. */
const TITLE = /** @type {const} */ ([2, "Title", "title", undefined, 762_000, 420_000, 10_668_000, 1_250_000]);
const BODY = /** @type {const} */ ([3, "Text", "body", 1, 762_000, 1_780_000, 10_668_000, 4_150_000]);
const FOOT = /** @type {const} */ ([4, "Foot", "body", 2, 762_000, 6_150_000, 10_668_000, 420_000]);
const BIG_TITLE = /** @type {const} */ ([2, "Title", "title", undefined, 762_000, 2_000_000, 10_668_000, 1_500_000]);
const BELOW = /** @type {const} */ ([3, "Text", "body", 1, 762_000, 3_600_000, 10_668_000, 1_400_000]);

/** @typedef {typeof TITLE | typeof BODY | typeof FOOT | typeof BIG_TITLE | typeof BELOW} Place */

/**
 * @param {ReadingList} list
 * @param {Map<string, Told>} pieces
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function pptx(list, pieces) {
  const shown = slides(list, pieces);
  return zipped([
    types([
      ["ppt/presentation.xml", `${PART}.presentation.main+xml`],
      ["ppt/slideMasters/slideMaster1.xml", `${PART}.slideMaster+xml`],
      ["ppt/slideLayouts/slideLayout1.xml", `${PART}.slideLayout+xml`],
      ["ppt/slideLayouts/slideLayout2.xml", `${PART}.slideLayout+xml`],
      ["ppt/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"],
      ...shown.map((_, index) => /** @type {[string, string]} */ ([`ppt/slides/slide${index + 1}.xml`, `${PART}.slide+xml`])),
    ]),
    ...packageOf("ppt/presentation.xml", list),
    file("ppt/presentation.xml", presentation(shown.length)),
    relations("ppt/_rels/presentation.xml.rels", [["master", "slideMaster", "slideMasters/slideMaster1.xml"], ["theme", "theme", "theme/theme1.xml"], ...shown.map((_, index) => /** @type {[string, string, string]} */ ([`slide${index + 1}`, "slide", `slides/slide${index + 1}.xml`]))]),
    file("ppt/slideMasters/slideMaster1.xml", master()),
    relations("ppt/slideMasters/_rels/slideMaster1.xml.rels", [["layout1", "slideLayout", "../slideLayouts/slideLayout1.xml"], ["layout2", "slideLayout", "../slideLayouts/slideLayout2.xml"], ["theme", "theme", "../theme/theme1.xml"]]),
    ...layout(1, "Title", [BIG_TITLE, BELOW, FOOT]),
    ...layout(2, "Title and text", [TITLE, BODY, FOOT]),
    file("ppt/theme/theme1.xml", theme()),
    ...shown.flatMap(slide),
  ]);
}

/**
 * @param {ReadingList} list
 * @param {Map<string, Told>} pieces
 * @returns {Shown[]}
 */
function slides(list, pieces) {
  return [
    { layout: 1, title: list.title, lines: [duration(list.minutes)], foot: list.licence },
    ...list.parts.flatMap(({ heading, minutes, readings }) => [
      ...(heading ? [/** @type {Shown} */ ({ layout: 1, title: heading, lines: [duration(minutes)], foot: "" })] : []),
      ...readings.flatMap((reading) => ofItem(reading, pieces.get(reading.id))),
    ]),
  ];
}

/**
 * @param {Reading} reading
 * @param {Told} [told]
 * @returns {Shown[]}
 */
function ofItem({ title, kind, version, address }, told) {
  const foot = `${kind}, version ${version}${address ? `: ${address}` : ""}`;
  if (!told) return [{ layout: 2, title, lines: [], foot, address }];
  const { heading, points, question } = told.slide;
  const isNumbered = heading === "Lessons";
  /** @type {Shown} */
  const first = { layout: 2, title, lines: [heading, ...points], isNumbered, foot, address };
  return question ? [first, { layout: 2, title: "Discuss", lines: [question], isLarge: true, foot: `${title}${address ? `: ${address}` : ""}`, address }] : [first];
}

/** @param {number} count */
function presentation(count) {
  const ids = Array.from({ length: count }, (_, index) => tag("p:sldId", { id: 256 + index, "r:id": `slide${index + 1}` }));
  return tag(
    "p:presentation",
    NAMES,
    tag("p:sldMasterIdLst", {}, tag("p:sldMasterId", { id: 2_147_483_648, "r:id": "master" })),
    tag("p:sldIdLst", {}, ids),
    tag("p:sldSz", { cx: WIDTH, cy: HEIGHT }),
    tag("p:notesSz", { cx: HEIGHT, cy: 9_144_000 }),
  );
}

/**
 * @param {Shown} shown
 * @param {number} index
 * @returns {[string, string][]}
 */
function slide({ layout: number, title, lines, isNumbered = false, isLarge = false, foot, address = "" }, index) {
  const link = address ? tag("a:hlinkClick", { "r:id": "link1" }) : null;
  const isText = number === 2;
  // The first line of several is their heading.
  const isHeaded = isText && lines.length > 1;
  const body = lines.map((line, place) => paragraph(line, { isHead: isHeaded && place === 0, number: isNumbered && place > 0, isLarge }));
  const shapes = [
    shape(isText ? TITLE : BIG_TITLE, paragraph(title)),
    shape(isText ? BODY : BELOW, body.length ? body : tag("a:p")),
    ...(foot ? [shape(FOOT, paragraph(foot, { link }))] : []),
  ];
  return [
    file(`ppt/slides/slide${index + 1}.xml`, tag("p:sld", NAMES, tree(shapes), colours())),
    relations(`ppt/slides/_rels/slide${index + 1}.xml.rels`, [["layout", "slideLayout", `../slideLayouts/slideLayout${number}.xml`]], address ? [address] : []),
  ];
}

/**
 * @param {string} words
 * @param {{isHead?: boolean, number?: boolean, isLarge?: boolean, link?: import("./xml.js").Markup | null}} [how]
 */
function paragraph(words, { isHead = false, number = false, isLarge = false, link = null } = {}) {
  const letters = { sz: isLarge ? 2800 : undefined, b: isHead ? 1 : undefined };
  const numbered = number ? tag("a:pPr", { marL: 457_200, indent: -457_200 }, tag("a:buFont", { typeface: "+mj-lt" }), tag("a:buAutoNum", { type: "arabicPeriod" })) : null;
  return tag("a:p", {}, numbered, tag("a:r", {}, tag("a:rPr", { lang: "en-GB", ...letters }, link), tag("a:t", {}, words)));
}

/**
 * A shape on a slide, which takes place and type from its layout.
 * @param {Place} place
 * @param {Content} paragraphs
 * @param {{transform?: Content, size?: Content, style?: Content}} [own] what a layout says of it
 */
function shape([id, name, type, index], paragraphs, { transform, size, style } = {}) {
  const about = tag("p:nvSpPr", {}, tag("p:cNvPr", { id, name }), tag("p:cNvSpPr", {}, tag("a:spLocks", { noGrp: 1 })), tag("p:nvPr", {}, tag("p:ph", { type, idx: index })));
  return tag("p:sp", {}, about, tag("p:spPr", {}, transform), tag("p:txBody", {}, size ?? tag("a:bodyPr"), tag("a:lstStyle", {}, style), paragraphs));
}

/**
 * @param {Place} place
 * @param {string} anchor
 * @param {Content} [style]
 */
function placed(place, anchor, style) {
  const [, name, , , x, y, cx, cy] = place;
  const frame = tag("a:xfrm", {}, tag("a:off", { x, y }), tag("a:ext", { cx, cy }));
  const size = tag("a:bodyPr", { anchor, wrap: "square" }, tag("a:normAutofit"));
  return shape(place, paragraph(name), { transform: frame, size, style });
}

/**
 * @param {Content[]} shapes
 * @param {{name?: string}} [named]
 */
function tree(shapes, named = {}) {
  const none = tag("a:xfrm", {}, tag("a:off", { x: 0, y: 0 }), tag("a:ext", { cx: 0, cy: 0 }), tag("a:chOff", { x: 0, y: 0 }), tag("a:chExt", { cx: 0, cy: 0 }));
  const root = tag("p:nvGrpSpPr", {}, tag("p:cNvPr", { id: 1, name: "" }), tag("p:cNvGrpSpPr"), tag("p:nvPr"));
  return tag("p:cSld", named, tag("p:spTree", {}, root, tag("p:grpSpPr", {}, none), shapes));
}

function colours() {
  return tag("p:clrMapOvr", {}, tag("a:masterClrMapping"));
}

/**
 * @param {number} number
 * @param {string} name
 * @param {Place[]} places
 * @returns {[string, string][]}
 */
function layout(number, name, places) {
  const [title, body, foot] = places;
  const small = tag("a:lvl1pPr", { marL: 0, indent: 0 }, tag("a:defRPr", { sz: 1200 }, tag("a:solidFill", {}, tag("a:schemeClr", { val: "tx2" }))));
  const shapes = [placed(title, number === 1 ? "b" : "ctr"), placed(body, "t"), placed(foot, "ctr", small)];
  return [
    file(`ppt/slideLayouts/slideLayout${number}.xml`, tag("p:sldLayout", { ...NAMES, preserve: 1, userDrawn: 1 }, tree(shapes, { name }), colours())),
    relations(`ppt/slideLayouts/_rels/slideLayout${number}.xml.rels`, [["master", "slideMaster", "../slideMasters/slideMaster1.xml"]]),
  ];
}

function master() {
  const map = { bg1: "lt1", tx1: "dk1", bg2: "lt2", tx2: "dk2", accent1: "accent1", accent2: "accent2", accent3: "accent3", accent4: "accent4", accent5: "accent5", accent6: "accent6", hlink: "hlink", folHlink: "folHlink" };
  const letters = (/** @type {number} */ sz, /** @type {string} */ font, /** @type {object} */ more = {}) =>
    tag("a:defRPr", { sz, ...more }, tag("a:solidFill", {}, tag("a:schemeClr", { val: "tx1" })), tag("a:latin", { typeface: `+${font}-lt` }), tag("a:ea", { typeface: `+${font}-ea` }), tag("a:cs", { typeface: `+${font}-cs` }));
  const title = tag("a:lvl1pPr", { algn: "l" }, tag("a:buNone"), letters(3200, "mj", { b: 1 }));
  const body = tag("a:lvl1pPr", { marL: 0, indent: 0, algn: "l" }, tag("a:spcBef", {}, tag("a:spcPts", { val: 900 })), tag("a:buNone"), letters(2200, "mn"));
  return tag(
    "p:sldMaster",
    NAMES,
    tree([placed(TITLE, "ctr"), placed(BODY, "t")]),
    tag("p:clrMap", map),
    tag("p:sldLayoutIdLst", {}, tag("p:sldLayoutId", { id: 2_147_483_649, "r:id": "layout1" }), tag("p:sldLayoutId", { id: 2_147_483_650, "r:id": "layout2" })),
    tag("p:txStyles", {}, tag("p:titleStyle", {}, title), tag("p:bodyStyle", {}, body), tag("p:otherStyle")),
  );
}

function theme() {
  const colour = Object.entries(COLOURS).map(([name, val]) => tag(`a:${name}`, {}, tag("a:srgbClr", { val })));
  const font = (/** @type {string} */ name) => tag(`a:${name}`, {}, tag("a:latin", { typeface: "Arial" }), tag("a:ea", { typeface: "" }), tag("a:cs", { typeface: "" }));
  const fill = () => tag("a:solidFill", {}, tag("a:schemeClr", { val: "phClr" }));
  const stroke = (/** @type {number} */ w) => tag("a:ln", { w }, fill(), tag("a:prstDash", { val: "solid" }));
  const effect = () => tag("a:effectStyle", {}, tag("a:effectLst"));
  const format = tag(
    "a:fmtScheme",
    { name: "Casebook" },
    tag("a:fillStyleLst", {}, fill(), fill(), fill()),
    tag("a:lnStyleLst", {}, stroke(6350), stroke(12_700), stroke(19_050)),
    tag("a:effectStyleLst", {}, effect(), effect(), effect()),
    tag("a:bgFillStyleLst", {}, fill(), fill(), fill()),
  );
  return tag("a:theme", { "xmlns:a": DRAWING, name: "Casebook" }, tag("a:themeElements", {}, tag("a:clrScheme", { name: "Casebook" }, colour), tag("a:fontScheme", { name: "Casebook" }, font("majorFont"), font("minorFont")), format));
}
