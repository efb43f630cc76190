"""The reader of a topic: its introduction, and a selection of its cases and practices in full, with their sources."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from casebook import __version__
from casebook.discussion import questions_of
from casebook.handout.items import common, plan_of
from casebook.handout.page import Paper, qr_code
from casebook.handout.sheet import INSTRUCTOR, Fit, Sheet
from casebook.model import BestPractice, CaseStudy
from casebook.render.items import drawn_steps, practices_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from casebook.library import Library
    from casebook.model import Item
    from casebook.render.page import Context
    from casebook.vocabulary import Term

MOST_CASES, MOST_ITEMS = 7, 10
_SIZE = Fit(10)


def sheet(topic: Term, edition: str, context: Context) -> Sheet:
    """Return the reader of a topic in one of the two editions."""
    end = "reader-instructor" if edition == INSTRUCTOR else "reader"
    name = f"{topic.id}-{end}.pdf"
    return Sheet(f"topics/{topic.id}/{end}.pdf", name, lambda _: _html(topic, edition, context), (_SIZE,), 0)


def selection(topic: Term, library: Library) -> tuple[list[Item], list[Item]]:
    """Return the items of a topic that its reader holds in full, and those that it only names.

    First come cases whose main topic it is, the newest before the older ones; then the practices to which most lessons
    of these cases lead. Where there are few practices, more cases come in.
    """
    items = list(library.by_topic.get(topic.id, ()))
    within = {topic.id, *(child.id for child in library.vocabularies["topics"].children(topic.id))}
    cases = sorted((one for one in items if isinstance(one, CaseStudy)), key=lambda one: one.topics[0] not in within)
    practices = [one for one in items if isinstance(one, BestPractice)]
    chosen: list[Item] = [*cases[: max(MOST_CASES, MOST_ITEMS - len(practices))]]
    led: Counter[str] = Counter()
    for case in chosen:
        if isinstance(case, CaseStudy):
            led.update(practice for lesson in case.lessons for practice in lesson.practices)
    chosen += sorted(practices, key=lambda one: -led[one.id])[: MOST_ITEMS - len(chosen)]
    return chosen, [one for one in items if one not in chosen]


def _html(topic: Term, edition: str, context: Context) -> str:
    library, address = context.library, f"topics/{topic.id}/"
    chosen, rest = selection(topic, library)
    within = {one.id: f"item-{one.id}" for one in chosen}
    values = {
        "topic": topic,
        "parts": [_part(one, edition, within, context) for one in chosen],
        "rest": rest,
        "state": max((one.last_changed for one in library.items.values()), default=""),
        "software": __version__,
        "changed": max((one.last_changed for one in chosen), default=""),
        "edition": edition,
        "instructor": edition == INSTRUCTOR,
        "fit": _SIZE,
        "qr": qr_code(context.site, address, topic.label),
        "page": Paper(context, address, within=within),
    }
    html: str = context.environment.get_template("reader.html.j2").render(**values)
    return html


def _part(item: Item, edition: str, within: dict[str, str], context: Context) -> dict[str, Any]:
    """Return what the reader shows of one item."""
    page = Paper(context, item.address, item, within=within, notes=True)
    case = item if isinstance(item, CaseStudy) else None
    setting = page.term("settings", case.event.setting) if case and case.event else None
    lessons = context.library.lessons_by_practice.get(item.id, ())
    arguing: Sequence[Item] = list({one.case.id: one.case for one in lessons}.values())
    return {
        **common(item, edition, context),
        "page": page,
        "item": item,
        "anchor": within[item.id],
        "steps": drawn_steps(case) if case else [],
        "practices": practices_of(case, context.library) if case else [],
        "analogue": bool(setting and setting.more.get("analogue")),
        "arguing": arguing,
        "counters": context.library.countered_by.get(item.id, []),
        "questions": questions_of(item),
        "plan": plan_of(item),
    }
