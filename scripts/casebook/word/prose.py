"""From a part of the text in Word to plain Markdown: mammoth reads it as HTML, and markdownify writes it."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

import mammoth  # type: ignore[import-untyped]
from bs4 import BeautifulSoup
from lxml import etree
from markdownify import ATX, MarkdownConverter

from casebook.word.blocks import CITED, NOTES, OBJECTS, RAISED, lines, lost, note, tidy
from casebook.word.package import R, W

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bs4 import Tag

    from casebook.word.package import Package

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
_MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
# Characters that no author types stand for what must not be escaped: a citation.
_OPEN, _CLOSE = "\ue000", "\ue001"
_BRACKETED = re.compile(r"\[\^?\s*([A-Za-z]\w*(?:-\w+)*(?:\s*[,;]\s*\^?[A-Za-z]\w*(?:-\w+)*)*)\s*\](?!\()")
_NUMBERED = re.compile(r"s[0-9]+")
_ESCAPED = re.compile(r"([\\`*\[\]]|<(?=[A-Za-z!/?])|&(?=#?\w+;)|(?<!\w)_|_(?!\w))")
_OPENING = re.compile(r"^(\s*)([#>+]+(?=\s|$))|^(\s*[0-9]{3,9})([.)](?=\s))")
_SAFE_LINK = re.compile(r"(?:https?://|mailto:)\S+|[\w./-]+\.md(?:#[\w-]+)?", re.IGNORECASE)
_LOWERED = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


def markdown(elements: Sequence[etree._Element], package: Package, ids: Collection[str]) -> tuple[str, list[str]]:
    """Return paragraphs and lists as Markdown, and in words what was left out.

    Args:
        elements: paragraphs and tables of one section.
        package: the document in which they stand.
        ids: ids of the sources, so that `[s1]` is known as a citation.
    """
    left_out: list[str] = []
    body = etree.Element(f"{W}body")
    for element in elements:
        left_out += lost_here(element, package, ids)
        if element.tag == f"{W}tbl":
            left_out.append(f"a table: '{' | '.join(lines(element))}'")
        else:
            body.append(_plain(element, package, ids))
    try:
        html = mammoth.convert_to_html(_document(body, package), include_embedded_style_map=False).value
    except Exception:  # noqa: BLE001  # a document that is not as mammoth expects ends in any kind of error
        left_out.append("the layout of this section, which cannot be read; its words are kept")
        html = "".join(f"<p>{line}</p>" for line in map(_as_html, lines(body)))
    return _written(html, ids, left_out), left_out


def lost_here(element: etree._Element, package: Package, ids: Collection[str]) -> list[str]:
    """Return in words what has no place in the text; a footnote that only names sources has one."""
    found = [
        words for words in lost(element, package) if not words.startswith(tuple(f"a {one}" for one in NOTES.values()))
    ]
    for one in element.iter(*NOTES):
        words = note(one, package)
        if not _names_sources(words, ids):
            found.append(f"a {NOTES[one.tag]}: '{words}'")
    return found + ["a formula" for _ in element.iter(_MATHS)]


def cited(words: str, ids: Collection[str]) -> str:
    """Return a text with its citations in the form of the Casebook: `[s1, s2]` becomes `[^s1][^s2]`."""
    return _tokens(words, ids).replace(_OPEN, "[^").replace(_CLOSE, "]")


def _tokens(words: str, ids: Collection[str]) -> str:
    def token(match: re.Match[str]) -> str:
        names = [name.strip(" ^").lower() for name in re.split("[,;]", match[1])]
        known = all(name in ids or _NUMBERED.fullmatch(name) for name in names)
        return "".join(f"{_OPEN}{name}{_CLOSE}" for name in names) if known else match[0]

    return _BRACKETED.sub(token, words.replace(_OPEN, "").replace(_CLOSE, ""))


def _names_sources(words: str, ids: Collection[str]) -> bool:
    match = CITED.fullmatch(words.rstrip("."))
    return match is not None and _OPEN in _tokens(f"[{match[1]}]", ids)


def _plain(element: etree._Element, package: Package, ids: Collection[str]) -> etree._Element:
    """Return a copy of a paragraph without what has no place; marks of footnotes that name sources become text."""
    paragraph = copy.deepcopy(element)
    for one in list(paragraph.iter(*OBJECTS, *NOTES, _MATHS)):
        parent = one.getparent()
        if parent is None:
            continue
        if one.tag in NOTES and _names_sources(words := note(one, package), ids):
            mark = etree.Element(f"{W}t")
            mark.text = f"[{words.strip(' [].^')}]"
            parent.replace(one, mark)
        else:
            parent.remove(one)
    for one in paragraph.iter(f"{W}moveTo"):
        one.tag = f"{W}ins"
    return paragraph


def _document(body: etree._Element, package: Package) -> io.BytesIO:
    """Return a small document of these paragraphs alone, with the parts that say what a list, style or link is."""
    root = etree.Element(f"{W}document")
    root.append(body)
    used = {one.get(f"{R}id") for one in body.iter(f"{W}hyperlink")}
    links = "".join(
        f'<Relationship Id={quoteattr(key)} Type="{_OFFICE}/hyperlink" TargetMode="External" '
        f"Target={quoteattr(target)}/>"
        for key, target in package.links.items()
        if key in used
    )
    # A link without its address would end in an error: it becomes plain text.
    for one in body.iter(f"{W}hyperlink"):
        if one.get(f"{R}id", "") not in package.links and f"{R}id" in one.attrib:
            del one.attrib[f"{R}id"]
    main = f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    parts = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _LINKS.format(main).encode(),
        "word/document.xml": etree.tostring(root),
        "word/_rels/document.xml.rels": _LINKS.format(links).encode(),
        "word/styles.xml": etree.tostring(_styles(package)),
    }
    if package.numbering is not None:
        parts["word/numbering.xml"] = etree.tostring(package.numbering)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    made.seek(0)
    return made


def _styles(package: Package) -> etree._Element:
    """Return the names of the styles alone: the rest is nine tenths of the part, and says how things look."""
    root = etree.Element(f"{W}styles")
    for style in package.styles.iter(f"{W}style") if package.styles is not None else ():
        named = style.find(f"{W}name")
        if named is not None and style.get(f"{W}type") and style.get(f"{W}styleId"):
            one = etree.SubElement(root, f"{W}style")
            one.attrib.update(style.attrib)
            one.append(copy.deepcopy(named))
    return root


def _as_html(line: str) -> str:
    return line.replace("&", "&amp;").replace("<", "&lt;")


def _written(html: str, ids: Collection[str], left_out: list[str]) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(["h1", "h2", "h3", "h4", "h5", "h6"]):
        tag.name = "h3"
        for inner in tag.find_all(["strong", "em"]):
            inner.unwrap()
    for tag in soup.find_all("a"):
        _keep_or_unwrap(tag, left_out)
    for tag in soup.find_all("br"):
        tag.replace_with(" ")
    for tag in soup.find_all(["sup", "sub"]):
        tag.replace_with(_shifted(tag, ids))
    soup.smooth()
    for piece in soup.find_all(string=True):
        piece.replace_with(_tokens(str(piece).replace("\u00a0", " "), ids))
    text = _Writer(heading_style=ATX, bullets="-").convert_soup(soup)
    text = re.sub("[\u200b\ufeff\u00ad]", "", text).replace(_OPEN, "[^").replace(_CLOSE, "]")
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)).strip()


def _keep_or_unwrap(tag: Tag, left_out: list[str]) -> None:
    address = str(tag.get("href") or "")
    if _SAFE_LINK.fullmatch(address) and tag.get_text(strip=True):
        return
    if address and not address.startswith("#"):
        left_out.append(f"the address of a link: '{address}'")
    tag.unwrap()


def _shifted(tag: Tag, ids: Collection[str]) -> str:
    """Return a superscript or subscript as text: a citation, or the small digits of Unicode."""
    words = tag.get_text()
    if tag.name == "sub":
        return words.translate(_LOWERED)
    before = tag.previous_sibling
    number = f"s{tidy(words).strip('[]')}"
    if number in ids and before is not None and str(before).rstrip().endswith((".", ",", ";", ")", '"', "\u201d")):
        return f"[{number}]"
    return f"[{tidy(words).strip(' [].^')}]" if _names_sources(words, ids) else words.translate(RAISED)


class _Writer(MarkdownConverter):
    """Writes Markdown in which only what would mean something else is escaped."""

    def escape(self, text: str, parent_tags: Any) -> str:
        """Return a text as it must be typed to be read as it is."""
        del parent_tags
        return _OPENING.sub(r"\1\3\\\2\4", _ESCAPED.sub(r"\\\1", text or ""))
