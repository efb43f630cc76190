"""`/assets/basket/`: what the page 'My course' must know, as scripts: those can be loaded from a disk too.

`facts.js` has minutes and first sentence of every item and the steps of a learning path. Each `items/<id>.js` has what
is only needed for a file of citations or for slides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.artifact import script
from casebook.citation import FILES, plain, record
from casebook.embed import FIRST_STEP
from casebook.model import BestPractice, CaseStudy, Exercise, LearningPath
from casebook.text import first_sentence
from casebook.text import plain as plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Artifact, Site
    from casebook.library import Library
    from casebook.model import Item
    from casebook.shape import Shapes

MOST_POINTS = 3
# To read an item that does not say how long it takes.
MINUTES = 10


def files(library: Library, _shapes: Shapes, site: Site) -> Iterator[Artifact]:
    """Yield the scripts."""
    shown = sorted(library.shown, key=lambda item: item.id)
    items = {item.id: _fact(item, library) for item in shown}
    yield script("assets/basket/facts.js", "casebookMinutes", {"name": site.name, "items": items})
    for item in shown:
        told = {"cited": _cited(item, library, site), "slide": _slide(item)}
        yield script(f"assets/basket/items/{item.id}.js", "casebookItem", told)


def minutes(item: Item) -> int:
    """Return how long an item takes in a course."""
    if isinstance(item, CaseStudy):
        return item.teaching.minutes if item.teaching else MINUTES
    return (item.minutes if isinstance(item, Exercise | LearningPath) else 0) or MINUTES


def _fact(item: Item, library: Library) -> list[Any]:
    """Return minutes and first sentence of an item, and of a learning path its steps: item and minutes of each."""
    fact: list[Any] = [minutes(item), plain_text(first_sentence(item.summary))]
    if isinstance(item, LearningPath):
        read = [(library.named(step.item), step.minutes) for step in item.steps]
        fact.append([[found.id, of_step] for found, of_step in read if found and found.is_shown])
    return fact


def _cited(item: Item, library: Library, site: Site) -> dict[str, Any]:
    """Return the citation of an item as text and as the files that programs read, by the ending of their names."""
    cited = record.of_item(item, library, site)
    return {"txt": plain.line(cited), **{ending: text([cited]) for ending, text in FILES.items()}}


def _slide(item: Item) -> dict[str, Any]:
    """Return what a slide shows of an item: a heading, a few points, and a question to discuss or nothing."""
    heading, points, question = "", [], ""
    if isinstance(item, CaseStudy):
        heading, points = "Lessons", [one.lesson for one in item.lessons]
        question = item.teaching.questions[0].question if item.teaching and item.teaching.questions else ""
    elif isinstance(item, BestPractice):
        first = f"{FIRST_STEP}: {item.first_step}" if item.first_step else ""
        heading, points = "The practice", [one for one in (item.statement, first) if one]
    elif isinstance(item, Exercise | LearningPath):
        heading, points = "After it you can", list(item.objectives)
    return {
        "heading": heading,
        "points": [plain_text(one) for one in points[:MOST_POINTS]],
        "question": plain_text(question),
    }
