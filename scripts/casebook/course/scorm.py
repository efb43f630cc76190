"""A learning path as SCORM 1.2 with one SCO: steps to tick, questions that count, progress that the platform keeps.

Source of the rules: ADL, SCORM 1.2, Content Aggregation Model and Run-Time Environment. `scorm.js` talks to the
platform.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from casebook.archive import zipped
from casebook.artifact import Artifact
from casebook.course.courses import ABOUT, AFTER, WHY
from casebook.course.html import STYLE, content, shared, styled
from casebook.course.htmlzip import page_path, pages
from casebook.course.model import LEARNER, Page, Quiz, WebLink
from casebook.course.prose import headed, linked, listed
from casebook.course.xml import SCHEMA_INSTANCE, Maker, line, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.course.model import Course, Module, Question

NAMESPACE = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADL = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
SCRIPT = "scorm.js"
_LOCATION = f"{NAMESPACE} imscp_rootv1p1p2.xsd {ADL} adlcp_rootv1p2.xsd"
_E = Maker(NAMESPACE, {None: NAMESPACE, "adlcp": ADL, "xsi": SCHEMA_INSTANCE})


def package(course: Course) -> bytes:
    """Return the course of a learning path as a package."""
    read = (page for module in course.modules for page in module.of(Page) if not _is_own(page))
    files = [_page(course), *pages(course, read), shared(STYLE), shared(SCRIPT)]
    return zipped([Artifact("imsmanifest.xml", _manifest(course, files)), *files], course.day)


def _manifest(course: Course, files: Sequence[Artifact]) -> bytes:
    item = _E("item", _E("title", line(course.title)), identifier="item", identifierref="sco", isvisible="true")
    organization = _E("organization", _E("title", line(course.title)), item, identifier="organization")
    held = (_E("file", href=file.path) for file in files)
    sco = _E(
        "resource", *held, identifier="sco", type="webcontent", href="index.html", **{f"{{{ADL}}}scormtype": "sco"}
    )
    whole = _E(
        "manifest",
        _E("metadata", _E("schema", "ADL SCORM"), _E("schemaversion", "1.2")),
        _E("organizations", organization, default="organization"),
        _E("resources", sco),
        identifier=f"path-{course.id}",
        version="1.0",
        **{f"{{{SCHEMA_INSTANCE}}}schemaLocation": _LOCATION},
    )
    return text(whole)


def _page(course: Course) -> Artifact:
    head = Markup('<script src="{}" defer></script>').format(SCRIPT)
    return styled("index.html", course.title, _steps(course), course, head)


def _steps(course: Course) -> Iterator[Markup]:
    yield Markup('<p id="progress" role="status"></p>\n')
    for module in course.modules:
        tick = Markup() if module.id in (ABOUT, AFTER) else _TICK.format(module.id)
        quizzes = (_asked(module, one) for quiz in module.of(Quiz) for one in quiz.questions)
        body = _read(module) + Markup().join(quizzes) + tick
        yield Markup("<section>\n{}</section>\n").format(headed(module.title, body))


def _read(module: Module) -> Markup:
    """Return what is read in a step: its pages, which are in the package, and its links, but those for instructors."""
    own = Markup().join(content(page, framed=False) for page in module.of(Page) if _is_own(page))
    return own + listed(entry for one in module.of(Page, WebLink) if (entry := _entry(one)))


def _entry(one: Page | WebLink) -> Markup:
    """Return what leads to something that is read; nothing for what stands here already or is for instructors."""
    if isinstance(one, Page):
        return Markup() if _is_own(one) else _POPUP.format(page_path(one), one.title)
    return Markup("{} (in the Casebook)").format(linked(one.address, one.title)) if one.role == LEARNER else Markup()


def _is_own(page: Page) -> bool:
    """Whether a page belongs to the path itself, so that it stands on its one page."""
    module_id, _, name = page.id.partition(".")
    return module_id in (ABOUT, AFTER) or name == WHY


_POPUP = Markup('<a href="{}" target="_blank">{}</a>')
_TICK = Markup('<p><label><input type="checkbox" data-step="{}"> I have done this step</label></p>\n')
_FIELD = Markup('<fieldset data-question="{}">\n<legend>{}</legend>\n{}<p role="status"></p>\n</fieldset>\n')
_CHOICE = Markup('<label><input type="radio" name="{}" value="{}" data-feedback="{}"{}> {}</label>\n')
_OPEN = Markup("<details><summary>{}</summary><p>{}</p></details>\n")


def _asked(module: Module, question: Question) -> Markup:
    """Return a question; what an open one is worth cannot be counted."""
    if not question.choices:
        return _OPEN.format(question.question, question.answer)
    name = f"{module.id}.{question.id}"
    choices = (
        _CHOICE.format(
            name,
            number,
            f"{choice.feedback} {question.answer}",
            Markup(" data-right") if choice.right else "",
            choice.text,
        )
        for number, choice in enumerate(question.choices)
    )
    return _FIELD.format(name, question.question, Markup().join(choices))
