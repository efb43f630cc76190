"""What every format of metadata says of an item: its authors, subjects and number, and the address to cite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebook import parts
from casebook.model import CaseStudy
from casebook.release import newest_of
from casebook.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.library import Library
    from casebook.model import Item
    from casebook.release import Release
    from casebook.vocabulary import Vocabularies

CARD_SIZE = (1200, 630)


@dataclass(frozen=True, slots=True)
class Cited:
    """What a reference says of an item as it is now, or of a released version of it. The address is from the root."""

    title: str
    authors: Sequence[str]
    day: str
    number: str
    language: str
    abstract: str
    subjects: Sequence[str]
    address: str


def cited(item: Item, library: Library) -> Cited:
    """Return what a reference says of an item as it is now."""
    return Cited(
        item.title,
        item.authors,
        item.last_changed,
        number(item.id, item.version),
        item.language,
        abstract(item.summary),
        subjects(item, library.vocabularies),
        cited_address(item, library),
    )


def cited_release(release: Release) -> Cited:
    """Return what a reference says of a released version: its words as they were, and no others."""
    data, words = release.data, release.labels.get("topics", {})
    return Cited(
        release.title,
        parts.authors(data),
        release.date,
        number(release.id, release.version),
        parts.line(data.get("language")) or "en",
        abstract(parts.line(data.get("summary"))),
        [words.get(topic, topic) for topic in parts.texts(data, "topics")],
        release.address,
    )


def subjects(item: Item, vocabularies: Vocabularies) -> list[str]:
    """Return the words of the topics of an item, which become tags in a reference manager.

    They are the same on all items, so that they group them. The author's keywords are not: up to forty of them say
    what a reader may type.
    """
    return [vocabularies["topics"].label(topic) for topic in item.topics]


def terms(item: Item, vocabularies: Vocabularies) -> list[str]:
    """Return the words of all terms that say what an item is about: topics, and factors and countries of a case."""
    named = [("topics", one) for one in item.topics]
    if isinstance(item, CaseStudy):
        named += [("factors", one.factor) for one in item.factors]
        named += [("countries", code) for code in (item.event.countries if item.event else ())]
    return list(dict.fromkeys(vocabularies[name].label(one) for name, one in named))


def number(item_id: str, version: int) -> str:
    """Return the number of an item as a report: what a reader needs to find the same words again."""
    return f"{item_id}, version {version}"


def abstract(summary: str) -> str:
    """Return a summary on one line and without citations."""
    return " ".join(plain(summary).split())


def cited_address(item: Item, library: Library) -> str:
    """Return the address that a citation should name: the one of this version when it is released, else the page."""
    return item.version_address(item.version) if newest_of(item, library.releases) else item.address


def card_address(item: Item) -> str:
    """Return the address of the picture of an item for social networks."""
    return f"{item.address}card.png"


def handout_address(item: Item) -> str:
    """Return the address of the handout of an item for trainees."""
    return f"{item.address}handout.pdf"
