"""The author's text sentence by sentence: words, citations, figures, and how hard it is to read.

Grade of reading: Kincaid, Fishburne, Rogers and Chissom, 'Derivation of New Readability Formulas', Research Branch
Report 8-75 (1975). Syllables are counted by the hyphenation patterns of pyphen, which is close enough for a warning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyphen

from casebook.text import CITATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

# A full stop ends a sentence when the marks that follow it are followed by a space and the beginning of a new one.
_END = re.compile(r"[.!?]['\"\u201d\u2019)]*(?:\s*\[\^[^\[\]\s]+\])*(?=\s+['\"\u201c\u2018(\[]*[A-Z0-9À-Þ]|\s*$)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:No|Nos|Rev|St|Dr|Mr|Mrs|Ms|Prof|Inc|Ltd|Co|Art|Sect|Fig|Vol|vs|approx|e\.g|i\.e|cf|al)|\b[A-Z])\.$"
)
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
# Digits that stand alone, and not in a name such as Y-12, Cs-137, Doel 4, Category 1 or Resolution 1540.
# A run of digits is taken whole (`++`), so that a long one is read once.
_FIGURE = re.compile(r"(?<![\w.,/-])(?:[A-Z]{3} |[€$£])?\d++(?:[.,]\d*+)*(?:\s?%)?(?![\w/-]*[A-Za-z])")
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NO_NAMES = rf"(?:{_MONTHS}|In|On|By|At|From|Of|About|Some|Since|Until|The|After|Before|For|To|And|Only|Over)"
_NAME_BEFORE = re.compile(
    rf"(?:\b(?!{_NO_NAMES}\b)[A-Z][\w.-]*[\s-](?:No\.\s)?|\b(?:step|unit|level|class|phase|question|part)s?\s)"
    r"(?:\d+(?:, \d+)*(?: and | to | or ))?$"
)
# How far before a figure its name is looked for, in characters: without an end, many figures would take for ever.
_NAME_REACH = 120


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body: its line counted from 0, its text as written, and without citations.

    `own` is the text without the words of links, whose figures belong to the title of another item.
    """

    line: int
    written: str
    own: str

    @property
    def plain(self) -> str:
        """The sentence without citations."""
        return " ".join(CITATION.sub("", self.written).split())

    @property
    def words(self) -> list[str]:
        """The words of the sentence."""
        return words(self.plain)

    @property
    def is_cited(self) -> bool:
        """Whether the sentence carries a citation."""
        return CITATION.search(self.written) is not None

    @property
    def figures(self) -> list[str]:
        """The figures of the sentence: dates, counts, amounts and measures that are written with digits."""
        text = CITATION.sub("", self.own)
        return [match.group().strip(" .,") for match in _FIGURE.finditer(text) if not _named(text, match.start())]


def _named(text: str, start: int) -> bool:
    return _NAME_BEFORE.search(text, max(0, start - _NAME_REACH), start) is not None


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text)


def of_stream(stream: Sequence[Token]) -> Iterator[Sentence]:
    """Yield the sentences of the paragraphs and list entries of a body, headings left out."""
    for index, token in enumerate(stream):
        if token.type == "inline" and stream[index - 1].type != "heading_open":
            line = token.map[0] if token.map else 0
            yield from _of_block(token, line)


def _of_block(token: Token, first: int) -> Iterator[Sentence]:
    written, own, depth = "", "", 0
    for child in token.children or ():
        depth += child.nesting if child.tag == "a" else 0
        piece = {"softbreak": "\n", "hardbreak": "\n", "citation": f"[^{child.content}]"}.get(child.type, child.content)
        written += piece
        own += piece if depth == 0 or child.type == "citation" else " " * len(piece)
    start = 0
    for end in _ends(written):
        part = written[start:end]
        line = first + written.count("\n", 0, start + len(part) - len(part.lstrip()))
        if part.strip():
            yield Sentence(line, part.strip(), own[start:end])
        start = end


def of_text(text: str) -> list[str]:
    """Return the sentences of a plain text field, without citations."""
    found, start = [], 0
    for end in _ends(text):
        found.append(" ".join(CITATION.sub("", text[start:end]).split()))
        start = end
    return [one for one in found if one]


def _ends(text: str) -> list[int]:
    ends = [match.end() for match in _END.finditer(text) if not _abbreviated(text, match.start() + 1)]
    return ends if ends and not text[ends[-1] :].strip() else [*ends, len(text)]


def _abbreviated(text: str, end: int) -> bool:
    return _ABBREVIATION.search(text[max(0, end - 12) : end]) is not None


def grade(sentences: Iterable[Sentence]) -> float:
    """Return the Flesch-Kincaid grade of some sentences: years of school that a reader in English needs."""
    lists = [one.words for one in sentences if one.words]
    count = sum(len(one) for one in lists)
    if not count:
        return 0.0
    syllables = sum(_syllables(word) for one in lists for word in one)
    return 0.39 * count / len(lists) + 11.8 * syllables / count - 15.59


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB", left=1, right=1)


@cache
def _syllables(word: str) -> int:
    return len(_hyphenation().positions(word)) + 1
