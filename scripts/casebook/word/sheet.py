"""What a filled template holds: which answers stand in which row, and which paragraphs in which section.

Labels in the left column and headings are all that is gone by. Blocks and rows may be copied, moved, emptied and
wrapped in whatever a program wraps them in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casebook.finding import Finding, Location, nearest
from casebook.load import WORD_LEFT_OUT
from casebook.word.blocks import Styles, blocks, inside, lines, lost, text, tidy
from casebook.word.form import ANSWER, ASKED, HEADINGS, MOST_INSIDE, SECTION, Field, Form, folded
from casebook.word.package import W
from casebook.word.template import explanations

if TYPE_CHECKING:
    from lxml.etree import _Element

    from casebook.word.package import Package

_MOVE = "move the words to where an answer belongs, or delete them"


@dataclass(frozen=True, slots=True)
class Given:
    """The lines of an answer, and the place where they stand in words."""

    lines: tuple[str, ...]
    place: str


# One entry: answers by the steps that lead to them in it. A field that has no fields is an entry with itself as answer.
Entry = dict[tuple[str | int, ...], Given]


@dataclass(slots=True)
class Sheet:
    """The answers by the way of field names that leads to them, the paragraphs of each section, and what was left."""

    form: Form
    package: Package
    path: str
    entries: dict[tuple[str, ...], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    sections: dict[str, list[_Element]] = field(default_factory=lambda: defaultdict(list))
    findings: list[Finding] = field(default_factory=list)

    def left_out(self, place: str, words: str, hint: str = _MOVE) -> None:
        """Say that something has no place in the item."""
        self.findings.append(WORD_LEFT_OUT.at(Location(self.path), f"{place}: {words}", hint))


def headings(form: Form) -> set[str]:
    """Return the headings by which a kind is known, folded."""
    sections = {folded(f"{SECTION}{section.heading}") for section in form.kind.sections}
    return sections | {folded(heading) for heading, _ in form.targets()}


def outline(package: Package) -> set[str]:
    """Return the paragraphs of a document that could be headings, folded."""
    return {folded(text(one)) for one in blocks(_body(package)) if one.tag == f"{W}p"}


def sheet(form: Form, package: Package, path: str) -> Sheet:
    """Return what stands in a filled template."""
    made = Sheet(form, package, path)
    _Walk(made, Styles.of(package), list(blocks(_body(package)))).walk()
    if next(_body(package).iter(f"{W}commentReference"), None) is not None:
        made.left_out("in the margin", "comments are not taken over", "write what matters into the answer or the text")
    return made


def _body(package: Package) -> _Element:
    body = package.document.find(f"{W}body")
    return package.document if body is None else body


class _Walk:
    """Goes through the blocks of a document from heading to heading."""

    def __init__(self, made: Sheet, styles: Styles, found: list[_Element]) -> None:
        self.sheet, self.styles, self.blocks = made, styles, found
        form = made.form
        self.known = {folded(words) for words in explanations(form)}
        self.fields = {folded(heading): (heading, way) for heading, way in form.targets()}
        self.sections = {folded(section.heading): section.heading for section in form.kind.sections}
        self.section, self.heading = "", ""
        self.way: tuple[Field, ...] = ()

    def walk(self) -> None:
        """Put each block where it belongs."""
        for index, block in enumerate(self.blocks):
            if block.tag == f"{W}tbl" and not self.section:
                self._table(block)
            elif block.tag == f"{W}tbl" or not self._turns(index, block):
                self._paragraph(block)

    def _turns(self, index: int, block: _Element) -> bool:
        """Whether a paragraph is a heading of the template; what follows then belongs under it."""
        words, is_heading = folded(text(block)), self.styles.is_heading(block)
        bare = words.removeprefix(SECTION.strip().casefold()).strip()
        in_text = bool(self.section)
        if bare in self.sections and (bare != words or (is_heading and (in_text or words not in self.fields))):
            self.section = self.heading = self.sections[bare]
            self.sheet.sections[self.section] += []
            self.way = ()
        elif words in self.fields and (self._table_follows(index) or (is_heading and not in_text)):
            self.section, (self.heading, self.way) = "", self.fields[words]
        elif words in map(folded, HEADINGS) and is_heading:
            self.section, self.heading, self.way = "", text(block), ()
        else:
            return False
        return True

    def _table_follows(self, index: int) -> bool:
        for block in self.blocks[index + 1 :]:
            words = folded(text(block))
            if block.tag == f"{W}tbl":
                return True
            if words and words not in self.known:
                return False
        return False

    def _paragraph(self, block: _Element) -> None:
        words = folded(text(block))
        if self.section:
            if words not in self.known or block.tag == f"{W}tbl":
                self.sheet.sections[self.section].append(block)
            return
        place = f"below the heading '{self.heading}'" if self.heading else "at the beginning"
        for one in lost(block, self.sheet.package):
            self.sheet.left_out(place, one)
        if words and words not in self.known:
            self.sheet.left_out(place, f"the words '{tidy(text(block))}' stand outside the tables")

    def _table(self, table: _Element) -> None:
        if not self.way:
            words = " | ".join(lines(table))
            self.sheet.left_out("a table under no heading of the template", f"'{words}'")
            return
        _Table(self.sheet, self.heading, self.way, self.known).read(table)


class _Table:
    """Reads the rows of one table into the entries of a field."""

    def __init__(self, made: Sheet, heading: str, way: tuple[Field, ...], known: set[str]) -> None:
        self.sheet, self.heading, self.way, self.known = made, heading, way, known
        last = way[-1]
        self.is_list = last.many and bool(last.fields)
        rows = last.rows(MOST_INSIDE) if self.is_list else (one for one in last.fields or (last,) if not one.fields)
        self.asked = {folded(one.title): one for one in rows}
        self.head = re.compile(rf"{re.escape(folded(last.entry))}\s*[0-9]*") if self.is_list else None
        self.entries = made.entries[tuple(one.name for one in way)]
        if self.is_list or not self.entries:
            self.entries.append({})

    def read(self, table: _Element) -> None:
        """Read every row."""
        for row in inside(table, "tr"):
            cells = list(inside(row, "tc"))
            if not cells:
                continue
            for cell in cells:
                for one in lost(cell, self.sheet.package):
                    self.sheet.left_out(self._place(), one)
            self._row(lines(cells[0]), [line for cell in cells[1:] for line in lines(cell)])

    def _row(self, left: list[str], answer: list[str]) -> None:
        label = folded(left[0]) if left else ""
        if self._is_head(label, answer):
            if self.is_list and self.entries[-1]:
                self.entries.append({})
            return
        asked = self.asked.get(label)
        if asked is None:
            words = " | ".join([*left, *answer])
            if words and not {folded(line) for line in (*left, *answer)} <= self.known:
                titles = [one.title for one in self.asked.values()]
                hint = nearest(left[0] if left else "", titles) or f"rows that are known here: {', '.join(titles)}"
                self.sheet.left_out(self._place(), f"the template does not know the row '{words}'", hint)
            return
        for line in left[1:]:
            if folded(line) not in self.known:
                self.sheet.left_out(
                    self._place(asked), f"'{line}' stands in the left column", "write it in the right column"
                )
        answer = [line for line in answer if folded(line) not in self.known or folded(line) in self._terms(asked)]
        if answer:
            self._put(asked, answer)

    def _is_head(self, label: str, answer: list[str]) -> bool:
        if label == folded(ASKED):
            return True
        is_answer = [folded(line) for line in answer] in ([], [folded(ANSWER)])
        return (
            self.head is not None
            and self.head.fullmatch(label) is not None
            and is_answer
            and (label not in self.asked or bool(answer))
        )

    def _terms(self, asked: Field) -> set[str]:
        return {folded(words) for pair in asked.terms.items() for words in pair}

    def _put(self, asked: Field, answer: list[str]) -> None:
        place = self._place(asked)
        steps = asked.steps or (asked.name,)
        if steps in self.entries[-1] and self.is_list:
            self.entries.append({})
            place = self._place(asked)
        entry = self.entries[-1]
        before = entry[steps].lines if steps in entry else ()
        if before and not asked.many:
            self.sheet.left_out(place, f"a second answer stands in the file: '{' '.join(answer)}'", "keep one")
            return
        entry[steps] = Given((*before, *answer), place)

    def _place(self, asked: Field | None = None) -> str:
        block = f", block {len(self.entries)}" if self.is_list else ""
        row = f", row '{asked.title}'" if asked is not None and asked is not self.way[-1] else ""
        return f"'{self.heading}'{block}{row}"
