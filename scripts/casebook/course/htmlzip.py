"""A course as a folder of plain HTML, for a platform that takes only files, a memory stick, or no network at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from casebook.archive import zipped
from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL, Artifact
from casebook.course.html import STYLE, content, shared, styled
from casebook.course.model import LEARNER, Discussion, Page, Quiz, WebLink
from casebook.course.prose import headed, linked, listed, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.course.model import Course, Module, Question

_LINK = Markup('<a href="{}">{}</a>')
_FOLDED = Markup("<details><summary>{}</summary><p>{}</p></details>")


def archive(course: Course) -> bytes:
    """Return a course as a zip of plain HTML."""
    return zipped(files(course), course.day)


def files(course: Course) -> Iterator[Artifact]:
    """Yield the files of the folder, the first page first."""
    yield styled("index.html", course.title, _index(course), course)
    yield from pages(course, (page for module in course.modules for page in module.of(Page)))
    for module in course.modules:
        if _asks(module):
            yield styled(f"questions/{module.id}.html", f"Questions: {module.title}", _questions(module), course)
    yield shared(STYLE)
    yield Artifact("README.txt", _readme(course))


def pages(course: Course, chosen: Iterable[Page]) -> Iterator[Artifact]:
    """Yield pages of a course as files; without the cards of its items, which need a network."""
    for page in chosen:
        words = Markup('<div lang="{}">\n{}</div>\n').format(page.language, content(page, framed=False))
        yield styled(page_path(page), page.title, [words], course)


def page_path(page: Page) -> str:
    """Return where a page stands in the folder."""
    return f"pages/{page.id}.html"


def _asks(module: Module) -> bool:
    return any(module.of(Discussion, Quiz))


def _index(course: Course) -> Iterator[Markup]:
    yield paragraphs(course.description)
    for module in course.modules:
        entries = listed(_entries(module))
        part = headed(module.title, entries) if len(course.modules) > 1 else entries
        yield Markup('<section class="module">\n{}</section>\n').format(part)


def _entries(module: Module) -> Iterator[Markup]:
    """Yield what a module holds, in its order, and its questions; no links for instructors alone."""
    for one in module.of(WebLink, Page):
        if isinstance(one, Page):
            yield _LINK.format(page_path(one), one.title)
        elif one.role == LEARNER:
            yield Markup("{} (needs a network)").format(linked(one.address, one.title))
    if _asks(module):
        yield _LINK.format(f"questions/{module.id}.html", "Questions")


def _questions(module: Module) -> Iterator[Markup]:
    for one in module.of(Discussion):
        yield headed(one.title.partition(":")[0], Markup(one.html))  # noqa: S704  # made and looked at in `prose`
    for quiz in module.of(Quiz):
        yield headed(quiz.title, listed((_question(one) for one in quiz.questions), "ol"))


def _question(one: Question) -> Markup:
    """Return a question whose choices open to what they are worth, without a script."""
    choices = listed(_FOLDED.format(choice.text, choice.feedback) for choice in one.choices)
    return paragraphs(one.question) + choices + _FOLDED.format("Answer", one.answer)


def _readme(course: Course) -> str:
    where = f"\nIt comes from {course.address}\n" if course.address else ""
    licence = f"{CONTENT_LICENCE}: {CONTENT_LICENCE_URL}"
    return _README.format(title=course.title, where=where, credit=course.credit, licence=licence)


_README = """\
{title}

Unpack this file into a folder, and open index.html in a browser. No network is needed for the pages and the questions;
links to the Casebook need one. On a learning platform, upload the folder as files, with index.html as the first page.
{where}
LICENCE

  {licence}
  You may copy and change it for any purpose, if you name the source:

  {credit}
"""
