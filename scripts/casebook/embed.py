"""The card of an item in the frame of another site: what it says, how high the frame must be, and the code for it.

The code and the record for oEmbed are made here both, so that they cannot differ.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from casebook.model import BestPractice, CaseStudy, Exercise, LearningPath
from casebook.text import first_sentence, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.model import Item

SCRIPT = "assets/casebook/js/embed.js"
MOST_LESSONS = 2
FIRST_STEP = "If you are five people, start here"
# CSS pixels for which the height is counted: the column of a course page. In a narrower frame the reader scrolls.
WIDTH = 600
_COLUMN = WIDTH - 42
# What stands around the text: the place, the evidence in two lines, link, address and licence, and the space between.
_FRAME = 300
_FRAME_WITHDRAWN = 260
# Mean width of a letter as a part of its size, in the widest of the usual typefaces: better room than a bar to scroll.
# A wide letter, such as a Chinese one, is as wide as it is high.
_LETTER = 0.57
_DAY = 86_400
# Size of the picture for link previews at `card.png`.
PICTURE = (1200, 630)


@dataclass(frozen=True, slots=True)
class Card:
    """What the card of an item says first, as plain text.

    `place` is where it belongs: `Case study`, `Brazil`, `1987`. `lead` is the statement of a practice, the beginning
    of the summary of a case, or why an item is withdrawn. `points` are the first lessons of a case or the first step
    of a practice; `more` is how many lessons are left. `successor` is what to read instead of a withdrawn item.
    """

    item: Item
    place: tuple[str, ...]
    lead: str
    points: tuple[str, ...] = ()
    more: int = 0
    topics: tuple[str, ...] = ()
    successor: Item | None = None

    @property
    def address_of_record(self) -> str:
        """Address of the record for oEmbed."""
        return f"{self.item.embed_address}oembed.json"

    @property
    def height(self) -> int:
        """CSS pixels that the card needs in a frame of `WIDTH`: what its text takes, with a little room."""
        frame = _FRAME if self.item.is_shown else _FRAME_WITHDRAWN
        points = sum(_height(point, 15, 22.5, indent=32) + 12 for point in self.points)
        title, lead = _height(self.item.title, 23, 27.5), _height(self.lead, 16, 24)
        return math.ceil(frame + title + lead + points + _height(" · ".join(self.topics), 13, 19.5))


def card(item: Item, library: Library) -> Card:
    """Return the card of an item."""
    if not item.is_shown:
        successor = library.items.get(item.superseded_by)
        return Card(item, (item.kind.label,), plain(item.withdrawn_reason), successor=successor)
    topics = tuple(library.vocabularies["topics"].label(topic) for topic in item.topics)
    lessons = item.lessons if isinstance(item, CaseStudy) else ()
    points = [plain(lesson.lesson) for lesson in lessons[:MOST_LESSONS]]
    lead = first_sentence(item.summary)
    if isinstance(item, BestPractice):
        lead, points = item.statement or lead, [plain(item.first_step)] if item.first_step else []
    place = (item.kind.label, *_where(item, library))
    return Card(item, place, plain(lead), tuple(points), max(len(lessons) - MOST_LESSONS, 0), topics)


def code(shown: Card, site: Site, *, resizing: bool = False) -> str:
    """Return the HTML that shows a card in another page.

    Args:
        shown: the card.
        site: where the site will stand; without an address of its own the code has the path from its root.
        resizing: whether a script of the site sets the height of the frame, for pages that allow scripts.
    """
    frame = (
        f'<iframe src="{escape(site.address(shown.item.embed_address))}" title="{escape(_title(shown, site))}" '
        f'width="100%" height="{shown.height}" style="border: 0" loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )
    return f'{frame}\n<script async src="{escape(site.address(SCRIPT))}"></script>' if resizing else frame


def record(shown: Card, site: Site) -> dict[str, Any]:
    """Return the record of a card for oEmbed 1.0, of the type `rich`; it makes sense on a site with an address only."""
    return {
        "type": "rich",
        "version": "1.0",
        "title": shown.item.title,
        "author_name": ", ".join(shown.item.authors),
        "provider_name": site.name,
        "provider_url": site.address(""),
        "cache_age": _DAY,
        "html": code(shown, site),
        "width": WIDTH,
        "height": shown.height,
        **_thumbnail(shown.item, site),
    }


def _thumbnail(item: Item, site: Site) -> dict[str, Any]:
    """Return the picture of an item that can be read; a withdrawn one has none."""
    width, height = PICTURE
    picture = {"thumbnail_url": site.address(f"{item.address}card.png")}
    return {**picture, "thumbnail_width": width, "thumbnail_height": height} if item.is_shown else {}


def _where(item: Item, library: Library) -> Iterator[str]:
    if isinstance(item, CaseStudy) and item.event:
        yield ", ".join(library.vocabularies["countries"].label(code) for code in item.event.countries)
        yield str(item.event.period.first.year)
    if isinstance(item, Exercise | LearningPath):
        yield f"{item.minutes} minutes"


def _title(shown: Card, site: Site) -> str:
    return f"{shown.item.title} - {site.name}"


def _height(text: str, size: float, leading: float, indent: int = 0) -> float:
    """Return the height of a text in CSS pixels, from the size of its letters and the distance of its lines."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    length = (wide + (len(text) - wide) * _LETTER) * size
    return math.ceil(length / (_COLUMN - indent)) * leading
