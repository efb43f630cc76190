"""The chain of an item, ready to be drawn: from what happened to what to do, and to the guidance that says so."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebook.render.drawings.chain import Chain, Column, Node, network
from casebook.text import first_sentence, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from casebook.library import LessonOf
    from casebook.model import BestPractice, CaseStudy, Item
    from casebook.render.page import Page

# So many steps of a kind are drawn; the column says how many more there are.
MOST, MOST_DOCUMENTS, MOST_CASES = 8, 6, 6
_TITLES = ("Event", "Contributing factors", "Lessons", "Practices", "Guidance")
_TO_PRACTICE = ("Cases", "Contributing factors", "Lessons", "This practice", "Guidance")


def of_case(case: CaseStudy, page: Page) -> Markup:
    """Return the chain of a case; nothing where it has no lessons."""
    if not case.lessons:
        return Markup()
    lessons = case.lessons[:MOST]
    leading = {lesson.id: list(page.library.practices_of(lesson)) for lesson in lessons}
    practices = list({one.id: one for found in leading.values() for one in found}.values())
    event = Node("event", case.title, "#what-happened", "the event")
    factors = [_factor(one.factor, f"#factor-{one.factor}", page) for one in case.factors]
    steps = [_lesson(number, one.lesson, f"#{one.id}", one.id) for number, one in enumerate(lessons, 1)]
    links = [("event", factor.key) for factor in factors]
    links += [(f"factor {factor}", f"lesson {lesson.id}") for lesson in lessons for factor in lesson.factors]
    links += [(f"lesson {lesson}", f"practice {one.id}") for lesson, found in leading.items() for one in found]
    lefts = [[event], factors, steps]
    return _drawn(lefts, [0, 0, len(case.lessons) - len(lessons)], practices, links, page)


def of_practice(practice: BestPractice, page: Page) -> Markup:
    """Return the chain that leads to a practice, with the newest case of each; nothing where no lesson leads to it."""
    every = page.library.lessons_by_practice.get(practice.id, ())
    newest = list({one.case.id: one for one in reversed(every)}.values())[::-1]
    shown = newest[:MOST_CASES]
    if not shown:
        return Markup()
    cases = [Node(f"case {one.case.id}", one.case.title, page.to_item(one.case), one.case.title) for one in shown]
    ranked = Counter(factor for one in shown for factor in one.lesson.factors)
    factors = [_factor(factor, page.href(f"factors/{factor}/"), page) for factor, _ in ranked.most_common()]
    steps = [
        _lesson(number, one.lesson.lesson, page.to_item(one.case, one.lesson.id), _key(one))
        for number, one in enumerate(shown, 1)
    ]
    links = [(f"case {one.case.id}", f"factor {factor}") for one in shown for factor in one.lesson.factors]
    links += [(f"factor {factor}", f"lesson {_key(one)}") for one in shown for factor in one.lesson.factors]
    links += [(f"lesson {_key(one)}", f"practice {practice.id}") for one in shown]
    more = [len(newest) - len(shown), 0, len(every) - len(shown)]
    return _drawn([cases, factors, steps], more, [practice], links, page, titles=_TO_PRACTICE)


def _drawn(
    lefts: Sequence[Sequence[Node]],
    more: Sequence[int],
    practices: Sequence[BestPractice],
    links: Sequence[tuple[str, str]],
    page: Page,
    *,
    titles: Sequence[str] = _TITLES,
) -> Markup:
    """Return the drawing: practices and guidance come after the columns that are given."""
    named = practices[:MOST]
    documents = _documents(named, page)
    columns = [
        Column(title, nodes[:MOST], extra + max(len(nodes) - MOST, 0))
        for title, nodes, extra in zip(titles, lefts, more, strict=False)
    ]
    columns.append(Column(titles[3], [_practice(one, page) for one in named], len(practices) - len(named)))
    shown = [_document(one, page) for one in documents[:MOST_DOCUMENTS]]
    columns.append(Column(titles[4], shown, len(documents) - len(shown)))
    onward = [(f"practice {one.id}", f"document {document}") for one in named for document in one.guidance]
    return network(Chain(columns, [*links, *onward]))


def _documents(practices: Iterable[Item], page: Page) -> list[str]:
    """Return the documents that practices name, first those that the item itself names or most of them name."""
    own = page.item.guidance if page.item else ()
    counts = Counter(document for practice in practices for document in practice.guidance)
    known = [one for one in counts if page.term("guidance", one)]
    return sorted(known, key=lambda one: (one not in own, -counts[one], one))


def _key(one: LessonOf) -> str:
    return f"{one.case.id} {one.lesson.id}"


def _factor(factor: str, href: str, page: Page) -> Node:
    label = page.label("factors", factor)
    return Node(f"factor {factor}", label, href, label[:1].lower() + label[1:])


def _lesson(number: int, words: str, href: str, key: str) -> Node:
    return Node(f"lesson {key}", f"{number}. {first_sentence(plain(words))}", href, f"lesson {number}")


def _practice(practice: BestPractice, page: Page) -> Node:
    key = f"practice {practice.id}"
    if page.item is not None and page.item.id == practice.id:
        return Node(key, practice.title, "#how-to-do-it", "this practice")
    return Node(key, practice.title, page.to_item(practice), practice.title)


def _document(document: str, page: Page) -> Node:
    label = page.label("guidance", document)
    return Node(f"document {document}", label, page.href(f"guidance/{document}/"), label.partition(":")[0])
