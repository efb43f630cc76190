"""The parts of a `.docx` that are read, taken out of a file that nobody has looked at yet.

A `.docx` is a zip of XML parts (ECMA-376 part 2, Open Packaging Conventions). Sizes are looked at before anything is
unpacked, a document type declaration is refused, so that no entity is ever expanded, and nothing is fetched: pictures,
macros, embedded files and addresses of other parts are not even opened.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from casebook.load import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_FILE = 20_000_000
MAX_PART = 4_000_000
MAX_PARTS = 2_000
MAX_DEPTH = 60
# A filled template has about ten thousand elements.
MAX_ELEMENTS = 60_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The same names in documents saved as 'Strict Open XML'.
_STRICT = b"http://purl.oclc.org/ooxml/"
_OLE = b"\xd0\xcf\x11\xe0"
_SAVE = "in Word choose 'Save As' and 'Word Document (*.docx)'"
_SHORTER = "an item of 1,400 words needs a tenth of that; take out what was pasted by mistake"
_AGAIN = f"{_SAVE}, and send it again"


class UnreadableError(Exception):
    """A file is not a Word document that can be read; says what must be, and the remedy."""

    def __init__(self, message: str, hint: str) -> None:
        """Keep both texts."""
        super().__init__(message)
        self.message, self.hint = message, hint


@dataclass(frozen=True, slots=True)
class Package:
    """A Word document: its main part, the notes, and the parts that say what a style, a list or a link is."""

    document: etree._Element
    styles: etree._Element | None
    numbering: etree._Element | None
    footnotes: etree._Element | None
    endnotes: etree._Element | None
    links: Mapping[str, str]


def opened(raw: bytes) -> Package:
    """Return the parts of a document.

    Raises:
        UnreadableError: if it is no Word document, is too large, or holds what no template needs.
    """
    if raw.startswith(_OLE):
        raise UnreadableError(
            "the file is an old `.doc`, or it is locked with a password", f"{_SAVE}, without a password"
        )
    if len(raw) > MAX_FILE:
        raise UnreadableError(f"the file is larger than {MAX_FILE:,} bytes", "take out the pictures")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _Archive(archive).package()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, zlib.error):
        raise UnreadableError("the file is not a whole Word document", _AGAIN) from None


@dataclass(frozen=True, slots=True)
class _Archive:
    """The zip, of which one part after the other is read within its limits."""

    archive: zipfile.ZipFile

    def package(self) -> Package:
        """Return the parts of the document."""
        listed = self.archive.infolist()
        names = {info.filename for info in listed}
        if len(listed) > MAX_PARTS or len(names) != len(listed):
            raise UnreadableError("the file has too many parts, or two of one name", _AGAIN)
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise UnreadableError("the file holds macros", f"{_SAVE}, which keeps none")
        main = self.main()
        links = {one.get("Id", ""): one.get("Target", "") for one in self.relationships(main) if _is_link(one)}
        folder = posixpath.dirname(main)

        def beside(name: str) -> etree._Element | None:
            path = posixpath.join(folder, f"{name}.xml")
            return self.part(path) if path in names else None

        document = self.part(main)
        if document.tag != f"{W}document" or document.find(f"{W}body") is None:
            raise UnreadableError("the file holds no text of Word", _SAVE)
        notes = beside("footnotes"), beside("endnotes")
        return Package(document, beside("styles"), beside("numbering"), *notes, links)

    def main(self) -> str:
        """Return the path of the part with the text."""
        for one in self.relationships(""):
            if one.get("Type", "").endswith("/officeDocument") and one.get("TargetMode") != "External":
                return posixpath.normpath(one.get("Target", "")).lstrip("/")
        raise UnreadableError("the file does not say which of its parts is the text", _AGAIN)

    def relationships(self, part: str) -> list[etree._Element]:
        """Return what a part of the file, or the file itself, says it belongs with."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        return list(self.part(path).iter(_RELATIONSHIP)) if path in self.archive.namelist() else []

    def part(self, name: str) -> etree._Element:
        """Return the root of a part."""
        try:
            info = self.archive.getinfo(name)
        except KeyError:
            raise UnreadableError(f"the part `{name}` is not in the file", _AGAIN) from None
        # Only of these two ways can a part be unpacked piece by piece; Word writes no other.
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnreadableError(f"the part `{name}` is packed in an unknown way", _AGAIN)
        # A size that is not true does no harm: no more than the limit is ever unpacked.
        with self.archive.open(name) as file:
            raw = file.read(MAX_PART + 1) if info.file_size <= MAX_PART else b""
        if not 0 < len(raw) <= MAX_PART:
            raise UnreadableError(f"the part `{name}` is empty or larger than {MAX_PART:,} bytes", _SHORTER)
        return _root(raw, name)


def _is_link(relationship: etree._Element) -> bool:
    return relationship.get("Type", "").endswith("/hyperlink")


def _root(raw: bytes, name: str) -> etree._Element:
    if _STRICT in raw:
        raise UnreadableError("the file is saved as 'Strict Open XML'", _SAVE)
    # Without NUL bytes, UTF-16 looks like ASCII.
    declares = any(word in raw.replace(b"\0", b"") for word in (b"<!DOCTYPE", b"<!ENTITY"))
    try:
        root = None if declares else etree.fromstring(raw, _parser())
    except etree.XMLSyntaxError:
        raise UnreadableError(f"the part `{name}` of the file is damaged", _AGAIN) from None
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableError(f"the part `{name}` declares a document type, which Word never does", _SAVE)
    count, depth = _extent(root)
    if depth > MAX_DEPTH:
        raise UnreadableError(f"the part `{name}` is nested too deeply", "take out tables inside tables")
    if count > MAX_ELEMENTS or sum(len(one.text or "") for one in root.iter(f"{W}t")) > MAX_BYTES:
        raise UnreadableError(
            f"there is too much in the part `{name}`: more than {MAX_BYTES:,} letters or {MAX_ELEMENTS:,} elements",
            _SHORTER,
        )
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _extent(root: etree._Element) -> tuple[int, int]:
    """Return how many elements there are, and how deep they are nested."""
    count = deepest = depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        count += event == "start"
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return count, deepest
