"""`/feeds/**.atom` and `/feeds/**.json`: what changed, as Atom (RFC 4287) and as JSON Feed 1.1."""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL, Artifact, relative
from casebook.changelog import changes, channels

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.artifact import Site
    from casebook.changelog import Change, Channel
    from casebook.library import Library
    from casebook.shape import Shapes
    from casebook.vocabulary import Vocabulary

MOST = 50
ATOM = "http://www.w3.org/2005/Atom"
JSON_FEED = "https://jsonfeed.org/version/1.1"
# Feed readers know an entry by its id alone: another id for the same change would show it to every reader once more.
# An id made of the address of the site would change when the site moves, and there may be no address at all. So each
# id is a UUID made from this name space, which is the Casebook's own and never changes, and from what the entry is
# about: kind, first id of the item, version.
_NAMESPACE = UUID("7b0c5d1e-4a53-4f0e-9d0b-6f1f8a2c9e47")
# A feed must say when it changed last, also when nothing is in it yet.
_NEVER = "1970-01-01"


def files(library: Library, _shapes: Shapes, site: Site) -> Iterator[Artifact]:
    """Yield two feeds for the library, for each kind and for each topic."""
    for channel in channels(library, changes(library)):
        feed = _Feed(channel, library.vocabularies["topics"], site)
        yield Artifact(f"{channel.address}.atom", feed.atom())
        yield Artifact(f"{channel.address}.json", feed.json())


def urn(*names: str | int) -> str:
    """Return the id that some names always have, whatever the address of the site."""
    return uuid5(_NAMESPACE, "/".join(str(name) for name in names)).urn


def _id(change: Change) -> str:
    item = change.item
    # Former ids stand in their order, so that the first one stays the first when an item is renamed.
    first_id = item.aliases[0] if item.aliases else item.id
    return urn(item.kind.name, first_id, "withdrawn" if change.is_withdrawal else change.version)


def _instant(date: str) -> str:
    """Return the beginning of a day; the history of an item knows no hours."""
    return f"{date}T00:00:00Z"


def _text(change: Change) -> str:
    """Return the words of a change; a new item is introduced by its summary."""
    new = change.is_first and change.item.is_shown
    return f"{change.words}\n\n{change.item.summary}" if new else change.words


@dataclass(frozen=True, slots=True)
class _Feed:
    """The feeds of a channel."""

    channel: Channel
    topics: Vocabulary
    site: Site

    @property
    def changes(self) -> Sequence[Change]:
        """The changes that a feed has room for."""
        return self.channel.changes[:MOST]

    @property
    def title(self) -> str:
        """Title of the feed."""
        return f"{self.site.name}: {self.channel.title}"

    @property
    def words(self) -> str:
        """What the feed holds."""
        return f"New items, new versions and withdrawals, the newest first. This feed has the newest {MOST} at most."

    @property
    def author(self) -> str:
        """Who wrote what has no names of its own."""
        return f"{self.site.name} contributors"

    def atom(self) -> bytes:
        """Return the feed as Atom."""
        feed = Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
        _add(feed, "title", self.title)
        _add(feed, "subtitle", self.words)
        _add(feed, "id", urn(self.channel.address))
        _add(feed, "updated", _instant(self.changes[0].date if self.changes else _NEVER))
        _add(SubElement(feed, "author"), "name", self.author)
        _add(feed, "rights", f"{CONTENT_LICENCE}, {CONTENT_LICENCE_URL}")
        # The relation 'license' is RFC 4946.
        _add(feed, "link", rel="license", href=CONTENT_LICENCE_URL)
        _add(feed, "link", rel="alternate", type="text/html", href=self._href(self.channel.page))
        if self.site.url:
            own = f"{self.channel.address}.atom"
            _add(feed, "link", rel="self", type="application/atom+xml", href=self.site.address(own))
        for change in self.changes:
            self._entry(SubElement(feed, "entry"), change)
        indent(feed, "")
        return bytes(tostring(feed, encoding="utf-8", xml_declaration=True)) + b"\n"

    def _entry(self, entry: Element, change: Change) -> None:
        item = change.item
        if item.language != "en":
            entry.set("xml:lang", item.language)
        _add(entry, "title", change.headline)
        _add(entry, "id", _id(change))
        _add(entry, "published", _instant(change.date))
        _add(entry, "updated", _instant(change.date))
        for name in item.authors:
            _add(SubElement(entry, "author"), "name", name)
        _add(entry, "link", rel="alternate", type="text/html", href=self._href(item.address))
        if change.comparison:
            _add(entry, "link", rel="related", type="text/html", href=self._href(change.comparison))
        for topic in item.topics:
            _add(entry, "category", term=topic, label=self.topics.label(topic))
        _add(entry, "summary", _text(change))

    def _href(self, target: str) -> str:
        """Return the full address of a page; without an address of the site, one relative to the feed.

        RFC 4287 takes a relative reference, which a reader resolves against the address from which it has the feed. So
        it leads to the right page wherever the folder of the site stands. What the RFC only recommends, the address of
        the feed itself, cannot be said then and is left out.
        """
        return self.site.address(target) if self.site.url else relative(target, posixpath.dirname(self.channel.address))

    def json(self) -> str:
        """Return the feed as JSON Feed.

        JSON Feed knows no relative addresses: without an address of the site there are none in it, and a program finds
        the page by the path under `_casebook`.
        """
        own = {"feed_url": f"{self.channel.address}.json", "home_page_url": self.channel.page}
        feed = {
            "version": JSON_FEED,
            "title": self.title,
            "description": self.words,
            "language": "en",
            "authors": [{"name": self.author}],
            **({key: self.site.address(path) for key, path in own.items()} if self.site.url else {}),
            "_casebook": {"licence": CONTENT_LICENCE_URL, "about": self.site.address("about/data/#feeds")},
            "items": [self._item(change) for change in self.changes],
        }
        return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"

    def _item(self, change: Change) -> dict[str, Any]:
        item = change.item
        authors = [{"name": name} for name in item.authors]
        return {
            "id": _id(change),
            **({"url": self.site.address(item.address)} if self.site.url else {}),
            "title": change.headline,
            "content_text": _text(change),
            "date_published": _instant(change.date),
            "date_modified": _instant(change.date),
            **({"authors": authors} if authors else {}),
            "tags": list(item.topics),
            "language": item.language,
            "_casebook": {
                "kind": item.kind.name,
                "id": item.id,
                "version": change.version,
                "withdrawn": change.is_withdrawal,
                "page": item.address,
                "comparison": change.comparison,
            },
        }


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> None:
    SubElement(parent, name, attributes).text = text or None
