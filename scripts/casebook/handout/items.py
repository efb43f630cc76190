"""The handout of a case or a practice: two pages of paper, for trainees and for their instructor."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, TypeVar

from casebook import plan
from casebook.citation import plain, record
from casebook.discussion import questions_of
from casebook.handout.page import Paper, qr_code
from casebook.handout.sheet import INSTRUCTOR, NOTICE, Sheet
from casebook.model import BestPractice, CaseStudy
from casebook.render.items import drawn_steps, practices_of
from casebook.render.page import evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.handout.sheet import Fit
    from casebook.library import LessonOf
    from casebook.model import Item
    from casebook.render.page import Context

V = TypeVar("V")
_LETTERS = ascii_uppercase


def sheet(item: Item, edition: str, context: Context) -> Sheet:
    """Return the handout of an item in one of the two editions; of a withdrawn one the page that says so."""
    if item.is_shown:
        return Sheet(*places(item, edition), lambda fit: _html(item, edition, fit, context))
    return Sheet(*places(item, edition), lambda fit: _notice(item, edition, fit, context), NOTICE, most_pages=1)


def places(item: Item, edition: str) -> tuple[str, str]:
    """Return the path of a handout from the root of the site, and the name of its file outside the site."""
    end = "handout-instructor" if edition == INSTRUCTOR else "handout"
    return f"{item.address}{end}.pdf", f"{item.id}-{end}.pdf"


def _html(item: Item, edition: str, fit: Fit, context: Context) -> str:
    page = Paper(context, item.address, item)
    values = _case(item, page, fit) if isinstance(item, CaseStudy) else {}
    if isinstance(item, BestPractice):
        values = _practice(item, page, fit)
    template = context.environment.get_template(f"{item.kind.name}.html.j2")
    html: str = template.render(page=page, item=item, fit=fit, **common(item, edition, context), **values)
    return html


def _notice(item: Item, edition: str, fit: Fit, context: Context) -> str:
    page, template = Paper(context, item.address, item), context.environment.get_template("withdrawn.html.j2")
    successor = context.library.named(item.superseded_by)
    values = {"successor": successor, "released": bool(page.released(item))}
    html: str = template.render(page=page, item=item, fit=fit, **common(item, edition, context), **values)
    return html


def common(item: Item, edition: str, context: Context) -> dict[str, Any]:
    """Return what every handout of an item says of it."""
    return {
        "edition": edition,
        "instructor": edition == INSTRUCTOR,
        "evidence": evidence(item.sources, context.library.vocabularies),
        "standing": context.library.standing(item),
        "citation": plain.line(record.of_item(item, context.library, context.site)),
        "qr": qr_code(context.site, item.short_address, item.title),
        "author": ", ".join(item.authors),
        "keywords": keywords(item, context),
    }


def keywords(item: Item, context: Context) -> str:
    """Return the topics and the keywords of an item, as metadata of a PDF have them."""
    topics = (context.library.vocabularies["topics"].label(one) for one in item.topics)
    return ", ".join([*topics, *(one.replace(",", " ") for one in item.keywords)])


def _case(case: CaseStudy, page: Paper, fit: Fit) -> dict[str, Any]:
    steps = drawn_steps(case)
    setting = page.term("settings", case.event.setting) if case.event else None
    practices = practices_of(case, page.library)
    answers = dict.fromkeys(one.id for lesson in case.lessons for one in page.library.practices_of(lesson))
    take, take_left = page.blocks("What others can take from it", fit.blocks)
    return {
        "early": steps if len(steps) <= fit.steps else steps[: fit.steps - 1],
        "steps_left": max(len(steps) - fit.steps, 0),
        "last": steps[-1] if len(steps) > fit.steps else None,
        "practices": _first(practices, max(len(answers), fit.cases)),
        "letters": {one.item.id: _LETTERS[index % len(_LETTERS)] for index, one in enumerate(practices)},
        "analogue": bool(setting and setting.more.get("analogue")),
        "take": take,
        "take_left": take_left,
        "questions": questions_of(case),
        "plan": plan_of(case),
        "reads_before": bool(case.teaching and not case.teaching.decision and case.teaching.minutes > plan.READ_BEFORE),
    }


def plan_of(item: Item) -> list[plan.Part]:
    """Return the plan of a lesson with an item; nothing for a case that says nothing of teaching."""
    if isinstance(item, BestPractice):
        return plan.of_practice()
    if not isinstance(item, CaseStudy) or not item.teaching:
        return []
    return plan.of_case(item.teaching.minutes, staged=item.teaching.decision is not None)


def _practice(practice: BestPractice, page: Paper, fit: Fit) -> dict[str, Any]:
    arguing: dict[str, LessonOf] = {}
    for one in page.library.lessons_by_practice.get(practice.id, ()):
        arguing.setdefault(one.case.id, one)
    limits, limits_left = page.blocks("Where it works and where it does not", fit.blocks)
    return {
        "cases": _first(list(arguing.values()), fit.cases),
        "counters": page.library.countered_by.get(practice.id, []),
        "indicators": _first(practice.indicators, fit.cases),
        "limits": limits,
        "limits_left": limits_left,
        "questions": questions_of(practice),
        "plan": plan_of(practice),
    }


def _first(values: Sequence[V], most: int) -> tuple[Sequence[V], int]:
    """Return the first values of a list, and how many are left out."""
    return values[:most], max(len(values) - most, 0)
