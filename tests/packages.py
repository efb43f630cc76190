"""What holds for every course package, whoever imports it: rules of our own, and the schemas of IMS where they are."""

from __future__ import annotations

import io
import os
import posixpath
import re
import zipfile
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import etree
from tests.support import ROOT

from casebook.course.cartridge import LOM_RESOURCE, MANIFEST, NAMESPACE, TOPIC, WEB_LINK
from casebook.course.qti import NAMESPACE as QTI

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The schemas belong to IMS and are not in the repository.
SCHEMAS = Path(os.environ.get("CASEBOOK_INTEROP", ROOT.parent / "shared" / "interop")) / "common-cartridge-1.1-xsd"
MISSING = f"the schemas of IMS are not at {SCHEMAS}; CASEBOOK_INTEROP names another folder"
ROOTS = {
    "manifest": ("cc11libxml2validator.xsd", NAMESPACE),
    "webLink": ("ccv1p1_imswl_v1p1.xsd", WEB_LINK),
    "topic": ("ccv1p1_imsdt_v1p1.xsd", TOPIC),
    "questestinterop": ("ccv1p1_qtiasiv1p2p1_v1p0.xsd", QTI),
}
NAMES = {"cp": NAMESPACE, "wl": WEB_LINK, "dt": TOPIC, "q": QTI, "lom": LOM_RESOURCE}
# Moodle keeps so many characters of a title, and looks for the name space in so many bytes.
LONGEST_TITLE, BEGINNING = 255, 500


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the files of a zip by name: names are relative and differ, and nothing in it has a date of today."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        names = [one.filename for one in packed.infolist()]
        assert len({name.casefold() for name in names}) == len(names)
        for name in names:
            assert re.fullmatch(r"(?:[\w.-]+/)?[\w.-]+", name, re.ASCII), name
            assert ".." not in name
        assert len({one.date_time for one in packed.infolist()}) == 1
        return {name: packed.read(name) for name in names}


def xml(data: bytes) -> etree._Element:
    """Return the root of a file of XML."""
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))


def cartridge(data: bytes, seen: set[tuple[str, bytes]] | None = None) -> dict[str, bytes]:
    """Return the files of a cartridge that keeps the rules; `seen` are files of others that need no second look."""
    files, seen = unpacked(data), set() if seen is None else seen
    assert next(iter(files)) == MANIFEST
    assert f'xmlns="{NAMESPACE}"'.encode() in files[MANIFEST][:BEGINNING]
    manifest = xml(files[MANIFEST])
    identifiers = [str(one) for one in _all(manifest, "//@identifier")]
    assert len(set(identifiers)) == len(identifiers)
    assert all(re.fullmatch(r"[A-Za-z_][\w.-]*", one, re.ASCII) for one in identifiers)
    resources = {str(one.get("identifier")): one for one in _elements(manifest, "//cp:resource")}
    # Each resource stands in the table of contents once, and each file belongs to one resource.
    assert sorted(str(one) for one in _all(manifest, "//cp:item/@identifierref")) == sorted(resources)
    held = [str(one) for one in _all(manifest, "//cp:file/@href")]
    assert sorted(held) == sorted(name for name in files if name != MANIFEST)
    for title in _elements(manifest, "//cp:item/cp:title"):
        assert 0 < len(title.text or "") <= LONGEST_TITLE
    for resource in resources.values():
        (path,) = (str(one.get("href")) for one in _elements(resource, "cp:file"))
        if (path, files[path]) not in seen:
            _resource(resource, path, files)
    seen.update(files.items())
    return files


def _resource(resource: etree._Element, path: str, files: Mapping[str, bytes]) -> None:
    kind = resource.get("type")
    assert (resource.get("href") == path) is (kind == "webcontent")
    if kind == "webcontent":
        page(path, files)
        return
    root = xml(files[path])
    if kind == "imswl_xmlv1p1":
        (address,) = _all(root, "/wl:webLink/wl:url/@href")
        assert urlsplit(str(address)).scheme == "https"
    elif kind == "imsdt_xmlv1p1":
        (words,) = _elements(root, "/dt:topic/dt:text")
        assert words.get("texttype") == "text/html"
        assert all(urlsplit(address).scheme == "https" for _, address in links(words.text or ""))
    else:
        assert kind == "imsqti_xmlv1p2/imscc_xmlv1p1/assessment"
        for item in _elements(root, "//q:item"):
            _question(item)


