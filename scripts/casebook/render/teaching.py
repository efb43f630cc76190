"""A case for a class: told in stages, the instructor's edition, and the brief for a leader. All stand alone.

The first two stages give nothing away: neither the title of the case, nor its summary, nor its sources stand on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL
from casebook.citation import plain
from casebook.citation.record import of_item
from casebook.model import CaseStudy
from casebook.render.items import drawn_steps, practices_of
from casebook.render.leaf import Sheet, leaf
from casebook.render.page import evidence
from casebook.render.session import STAGES, Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Artifact
    from casebook.model import Decision
    from casebook.render.page import Context

# From this stage on the class knows how it ended.
TOLD = 3
MOST_PRACTICES = 3
_LICENCE = {"licence": CONTENT_LICENCE, "licence_url": CONTENT_LICENCE_URL}


@dataclass(frozen=True)
class Desk:
    """One case while its pages for a class are written."""

    case: CaseStudy
    context: Context

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Numbers of the lessons by their ids."""
        return {lesson.id: number for number, lesson in enumerate(self.case.lessons, 1)}

    def pages(self) -> Iterator[Artifact]:
        """Yield the pages that the case has; one that is withdrawn says so at all addresses that it may have had."""
        teaching = self.case.teaching
        if not self.case.is_shown:
            yield from (self._gone(address) for address in ("teach/", "brief/", *(one.address for one in STAGES)))
            return
        if teaching is None:
            return
        yield self._edition(Session(self.case, teaching))
        if teaching.decision:
            yield from (self._stage(number, teaching.decision) for number, _ in enumerate(STAGES, 1))
        if teaching.brief:
            yield self._leaf("brief/", "brief.html.j2", self.case.title, brief=teaching.brief)

    def _edition(self, session: Session) -> Artifact:
        return self._leaf(
            "teach/",
            "teach.html.j2",
            f"{self.case.title}: instructor's edition",
            sources="",
            session=session,
            teaching=session.teaching,
            steps=drawn_steps(self.case),
            materials=session.materials(self.context.site),
        )

    def _stage(self, number: int, decision: Decision) -> Artifact:
        told = number >= TOLD
        return self._leaf(
            STAGES[number - 1].address,
            "stage.html.j2",
            f"{self.case.title if told else decision.title}: {STAGES[number - 1].name.lower()}",
            description="" if told else decision.role,
            sources=self.case.address if told else None,
            number=number,
            stages=STAGES,
            decision=decision,
            steps=drawn_steps(self.case) if told else (),
        )

    def _gone(self, below: str) -> Artifact:
        successor = self.context.library.items.get(self.case.superseded_by)
        return self._leaf(below, "gone.html.j2", self.case.title, successor=successor)

    def _leaf(
        self,
        below: str,
        template: str,
        title: str,
        description: str = "",
        sources: str | None = None,
        **values: Any,
    ) -> Artifact:
        """Return the page at an address below that of the case."""
        case, library = self.case, self.context.library
        page = Sheet(self.context, f"{case.address}{below}", case, sources=sources)
        return leaf(
            page,
            template,
            title,
            description or case.summary,
            item=case,
            language=case.language,
            numbers=self.numbers,
            practices=practices_of(case, library)[:MOST_PRACTICES],
            evidence=evidence(case.sources, library.vocabularies),
            standing=library.standing(case),
            citation=plain.line(of_item(case, library, self.context.site)),
            **_LICENCE,
            **values,
        )


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the pages for a class of every case."""
    for item in context.library.items.values():
        if isinstance(item, CaseStudy):
            yield from Desk(item, context).pages()
