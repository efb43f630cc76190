"""What may follow where the cursor stands: fields, terms, ids, sources and headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from casebook.editor import hover
from casebook.editor.lesson import lessons, named
from casebook.editor.reference import ITEMS, OWN, Target, target_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from casebook.editor.item import OpenItem
    from casebook.editor.mark import Mark, Steps

_CITATION = re.compile(r"\[\^([^\[\]\s]*)$")
_CITATION_END = re.compile(r"[^\[\]\s]*\]?")
_HEADING = re.compile(r"##[ \t]+(.*)")
_RANK = {"always": 0, "to publish": 1, "": 2}


class Sort(StrEnum):
    """What a proposal is, for the sign before it."""

    FIELD = "field"
    TERM = "term"
    ITEM = "item"
    OWN = "own"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may stand in a line from `start` to `end`: the text to put there, and words about it in Markdown.

    `typed` is what a person types to get it, compared by the editor with what stands there. Proposals of a lower `rank`
    come first.
    """

    sort: Sort
    label: str
    text: str
    start: int
    end: int
    typed: str
    detail: str = ""
    about: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class _Choice:
    """An id that may be chosen."""

    sort: Sort
    id: str
    detail: str = ""
    about: str = ""


def completion(item: OpenItem, line: int, column: int) -> list[Proposal]:
    """Return what may stand at a place, the best first."""
    text = item.line(line)
    if cited := _CITATION.search(text, 0, column):
        return list(_citations(item, text, cited.start(), column))
    if not item.outline.holds(line):
        return list(_sections(item, text, column))
    mark = item.outline.at(line, column)
    if mark is None:
        return []
    steps = mark.steps[:-1] if mark.what == "key" else mark.steps
    schema = item.schema(steps)
    if mark.what == "key" or "properties" in schema:
        return sorted(_fields(item, steps, mark), key=lambda proposal: proposal.rank)
    return list(_values(item, mark, schema))


def _fields(item: OpenItem, steps: Steps, mark: Mark) -> Iterator[Proposal]:
    taken = set(item.outline.fields(*steps)) - {mark.text}
    indent = " " * (_column(item, steps, mark) + 2)
    for name in item.schema(steps).get("properties", {}):
        if name not in taken:
            inner = (*steps, name)
            title, about = item.schema(inner).get("title", ""), hover.about_field(item, *inner)
            text = name if mark.what == "key" else f"{name}:{_after_name(item, inner, indent)}"
            rank = _RANK[item.shape.needed(*inner)]
            yield Proposal(Sort.FIELD, name, text, mark.start, mark.end, name, title, about, rank)


def _column(item: OpenItem, steps: Steps, mark: Mark) -> int:
    """Return the column of the fields beside a mark: that of those which are there, else its own."""
    beside = (one.start for one in item.outline.marks if one.what == "key" and one.steps[:-1] == steps)
    return next(beside, mark.start)


def _after_name(item: OpenItem, steps: Steps, indent: str) -> str:
    if "properties" in item.schema(steps):
        return f"\n{indent}"
    return f"\n{indent}- " if "properties" in item.schema((*steps, 0)) else " "


def _values(item: OpenItem, mark: Mark, schema: Mapping[str, Any]) -> Iterator[Proposal]:
    text = item.line(mark.line)
    in_list, steps, before = "items" in schema, mark.steps, ""
    if in_list:
        # On a line of its own an entry begins with a hyphen, and behind the name of the list with a bracket.
        steps = (*mark.steps, 0)
        before = "" if mark.text else "- " if not text[: mark.start].strip() else "["
    elif mark.start and text[mark.start - 1] == ":":
        before = " "
    after = "]" if before == "[" else ""
    quote = text[mark.start : mark.start + 1] if text[mark.start : mark.start + 1] in ("'", '"') else ""
    for choice in _choices(item, steps, mark):
        put, typed = f"{before}{choice.id}{after}", f"{quote}{choice.id}"
        yield Proposal(choice.sort, choice.id, put, mark.start, mark.end, typed, choice.detail, choice.about)


def _choices(item: OpenItem, steps: Steps, mark: Mark) -> Iterator[_Choice]:
    if steps == ("id",):
        yield _Choice(Sort.OWN, item.stem, "the name of the file")
        return
    taken = _taken(item, steps, mark)
    target = target_of(item, steps)
    if target in ITEMS:
        found: Iterable[_Choice] = _items(item, target)
    elif target is Target.CASE_LESSON:
        found = _lessons(item, steps, mark)
    elif target in OWN:
        found = _own(item, target)
    else:
        found = _terms(item, item.schema(steps)) if target else ()
    yield from (choice for choice in found if choice.id not in taken)


def _taken(item: OpenItem, steps: Steps, mark: Mark) -> set[str]:
    """Return what stands in the same list already."""
    if not isinstance(steps[-1], int):
        return set()
    return {one.text for one in item.outline.values(*steps[:-1], "*") if one is not mark and one.text != mark.text}


def _terms(item: OpenItem, schema: Mapping[str, Any]) -> Iterator[_Choice]:
    name = str(schema.get("x-vocabulary", ""))
    vocabulary = item.known.vocabularies.get(name)
    for term in schema["enum"]:
        label = vocabulary.label(term) if vocabulary else ""
        yield _Choice(Sort.TERM, term, label, hover.about_term(item, name, term))


def _items(item: OpenItem, target: Target) -> Iterator[_Choice]:
    for name, document in item.known.items.items():
        if name != item.stem and ITEMS[target] in (None, document.kind):
            yield _Choice(Sort.ITEM, name, document.kind.label, hover.about_item(item, name))


def _lessons(item: OpenItem, steps: Steps, mark: Mark) -> Iterator[_Choice]:
    """Yield the cases, each with the sign that its lessons follow, or the lessons of the case that is named already."""
    is_alone = steps[0] == "steps"
    if not is_alone and "#" not in mark.text:
        for choice in _items(item, Target.CASE):
            yield replace(choice, id=f"{choice.id}#")
        return
    case, _ = named(item, steps, mark.text)
    for _, one in lessons(item, case):
        name = one["id"] if is_alone else f"{case}#{one['id']}"
        yield _Choice(Sort.ITEM, name, "a lesson", hover.plain(str(one.get("lesson", ""))))


def _own(item: OpenItem, target: Target) -> Iterator[_Choice]:
    for mark in item.entries(*OWN[target]):
        if target is Target.FACTOR:
            yield _Choice(Sort.OWN, mark.text, "a factor of this case", hover.about_term(item, "factors", mark.text))
        else:
            yield _Choice(Sort.OWN, mark.text, "", hover.about_own(item, target, mark))


def _citations(item: OpenItem, text: str, start: int, column: int) -> Iterator[Proposal]:
    rest = _CITATION_END.match(text, column)
    end = rest.end() if rest else column
    for choice in _own(item, Target.SOURCE):
        title = choice.detail or choice.about.partition("\n")[0].strip("*")
        cited = f"[^{choice.id}]"
        yield Proposal(choice.sort, choice.id, cited, start, end, cited, title, choice.about)


def _sections(item: OpenItem, text: str, column: int) -> Iterator[Proposal]:
    heading = _HEADING.fullmatch(text)
    if heading is None or column < heading.start(1):
        return
    body = item.lines[item.outline.last :]
    taken = {one[1].strip() for line in body if (one := _HEADING.fullmatch(line))} - {heading[1].strip()}
    for section in item.kind.sections:
        if section.heading not in taken:
            name, where = section.heading, heading.span(1)
            yield Proposal(Sort.SECTION, name, name, *where, name, about=section.description)
