"""A deck of slides as a value, before anything is measured or written.

Text is in runs, runs in paragraphs, and paragraphs that may not be parted in an entry. An entry brings along what the
speaker should know of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casebook.socialcard.wrap import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable

PLAIN, BULLET, NUMBER, LETTER, SOURCE = "plain", "bullet", "number", "letter", "source"
# No bullet is smaller than this, in points; only sources are.
SMALLEST = 18
_TEXT = (28, 24, 20, SMALLEST)
SOURCES = (14, 13, 12)


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of one kind; `is_mark` is a raised number of a source, `link` an address, `language` if another."""

    text: str
    bold: bool = False
    quiet: bool = False
    is_mark: bool = False
    link: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `number` is where it stands in a list of numbers or letters."""

    runs: tuple[Run, ...]
    style: str = PLAIN
    number: int = 0

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Entry:
    """Paragraphs that stay on one slide, with what the speaker should know, and the ids of the cited sources."""

    paragraphs: tuple[Paragraph, ...]
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """The QR code of an address; `about` is what is found there."""

    address: str
    about: str


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide to be fitted: a list that is too long for one becomes several.

    Args:
        title: its title.
        entries: its text, or the left column.
        layout: the name of its layout.
        right: the text of the right column.
        picture: a QR code, where the layout has a place for one.
        notes: what the speaker should know besides what the entries say.
        section: the part of the deck.
        told: whether the class may know by now which case it is.
        most: most entries on one slide; 0 for any number.
        sizes: the sizes of the type, the largest first.
        good: the smallest size that is taken before a list is parted.
    """

    title: str
    entries: tuple[Entry, ...] = ()
    layout: str = "content"
    right: tuple[Entry, ...] = ()
    picture: Picture | None = None
    notes: tuple[str, ...] = ()
    section: str = ""
    told: bool = True
    most: int = 0
    sizes: tuple[int, ...] = _TEXT
    good: int = 20


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself; days are `YYYY-MM-DD` or empty."""

    title: str
    subject: str
    keywords: str
    language: str
    authors: str
    created: str
    modified: str
    version: int
    identifier: str


@dataclass(frozen=True, slots=True)
class Deck:
    """All slides of an item.

    Args:
        slides: in their order.
        properties: what the file says of itself.
        sources: each source as one line of text, by its id, for the notes.
        footer: what stands below each slide.
        silent_footer: what stands there as long as the class does not know the case.
    """

    slides: tuple[Slide, ...]
    properties: Properties
    footer: str
    silent_footer: str
    sources: dict[str, str] = field(default_factory=dict)


def run(text: str, **kind: bool | str) -> Run:
    """Return words as a run: on one line, without signs that no file can hold or that nobody sees."""
    ends = " " if text[-1:].isspace() else ""
    begins = " " if text[:1].isspace() else ""
    return Run(f"{begins}{cleaned(text)}{ends}", **kind)  # type: ignore[arg-type]


def entry(*runs: Run | str, style: str = BULLET, number: int = 0) -> Entry:
    """Return an entry of one paragraph."""
    made = tuple(run(one) if isinstance(one, str) else one for one in runs)
    return Entry((Paragraph(made, style, number),))


def entries(texts: Iterable[str], style: str = BULLET) -> tuple[Entry, ...]:
    """Return texts as entries, in their order."""
    return tuple(entry(text, style=style, number=number) for number, text in enumerate(texts, 1))