def _question(item: etree._Element) -> None:
    """A choice has its feedback, and one is right."""
    labels = [str(one) for one in _all(item, ".//q:response_label/@ident")]
    feedback = {str(one) for one in _all(item, "q:itemfeedback/@ident")}
    shown = [str(one) for one in _all(item, ".//q:displayfeedback/@linkrefid")]
    assert sorted(shown) == sorted(feedback)
    assert feedback == {"general", *(f"feedback-{label}" for label in labels)}
    scored = _elements(item, ".//q:respcondition[q:setvar='100']")
    assert len(scored) == (1 if labels else 0)
    # Moodle takes the last condition with a choice for its score, so each stands directly in one alone.
    direct = [one.text for one in _elements(item, ".//q:conditionvar/q:varequal")]
    assert sorted(map(str, direct)) == sorted(labels)
    assert all("".join(map(str, one.itertext())) for one in _elements(item, ".//q:mattext"))


class _Links(HTMLParser):
    """Collects what a page leads to and loads, its parts, and the elements that are open."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("object", "embed", "form", "base"), tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            if name in ("href", "src"):
                self.found.append((tag, value or ""))


def links(html: str) -> list[tuple[str, str]]:
    """Return the addresses of HTML, each with its element."""
    parser = _Links()
    parser.feed(html)
    parser.close()
    return parser.found


def page(path: str, files: Mapping[str, bytes], *, offline: bool = False) -> None:
    """A page leads to what is in the package, or to an address that stands; `offline` loads nothing from there."""
    html = files[path].decode("utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert '<meta charset="utf-8">' in html
    for tag, address in links(html):
        if urlsplit(address).scheme:
            assert urlsplit(address).scheme in ("https", "http", "mailto")
            assert tag == "a" or not offline, address
        else:
            assert posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address))) in files, address


def _all(node: etree._Element, path: str) -> list[object]:
    found = node.xpath(path, namespaces=NAMES)
    assert isinstance(found, list)
    return list(found)


def _elements(node: etree._Element, path: str) -> list[etree._Element]:
    return [one for one in _all(node, path) if isinstance(one, etree._Element)]


def addresses(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the addresses of the web links of a cartridge."""
    for name, data in files.items():
        if name.startswith("links/"):
            yield from (str(one) for one in _all(xml(data), "/wl:webLink/wl:url/@href"))


@cache
def schema(name: str) -> etree.XMLSchema:
    """Return a schema of IMS."""
    return etree.XMLSchema(etree.parse(str(SCHEMAS / name)))


@cache
def schematron() -> list[tuple[etree.XPath, list[tuple[etree.XPath, str]]]]:
    """Return the rules that the schema of quizzes has beside its grammar: for each context its tests and words."""
    root = etree.parse(str(SCHEMAS / ROOTS["questestinterop"][0])).getroot()
    rules = [one for one in root.iter() if isinstance(one.tag, str) and one.tag.endswith("}rule")]
    return [
        (
            _path(f"//{rule.get('context')}"),
            [(_path(f"boolean({one.get('test')})"), str(one.text).strip()) for one in _asserts(rule)],
        )
        for rule in rules
    ]


def _path(words: str) -> etree.XPath:
    return etree.XPath(words, namespaces={"asi": QTI})


def _asserts(rule: etree._Element) -> list[etree._Element]:
    return [one for one in rule if isinstance(one.tag, str) and one.tag.endswith("}assert")]


def valid(data: bytes) -> None:
    """A file of XML fits the schema of its root, and a quiz the rules beside it."""
    root = xml(data)
    name = etree.QName(root)
    file, namespace = ROOTS[name.localname]
    assert name.namespace == namespace
    known = schema(file)
    assert known.validate(root), str(known.error_log)
    for context, tests in schematron() if name.localname == "questestinterop" else ():
        found = context(root)
        assert isinstance(found, list)
        for node in found:
            assert isinstance(node, etree._Element)
            for test, words in tests:
                assert test(node), words
