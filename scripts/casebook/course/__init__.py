"""Course packages: items, topics and learning paths for learning platforms, each made from one value, the course.

A package holds what needs no network: pages, questions to discuss, quizzes. Links to the site, and the cards of items,
are in it where the site knows its own address.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.artifact import Artifact, script
from casebook.course import cartridge, gift, htmlzip, scorm
from casebook.course.courses import Shelf
from casebook.course.model import Course, data
from casebook.model import LearningPath

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Site
    from casebook.library import Library

CARTRIDGE, PAGES, QUESTIONS, SCORM = "course.imscc", "course.zip", "questions.gift.txt", "scorm.zip"


def files(library: Library, site: Site) -> Iterator[Artifact]:
    """Yield the packages of every item and every topic, and the modules of all items as data for the browser.

    A withdrawn item has packages too, which say why: a link to a package never breaks.
    """
    shelf = Shelf(library, site)
    for item in library.items.values():
        course = shelf.course_of(item)
        yield from packages(course, item.address)
        if isinstance(item, LearningPath):
            yield Artifact(f"{item.address}{SCORM}", scorm.package(course))
        elif item.is_shown:
            yield script(f"assets/courses/{item.id}.js", "casebookCourse", _for_browser(course, shelf))
    for topic in library.vocabularies["topics"]:
        yield from packages(shelf.topic(topic), f"topics/{topic.id}/")


def packages(course: Course, address: str) -> Iterator[Artifact]:
    """Yield a course in every format that each course has, below an address."""
    yield Artifact(f"{address}{CARTRIDGE}", cartridge.cartridge(course))
    yield Artifact(f"{address}{PAGES}", htmlzip.archive(course))
    yield Artifact(f"{address}{QUESTIONS}", gift.questions(course))


def _for_browser(course: Course, shelf: Shelf) -> dict[str, object]:
    """Return what a basket needs of an item: its module, and whom to name."""
    return {"module": data(shelf.modules[course.id]), "credit": course.credit, "day": course.day}
