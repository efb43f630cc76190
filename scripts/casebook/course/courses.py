"""Whole courses: of an item, of all items of a topic, and of a learning path, step by step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL
from casebook.course import items
from casebook.course.model import Course, Discussion, Module, Page, WebLink
from casebook.course.prose import Writer, harmless, headed, linked, listed, paragraphs
from casebook.model import BestPractice, LearningPath
from casebook.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.artifact import Site
    from casebook.course.model import Resource
    from casebook.library import Library
    from casebook.model import Item, PathStep
    from casebook.vocabulary import Term

# Ids of items and of steps have no underscore.
ABOUT, AFTER, PRACTICES = "_about", "_after", "_practices"
# The page of a step that says why it is read now.
WHY = "why"


@dataclass(frozen=True)
class Shelf:
    """Every module of a library, made once for all courses that have it."""

    library: Library
    site: Site

    @cached_property
    def modules(self) -> Mapping[str, Module]:
        """The module of each item by its id."""
        return {item.id: items.module(item, self.library, self.site) for item in self.library.items.values()}

    def course_of(self, item: Item) -> Course:
        """Return the course of an item; that of a learning path has a module for each step."""
        is_path = isinstance(item, LearningPath) and item.is_shown
        modules = tuple(self._path(item)) if is_path and isinstance(item, LearningPath) else (self.modules[item.id],)
        labels = self.library.vocabularies["topics"]
        return Course(
            id=item.id,
            title=item.title,
            description=plain(item.summary if item.is_shown else f"Withdrawn: {item.withdrawn_reason}"),
            modules=modules,
            credit=items.credit(item, self.library, self.site),
            address=self._address(item.address),
            language=item.language,
            day=max([item.last_changed, *(one.last_changed for one in self._read_in(item))]),
            keywords=tuple(labels.label(topic) for topic in item.topics),
        )

    def topic(self, topic: Term) -> Course:
        """Return the course of a topic: an introduction, and a module for each of its items."""
        read = list(self._items(topic))
        day = max((item.last_changed for item in read), default="")
        address = self._address(f"topics/{topic.id}/")
        licence = f"{CONTENT_LICENCE}, {CONTENT_LICENCE_URL}"
        return Course(
            id=topic.id,
            title=topic.label,
            description=topic.definition or topic.label,
            modules=(self._introduction(topic, address), *self._together(read)),
            credit=f"{self.site.name}: {topic.label}. {licence}" + (f". {address}" if address else ""),
            address=address,
            day=day,
            keywords=(topic.label,),
        )

    def _together(self, read: Sequence[Item]) -> Iterator[Module]:
        """Yield the modules of items; the questions that fit every practice stand in one of their own at the end."""
        asked: tuple[Resource, ...] = ()
        for item in read:
            module = self.modules[item.id]
            if isinstance(item, BestPractice):
                asked = tuple(_moved(one, item.id, PRACTICES) for one in module.of(Discussion))
                others = (one for one in module.resources if not isinstance(one, Discussion))
                module = replace(module, resources=tuple(others))
            yield module
        if asked:
            yield Module(PRACTICES, "Questions for each practice", asked)

    def _address(self, path: str) -> str:
        return self.site.address(path) if self.site.url else ""

    def _items(self, topic: Term) -> Iterator[Item]:
        """Yield the items of a topic: cases whose main topic it is, other cases, practices, exercises, paths."""
        within = {topic.id, *(child.id for child in self.library.vocabularies["topics"].children(topic.id))}
        known = {item.id for item in self.library.by_topic.get(topic.id, ())}
        yield from sorted(
            (case for case in self.library.cases if case.id in known), key=lambda case: case.topics[0] not in within
        )
        for others in (self.library.practices, self.library.exercises, self.library.paths):
            yield from (item for item in others if item.id in known)

    def _introduction(self, topic: Term, address: str) -> Module:
        words = [topic.definition, str(topic.more.get("introduction", "")), str(topic.more.get("matters", ""))]
        html = paragraphs(*(one for one in words if one))
        html += headed("Three things to remember", listed(str(one) for one in topic.more.get("remember", ())))
        html += paragraphs(linked(address, "This topic in the Casebook")) if address else Markup()
        page = Page(f"{ABOUT}.page", topic.label, harmless(html, topic.id))
        link = [WebLink(f"{ABOUT}.topic", topic.label, address)] if address else []
        return Module(ABOUT, "About this topic", (page, *link))

    def _read_in(self, item: Item) -> list[Item]:
        """Return the items that the steps of a learning path read; none for other kinds."""
        steps = item.steps if isinstance(item, LearningPath) else ()
        return [found for step in steps if (found := self.library.named(step.item)) and found.is_shown]

    def _path(self, path: LearningPath) -> Iterator[Module]:
        whole = self.modules[path.id]
        yield Module(ABOUT, "About this path", tuple(_moved(one, path.id, ABOUT) for one in whole.resources))
        writer = Writer(path, self.library, self.site)
        for number, step in enumerate(path.steps, 1):
            yield self._step(number, step, writer)
        end = writer.section("After this path")
        if end:
            yield Module(AFTER, "After this path", (Page(f"{AFTER}.page", "After this path", harmless(end, path.id)),))

    def _step(self, number: int, step: PathStep, writer: Writer) -> Module:
        """Return the module of a step: what it reads, without the questions of that, and questions of its own."""
        item = self.library.named(step.item)
        title = item.title if item else step.item
        part = f"Read: {step.part}." if step.part else ""
        html = paragraphs(writer.line(step.why), *([part] if part else []), f"About {step.minutes} minutes.")
        lead = Page(f"{step.id}.{WHY}", f"Why now: {title}", harmless(html, step.id), writer.item.language)
        read = self.modules[item.id].of(WebLink, Page) if item and item.is_shown else ()
        own = (replace(one, id=f"{step.id}.{one.id}") for one in items.quiz("Check yourself", step.questions))
        resources = (lead, *(_moved(one, step.item, step.id) for one in read), *own)
        return Module(step.id, f"{number}. {title}", resources, plain(step.why), step.minutes)


def _moved(resource: Resource, old: str, new: str) -> Resource:
    """Return a resource as part of another module."""
    return replace(resource, id=f"{new}.{resource.id.removeprefix(f'{old}.')}")
