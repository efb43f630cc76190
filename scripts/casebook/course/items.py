"""The module of an item: what a course has of a case, a practice or an exercise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebook import embed, text
from casebook.citation import plain as cited
from casebook.citation import record
from casebook.course.model import INSTRUCTOR, Choice, Discussion, Module, Page, Question, Quiz, WebLink
from casebook.course.prose import Writer, harmless, headed, linked, listed, paragraphs
from casebook.discussion import questions_of
from casebook.model import BestPractice, CaseStudy, Exercise, LearningPath
from casebook.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from casebook.artifact import Site
    from casebook.course.model import Resource
    from casebook.library import Library
    from casebook.model import CheckQuestion, Decision, Item

RIGHT = "That is right."
_LONGEST_TITLE = 100


def module(item: Item, library: Library, site: Site) -> Module:
    """Return the module of an item. Of a withdrawn one it has the reason, and what to read instead."""
    writer = Writer(item, library, site)
    parts = _shown(writer) if item.is_shown else _withdrawn(writer)
    return Module(item.id, item.title, tuple(_named(item.id, parts)))


def quiz(title: str, questions: Sequence[CheckQuestion]) -> Iterator[Quiz]:
    """Yield the quiz of questions with answers, if there are any."""
    if questions:
        yield Quiz("quiz", title, tuple(_question(one) for one in questions))


def credit(item: Item, library: Library, site: Site) -> str:
    """Return how to cite an item, as one line of text."""
    return cited.line(record.of_item(item, library, site))


def _named(module_id: str, parts: Iterable[Resource]) -> Iterator[Resource]:
    for part in parts:
        yield replace(part, id=f"{module_id}.{part.id}")


def _question(one: CheckQuestion) -> Question:
    feedback = {one.right: RIGHT, **{wrong.choice: plain(wrong.feedback) for wrong in one.wrong}}
    choices = (Choice(plain(words), feedback[words], words == one.right) for words in one.choices)
    return Question(one.id, plain(one.question), plain(one.answer), tuple(choices))


def _shown(writer: Writer) -> Iterator[Resource]:
    """Yield what a class uses, in its order: nothing that gives the end of a case away stands before its decision."""
    item = writer.item
    decision = item.teaching.decision if isinstance(item, CaseStudy) and item.teaching else None
    if decision:
        yield from _link("stages", f"The case in stages: {decision.title}", "stage/1/", writer)
        yield _decided(decision, writer)
    yield from _link("item", item.title, "", writer)
    yield _page(writer)
    if isinstance(item, Exercise):
        yield from _link("players", "Briefing for all players", "players/", writer)
        yield from _link("clock", "Clock for the projector", "clock/", writer, INSTRUCTOR)
        yield from _link("facilitator", "For the facilitator", "facilitator/", writer, INSTRUCTOR)
    if isinstance(item, Exercise | LearningPath):
        return
    yield _full_text(writer)
    yield from _discussions(writer)
    if isinstance(item, CaseStudy):
        yield from quiz("Check yourself", item.teaching.self_check if item.teaching else ())
        yield from _link("teach", "Instructor's edition", "teach/", writer, INSTRUCTOR)


def _withdrawn(writer: Writer) -> Iterator[Resource]:
    item = writer.item
    yield from _link("item", item.title, "", writer)
    html = Markup("<p><strong>Withdrawn.</strong> {}</p>").format(writer.line(item.withdrawn_reason))
    successor = writer.library.items.get(item.superseded_by)
    if successor:
        html += Markup("<p>Read instead: {}</p>").format(writer.link(successor.address, successor.title))
    yield Page("page", item.title, harmless(html, item.id), item.language)


def _link(name: str, title: str, part: str, writer: Writer, role: str = "") -> Iterator[WebLink]:
    """Yield the link to a page of the item; none where the site has no address."""
    address = writer.address(f"{writer.item.address}{part}")
    if address:
        yield WebLink(name, title, address, role) if role else WebLink(name, title, address)


def _decided(decision: Decision, writer: Writer) -> Discussion:
    html = paragraphs(*(writer.line(one) for one in (decision.role, *text.paragraphs(decision.situation))))
    html += Markup("<p><strong>{}</strong></p>").format(writer.line(decision.question))
    html += listed(writer.line(choice) for choice in decision.choices)
    title = _title("Decide", decision.question)
    return Discussion("decision", title, _asked(decision), harmless(html, writer.item.id))


def _asked(decision: Decision) -> str:
    """Return the decision as plain text, a line for each paragraph and each choice."""
    situation, choices = text.paragraphs(decision.situation), (f"- {one}" for one in decision.choices)
    return "\n".join(plain(part) for part in (decision.role, *situation, decision.question, *choices))


def _discussions(writer: Writer) -> Iterator[Discussion]:
    item = writer.item
    lessons = item.lessons if isinstance(item, CaseStudy) else ()
    for number, one in enumerate(questions_of(item), 1):
        html = paragraphs(writer.line(one.question))
        if one.lesson and writer.site.url:
            to_lesson = writer.link(f"{item.address}#{lessons[one.lesson - 1].id}", f"To lesson {one.lesson}")
            html += paragraphs(to_lesson)
        title = _title(f"Question {number}", one.question)
        yield Discussion(f"question-{number}", title, plain(one.question), harmless(html, item.id))


def _page(writer: Writer) -> Page:
    """Return the page with what an item says in short."""
    item = writer.item
    parts = [paragraphs(writer.line(item.summary)), *_essence(writer)]
    card = embed.card(item, writer.library)
    address = writer.address(item.address)
    foot = Markup("<p>{}</p>").format(linked(address, "Read it in the Casebook"))
    html = Markup().join([*parts, foot, _credit(writer)])
    frame = writer.address(item.embed_address)
    height = card.height if frame else 0
    return Page("page", f"In short: {item.title}", harmless(html, item.id), item.language, frame, height)


def _essence(writer: Writer) -> Iterator[Markup]:
    item, library = writer.item, writer.library
    if isinstance(item, CaseStudy):
        if item.teaching and item.teaching.objectives:
            yield headed("After this case you can", listed(writer.line(one) for one in item.teaching.objectives))
        lessons = listed((writer.line(one.lesson) for one in item.lessons), "ol")
        yield headed("Lessons", lessons)
        answers = {one.id: one for lesson in item.lessons for one in library.practices_of(lesson)}
        practices = [writer.link(one.address, one.title) for one in answers.values()]
        yield headed("What to do", listed(practices) if practices else Markup())
    elif isinstance(item, BestPractice):
        yield headed("The practice", paragraphs(writer.line(item.statement)) if item.statement else Markup())
        first = paragraphs(writer.line(item.first_step)) if item.first_step else Markup()
        yield headed(embed.FIRST_STEP, first)
        yield headed("How to see that it works", listed(writer.line(one) for one in item.indicators))
        cases = dict.fromkeys(one.case.id for one in library.lessons_by_practice.get(item.id, ()))
        links = (writer.link(library.items[one].address, library.items[one].title) for one in cases)
        yield headed("Cases that argue for it", listed(links))
    elif isinstance(item, Exercise):
        yield from _exercise(item, writer)
    elif isinstance(item, LearningPath):
        yield headed("After this path you can", listed(writer.line(one) for one in item.objectives))
        yield headed("Before you begin", writer.section("Before you begin"))


def _exercise(item: Exercise, writer: Writer) -> Iterator[Markup]:
    """Yield what players may read: nothing of what will come."""
    facts = [f"{item.minutes} minutes"]
    if item.players:
        facts.append(f"{item.players.least} to {item.players.most} players")
    yield paragraphs(", ".join(facts))
    yield headed("After this exercise you can", listed(writer.line(one) for one in item.objectives))
    for section in item.kind.sections:
        if not section.spoils:
            yield headed(section.heading, writer.section(section.heading))
    roles = (Markup("<strong>{}</strong>: {}").format(one.title, writer.line(one.brief)) for one in item.roles)
    yield headed("Roles", listed(roles))


def _full_text(writer: Writer) -> Page:
    """Return the page with the author's text of an item, and its sources."""
    item, with_notes = writer.item, replace(writer, notes=True)
    sections = [headed(one.heading, with_notes.section(one.heading)) for one in item.kind.sections]
    sources = headed("Sources", listed((_source(item, number) for number in range(len(item.sources))), "ol"))
    html = Markup().join([*sections, sources, _credit(writer)])
    return Page("text", f"In full: {item.title}", harmless(html, item.id), item.language)


def _source(item: Item, number: int) -> Markup:
    source = item.sources[number]
    author = Markup("{}. ").format(source.author) if source.author else Markup()
    year = Markup(", {}").format(source.year) if source.year else Markup()
    identifier = Markup(". {}").format(source.identifier) if source.identifier else Markup()
    return author + linked(source.url, source.title) + year + identifier + "."


def _credit(writer: Writer) -> Markup:
    return Markup("<p><small>{}</small></p>").format(credit(writer.item, writer.library, writer.site))


def _title(label: str, question: str) -> str:
    """Return a short title for a question: platforms show it in lists, and some cut it at 255 characters."""
    words = plain(question)
    if len(words) > _LONGEST_TITLE:
        words = f"{words[:_LONGEST_TITLE].rsplit(' ', 1)[0]} …"
    return f"{label}: {words}"
