"""XML as bytes. Elements are those of lxml, which escapes what stands in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes elements of a name space; `prefixes` has the one without a prefix under None."""

    namespace: str
    prefixes: dict[Any, str]

    def __call__(self, name: str, *content: etree._Element | str, **attributes: str) -> etree._Element:
        """Return an element with what stands in it, elements or words, and its attributes."""
        element = etree.Element(f"{{{self.namespace}}}{name}", attributes, self.prefixes)
        for one in content:
            if isinstance(one, str):
                element.text = one
            else:
                element.append(one)
        return element


def text(root: etree._Element) -> bytes:
    """Return an element as a file: UTF-8, with two spaces for each level."""
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def line(words: str) -> str:
    """Return words on one line, as a title must stand."""
    return " ".join(words.split())
