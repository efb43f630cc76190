"""Links with a meaning, for machines: Signposting (https://signposting.org/FAIR/), oEmbed, and feeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebook.artifact import CONTENT_LICENCE_URL
from casebook.metadata import facts
from casebook.model import CaseStudy
from casebook.registry import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.model import Item
    from casebook.vocabulary import Vocabularies

CSL_JSON = "application/vnd.citationstyles.csl+json"
LINKSET = "application/linkset+json"
OEMBED = "application/json+oembed"
ATOM, JSON_FEED = "application/atom+xml", "application/feed+json"
ABOUT = "about/"
SCHEMA_ORG = "https://schema.org/"
_FULL = "https://"
# The theme takes a link whose whole `rel` is this for another language, and asks for a site map beside it. One more
# word keeps it from that; readers of feeds and of oEmbed look for the word and the type.
_ALTERNATE = "alternate"


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its relation, its target from the root of the site or as a full address, the target's type and title."""

    rel: str
    target: str
    type: str = ""
    title: str = ""

    @property
    def is_full(self) -> bool:
        """Whether the target is a full address, which is the same from everywhere."""
        return self.target.startswith(_FULL)


def types_of(item: Item) -> tuple[str, str]:
    """Return the types of schema.org that an item has."""
    return ("Report" if isinstance(item, CaseStudy) else "Article", "LearningResource")


def linkset_address(item: Item) -> str:
    """Return the address of the link set of an item."""
    return f"{item.address}linkset.json"


def signposts(item: Item, library: Library, site: Site) -> Iterator[Link]:
    """Yield the links that lead a machine from the page of an item to what belongs to it."""
    yield Link("cite-as", facts.cited_address(item, library))
    yield from descriptions(item)
    yield from contents(item, library, site)
    yield Link("license", CONTENT_LICENCE_URL)
    # Nobody in the library has an address as a person yet; the page says who the editors are.
    yield Link("author", ABOUT, "text/html", ", ".join(item.authors))
    for name in ("AboutPage", *types_of(item)):
        yield Link("type", f"{SCHEMA_ORG}{name}")


def descriptions(item: Item) -> Iterator[Link]:
    """Yield the descriptions of an item."""
    yield Link("describedby", f"{item.address}cite.csl.json", CSL_JSON)
    yield Link("describedby", item.data_address, "application/json")


def contents(item: Item, library: Library, site: Site) -> Iterator[Link]:
    """Yield what an item consists of: its text, on its page or as it was released, and its handout."""
    yield Link("item", facts.cited_address(item, library), "text/html")
    if site.handouts:
        yield Link("item", facts.handout_address(item), "application/pdf")


def of_item(item: Item, library: Library, site: Site) -> Iterator[Link]:
    """Yield the links that stand in the head of the page of an item."""
    # The types of a link are not for HTML: `rel=type` there would name a type of link that browsers do not know.
    yield from (link for link in signposts(item, library, site) if link.rel != "type")
    yield Link("linkset", linkset_address(item), LINKSET)
    yield Link(f"{_ALTERNATE} oembed", f"{item.embed_address}oembed.json", OEMBED, item.title)


def feeds(address: str, vocabularies: Vocabularies, site: Site) -> Iterator[Link]:
    """Yield the feeds for the page at an address: those of its topic or kind first, those of the library last."""
    place, _, rest = address.partition("/")
    term = vocabularies["topics"].get(rest.partition("/")[0]) if place == "topics" else None
    if term:
        yield from _both(f"feeds/topics/{term.id}", f"{site.name}: {term.label}")
    for kind in KINDS:
        if address == f"{kind.address}/" or address.startswith(f"{kind.address}/page/"):
            yield from _both(f"feeds/kinds/{kind.name}", f"{site.name}: {kind.plural}")
    yield from _both("feeds/library", site.name)


def _both(stem: str, title: str) -> Iterator[Link]:
    yield Link(f"{_ALTERNATE} feed", f"{stem}.atom", ATOM, title)
    yield Link(f"{_ALTERNATE} feed", f"{stem}.json", JSON_FEED, title)
