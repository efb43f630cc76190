"""The deck of a learning path: what it is for, one slide for each step, and its questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from casebook.slides.case import question_entry
from casebook.slides.deck import NUMBER, PLAIN, SMALLEST, Slide, entries, entry, run
from casebook.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.model import LearningPath, PathStep
    from casebook.slides.words import Words

ABOUT, STEPS, END = "The path", "Steps", "Sources"
_CHECKS = 2


@dataclass(frozen=True)
class PathDeck:
    """A learning path while its slides are made."""

    path: LearningPath
    words: Words

    def slides(self) -> Iterator[Slide]:
        """Yield all slides."""
        yield self._opening()
        if self.path.objectives:
            notes = ("What the learners can do at the end. Ask which of these matters most to them.",)
            yield Slide("Afterwards you can", entries(self.path.objectives), notes=notes, section=ABOUT)
        if self.path.steps:
            yield self._overview()
        for number, step in enumerate(self.path.steps, 1):
            yield from self._step(number, step)
        yield from self.words.sources(
            END, "For questions on where something comes from. Nobody needs to read it aloud."
        )
        yield self.words.closing(END, "Leave this slide on while people pack, so that they can take the address along.")

    def _opening(self) -> Slide:
        path = self.path
        lines = (f"For: {path.learner}" if path.learner else "", self._size(), self.words.topics, self.words.state)
        shown = [entry(one, style=PLAIN) for one in lines if one]
        notes = (
            plain(path.summary),
            "Each step has a slide with its address; the questions have their answers in the notes.",
        )
        picture = self.words.picture
        return Slide(path.title, tuple(shown), "opening", (), picture, notes, ABOUT, good=SMALLEST)

    def _size(self) -> str:
        count = len(self.path.steps)
        return f"{count} {'step' if count == 1 else 'steps'}, about {self.path.minutes} minutes in all"

    def _overview(self) -> Slide:
        lines = tuple(
            entry(self._title(step), run(f", {step.minutes} minutes", quiet=True), style=NUMBER, number=number)
            for number, step in enumerate(self.path.steps, 1)
        )
        notes = (f"{self._size()}. The order matters: later steps rest on earlier ones.",)
        return Slide("The way at a glance", lines, notes=notes, section=ABOUT, good=SMALLEST)

    def _title(self, step: PathStep) -> str:
        item = self.words.library.named(step.item)
        return item.title if item else step.item

    def _step(self, number: int, step: PathStep) -> Iterator[Slide]:
        item = self.words.library.named(step.item)
        gone = item is None or not item.is_shown
        kind = f"{item.kind.label}, " if item else ""
        part = f"Read: {plain(step.part)}" if step.part else "Read all of it."
        shown = (
            self.words.entry(step.why, style=PLAIN),
            entry(f"{kind}about {step.minutes} minutes"),
            *(
                (entry("It is no longer in the library. Ask the editors what to read instead."),)
                if gone
                else (entry(part),)
            ),
        )
        picture = None if item is None or gone else self.words.picture_of(item)
        notes = (
            f"Step {number} of {len(self.path.steps)}, {step.minutes} minutes.",
            *((plain(item.summary),) if item and not gone else ()),
        )
        title = f"Step {number}: {self._title(step)}"
        yield Slide(title, shown, "code" if picture else "content", picture=picture, notes=notes, section=STEPS)
        asked = tuple(question_entry(one, index, self.words) for index, one in enumerate(step.questions, 1))
        if asked:
            notes = (f"Questions to step {number}. The answers stand here, in the notes.",)
            yield Slide(f"Questions to step {number}", asked, notes=notes, section=STEPS, most=_CHECKS)
