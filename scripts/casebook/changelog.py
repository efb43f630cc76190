"""The change log of the library: every version of every published item and every withdrawal, the newest first.

Feeds and the page 'What changed' are made from it. Drafts are not in it: nobody outside has seen them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from casebook.facet import FACET_BY_NAME
from casebook.registry import KINDS
from casebook.release import comparisons
from casebook.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.library import Library
    from casebook.model import Item, Version

ADDRESS = "changes/"
TITLE = "What changed"


@dataclass(frozen=True, slots=True)
class Change:
    """A version of an item, or its withdrawal, with the day and the words of the authors.

    `comparison` is the address of the page that shows what is new since the version before; empty where there is none,
    because it is the first or because one of the two is not released.
    """

    item: Item
    version: int
    date: str
    words: str
    comparison: str = ""
    is_first: bool = False
    is_withdrawal: bool = False

    @property
    def headline(self) -> str:
        """The change in a few words, for a list of titles."""
        if self.is_withdrawal:
            return f"Withdrawn: {self.item.title}"
        return f"New: {self.item.title}" if self.is_first else f"Version {self.version}: {self.item.title}"


@dataclass(frozen=True, slots=True)
class Channel:
    """Changes that can be followed on their own: title, address of its feeds without ending, and of its page."""

    title: str
    address: str
    page: str
    changes: Sequence[Change]

    @classmethod
    def of_all(cls, changes: Sequence[Change]) -> Self:
        """Return the channel of the whole library."""
        return cls("The whole library", "feeds/library", ADDRESS, changes)


def changes(library: Library) -> list[Change]:
    """Return all changes, the newest first, those of a day by the ids of their items."""
    public = [item for item in library.items.values() if item.is_public]
    found = [change for item in sorted(public, key=lambda one: one.id) for change in _of_item(item, library)]
    return sorted(found, key=lambda change: change.date, reverse=True)


def channels(library: Library, changed: Sequence[Change]) -> Iterator[Channel]:
    """Yield the channel of the library, and one for each kind and each topic, a topic with its subtopics."""
    yield Channel.of_all(changed)
    for kind in KINDS:
        own = [change for change in changed if change.item.kind == kind]
        yield Channel(kind.plural, f"feeds/kinds/{kind.name}", f"{kind.address}/", own)
    topics = library.vocabularies["topics"]
    by_topic: dict[str, list[Change]] = {topic.id: [] for topic in topics}
    for change in changed:
        # Withdrawn items are in no list of the library, but those who follow a topic must hear of them.
        for topic_id in FACET_BY_NAME["topic"].values(change.item, library.vocabularies):
            by_topic[topic_id].append(change)
    mains = (topic for topic in topics if not topic.parent)
    for topic in (one for main in mains for one in (main, *topics.children(main.id))):
        yield Channel(topic.label, f"feeds/topics/{topic.id}", f"topics/{topic.id}/", by_topic[topic.id])


def _of_item(item: Item, library: Library) -> Iterator[Change]:
    """Yield the changes of an item, the newest first."""
    if not item.is_shown:
        # Its text does not count as a version: the day is that of the last change that is known.
        yield Change(item, item.version, item.last_changed, plain(item.withdrawn_reason), is_withdrawal=True)
    compared = comparisons(item, library.releases)
    for entry in reversed(item.history):
        yield _of_version(item, entry, compared)


def _of_version(item: Item, entry: Version, compared: Mapping[int, str]) -> Change:
    first = entry is item.history[0]
    return Change(item, entry.version, entry.date, entry.change, compared.get(entry.version, ""), is_first=first)
