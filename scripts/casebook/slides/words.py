"""The author's text as runs and notes: citations become the numbers that the slide of sources has too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL
from casebook.citation import plain, record
from casebook.dates import EventDate
from casebook.reviews import CROSS_REVIEWED, NONE
from casebook.slides.deck import (
    BULLET,
    PLAIN,
    SOURCE,
    SOURCES,
    Deck,
    Entry,
    Paragraph,
    Picture,
    Properties,
    Run,
    Slide,
    entry,
    run,
)
from casebook.text import CITATION, citations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.model import Item, Source

_OPEN = ("draft", "in-review")


@dataclass(frozen=True)
class Words:
    """An item, and the library and the site in which it is, while its slides are made."""

    item: Item
    library: Library
    site: Site

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Numbers of the sources by their ids."""
        return {source.id: number for number, source in enumerate(self.item.sources, 1)}

    @cached_property
    def place(self) -> str:
        """The short address, or the id on a site without an address."""
        return self.place_of(self.item)

    def place_of(self, item: Item) -> str:
        """Return where an item is found: its short address, or its id on a site without an address."""
        return self.site.address(item.short_address) if self.site.url else item.id

    def label(self, vocabulary: str, term: str) -> str:
        """Return the label of a term."""
        return self.library.vocabularies[vocabulary].label(term)

    def runs(self, text: str, sources: Iterable[str] = (), *, bold: bool = False) -> tuple[Run, ...]:
        """Return a field as runs, each citation as a raised number, and those of a list of sources behind it."""
        found: list[Run] = []
        pieces = [*CITATION.split(text), *(one for source in sources for one in (source, ""))]
        marks: list[str] = []
        for index, part in enumerate(pieces):
            if index % 2:
                marks.append(part)
            elif part.strip() or index + 1 == len(pieces):
                found += self._mark(marks)
                marks = []
                # A mark stands at its word, wherever the author put the blank.
                words = run(part.rstrip() if index + 1 < len(pieces) else part, bold=bold)
                found += [words] if words.text else []
        return tuple(found)

    def entry(
        self, text: str, sources: Sequence[str] = (), style: str = BULLET, number: int = 0, **more: object
    ) -> Entry:
        """Return a field as an entry, with the sources that it names; `more` are `notes`."""
        paragraph = Paragraph(self.runs(text, sources), style, number)
        return Entry((paragraph,), sources=(*citations(text), *sources), **more)  # type: ignore[arg-type]

    def labelled(self, label: str, text: str, sources: Sequence[str] = (), **more: object) -> Entry:
        """Return a bullet that begins with a label in bold."""
        runs = (run(f"{label}: ", bold=True), *self.runs(text, sources))
        return Entry((Paragraph(runs, BULLET),), sources=(*citations(text), *sources), **more)  # type: ignore[arg-type]

    @property
    def state(self) -> str:
        """How the item was reviewed, its version and the day of that."""
        item, standing = self.item, self.library.standing(self.item)
        count = len(item.reviews)
        parts = ["not yet peer-reviewed"]
        if standing.state != NONE:
            crossed = "cross-reviewed, " if standing.state == CROSS_REVIEWED else ""
            parts = [f"{crossed}{count} {'review' if count == 1 else 'reviews'} recorded"]
        if standing.dissents:
            parts.append("a dissent stands open")
        if item.status in _OPEN:
            parts.append(f"{'draft' if item.status == 'draft' else 'in review'}, not on the public site")
        day = f" of {EventDate.parse(item.last_changed)}" if item.last_changed else ""
        text = f"{'; '.join(parts)}; version {item.version}{day}"
        return text[:1].upper() + text[1:]

    @property
    def topics(self) -> str:
        """The topics of the item by their labels."""
        return ", ".join(self.label("topics", one) for one in self.item.topics)

    @property
    def picture(self) -> Picture | None:
        """The QR code of the short address; nothing on a site without an address."""
        return Picture(self.place, self.item.title) if self.site.url else None

    def picture_of(self, item: Item) -> Picture | None:
        """Return the QR code of another item; nothing on a site without an address."""
        return Picture(self.place_of(item), item.title) if self.site.url else None

    def sources(self, section: str, note: str) -> list[Slide]:
        """Return the slide of the sources; nothing for an item without any."""
        if not self.item.sources:
            return []
        entries = tuple(self._source(number, one) for number, one in enumerate(self.item.sources, 1))
        # The type may be small: nobody reads them aloud.
        return [Slide("Sources", entries, notes=(note,), section=section, sizes=SOURCES, good=SOURCES[-1])]

    def closing(self, section: str, note: str) -> Slide:
        """Return the last slide: where all of it is found, how to cite it, and what the licence asks."""
        item = self.item
        cited = plain.line(record.of_item(item, self.library, self.site))
        where = f"The whole {item.kind.label.lower()} with its sources: " if item.sources else "Where it is found: "
        entries = (
            entry(where, run(self.place, link=self.place), style=PLAIN),
            entry(run("Cite as: ", bold=True), cited, style=PLAIN),
            entry(
                run(CONTENT_LICENCE, bold=True, link=CONTENT_LICENCE_URL),
                ". You may copy, translate, shorten and change these slides. Name the source.",
                style=PLAIN,
            ),
            entry(run(self.state, quiet=True), style=PLAIN),
        )
        layout = "code" if self.picture else "content"
        return Slide("Where this comes from", entries, layout, picture=self.picture, notes=(note,), section=section)

    def deck(self, slides: Iterable[Slide]) -> Deck:
        """Return the deck of the item."""
        licence = f"{self.site.name} · {CONTENT_LICENCE}"
        known = {one.id: self._cited(number, one) for number, one in enumerate(self.item.sources, 1)}
        return Deck(tuple(slides), self._properties(), f"{self.place} · {licence}", licence, known)

    def _mark(self, sources: Iterable[str]) -> list[Run]:
        numbers = [str(self.numbers[one]) for one in dict.fromkeys(sources) if one in self.numbers]
        return [Run(f"[{','.join(numbers)}]", is_mark=True)] if numbers else []

    def _source(self, number: int, one: Source) -> Entry:
        author = f"{one.author}. " if one.author else ""
        more = ", ".join(str(part) for part in (one.year, one.identifier) if part)
        # A language changes how a screen reader speaks a title, and which letters East Asian text has.
        title = run(one.title, language=one.language)
        # The host leads there: it says where, and LibreOffice keeps the words of a link on one line.
        return entry(
            f"[{number}] {author}",
            title,
            f". {more}. " if more else ". ",
            run(_host(one.url), link=one.url),
            style=SOURCE,
        )

    def _cited(self, number: int, one: Source) -> str:
        author = f"{one.author}. " if one.author else ""
        more = ". ".join(str(part) for part in (one.year, one.identifier, one.url) if part)
        return f"[{number}] {author}{one.title}. {more}"

    def _properties(self) -> Properties:
        item = self.item
        return Properties(
            title=item.title,
            subject=f"{item.kind.label}: {self.topics}",
            keywords=", ".join([self.topics, *(one.replace(",", " ") for one in item.keywords)]),
            language=item.language,
            authors=f"{', '.join(item.authors)}. {CONTENT_LICENCE}",
            created=item.first_published,
            modified=item.last_changed,
            version=item.version,
            identifier=self.place,
        )


def _host(url: str) -> str:
    """Return the host of an address; nothing of one that cannot be read."""
    try:
        return urlsplit(url).netloc.removeprefix("www.")
    except ValueError:
        return ""
