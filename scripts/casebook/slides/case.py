"""The deck of a case: the class decides before it knows the case, and then hears how it went."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from casebook.model import BestPractice
from casebook.render.items import drawn_steps, practices_of
from casebook.render.session import Session
from casebook.slides.deck import BULLET, LETTER, NUMBER, PLAIN, SMALLEST, Entry, Paragraph, Slide, entries, entry, run
from casebook.text import citations, paragraphs, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.library import Reason
    from casebook.model import CaseStudy, CheckQuestion, Decision, Teaching
    from casebook.slides.words import Words

# The parts of a deck, as PowerPoint shows them at the side.
BEFORE, STORY, LESSONS, CHECK, END = "Before the class knows", "What happened", "Lessons", "Check yourself", "Sources"
_LETTERS = "ABCDEFGH"
_RULES = (
    "Speak in general terms. Nobody names a weakness of a site that exists today.",
    "Talk of organisation, decisions and habits, and not of tactics.",
    "We do not look for the guilty person. We ask what made it easy, and what made it hard to see.",
    "Add no facts from your work that are not public.",
)
_ASIDE = "This slide has no minutes of its own in the plan. Leave it out if the time runs short."
_BELIEFS = ("Read each belief aloud, and ask who has heard it, before you go on to the answer.", _ASIDE)
_STEPS, _LESSONS, _QUESTIONS, _CHECKS = 6, 3, 2, 2


@dataclass(frozen=True)
class CaseDeck:
    """A case while its slides are made."""

    case: CaseStudy
    words: Words

    @cached_property
    def teaching(self) -> Teaching | None:
        """What the case has for a class."""
        return self.case.teaching

    @cached_property
    def decision(self) -> Decision | None:
        """The moment at which a class decides."""
        return self.teaching.decision if self.teaching else None

    @cached_property
    def session(self) -> Session | None:
        """The lesson with this case, with the one plan that all of its pages have."""
        return Session(self.case, self.teaching) if self.teaching else None

    def slides(self) -> Iterator[Slide]:
        """Yield all slides, in the order of the plan."""
        if self.decision:
            yield from self._before(self.decision)
        yield self._reveal()
        if not self.decision and self.teaching:
            yield self._rules()
        yield from self._story()
        if self.decision:
            yield self._compare(self.decision)
        yield from self._causes()
        yield from self._questions()
        yield from self._lessons()
        yield from self._more()
        yield from self._checks()
        yield from self.words.sources(
            END, "For questions on where something comes from. Nobody needs to read it aloud."
        )
        yield self.words.closing(END, "Leave this slide on while people pack, so that they can take the address along.")

    # --- notes

    def _time(self, at: str, nth: int = 0) -> tuple[str, ...]:
        """Return when a part of the plan is, what the class does in it, and what the instructor says."""
        rows = [row for row in (self.session.rows if self.session else ()) if row[1].at == at]
        if len(rows) <= nth or self.session is None:
            return (_ASIDE,)
        times, part = rows[nth]
        known = [(time, minutes) for time, minutes in zip(times, self.session.minutes, strict=True) if time]
        spans = ", or ".join(f"{time} of a lesson of {minutes}" for time, minutes in known)
        says = (f"You: {part.says}",) if part.says else ()
        return (f"Minutes {spans}.", f"The class: {part.does}", *says)

    def _same(self, at: str) -> tuple[str, ...]:
        """Return the time of a slide that belongs to a part which another slide has begun."""
        first = self._time(at)[0]
        return (first if first == _ASIDE else f"Belongs to the part before it. {first}",)

    # --- before the class knows

    def _before(self, decision: Decision) -> Iterator[Slide]:
        yield self._opening(decision)
        yield self._rules()
        situation = [self.words.entry(one, style=PLAIN) for one in paragraphs(decision.situation)]
        role = Entry((Paragraph(self.words.runs(decision.role, bold=True)),))
        yield self._hidden(Slide("Situation", (role, *situation), notes=self._time("stage/1/")))
        question = Entry((Paragraph(self.words.runs(decision.question, bold=True)),))
        notes = (*self._time("stage/2/"), *self._time("#decision"))
        weighs = (f"What a good discussion weighs: {plain(decision.notes)}",) if decision.notes else ()
        title = "What do you decide?"
        yield self._hidden(Slide(title, (question, *self._choices(decision)), notes=(*notes, *weighs)))

    def _opening(self, decision: Decision) -> Slide:
        told = "A real case, told in stages: you decide before you know how it ended."
        notes = (
            f"For you alone: this is the case '{self.case.title}'. {self.words.place}",
            "Do not show the class its title or its address before the slide that tells them.",
            "Read the whole case and the instructor's edition before the lesson; that takes half an hour.",
            *self._objectives(),
            *self._board("Draw these columns on the board:", filled=False),
        )
        subtitle = (entry(told, style=PLAIN), entry(self.words.site.name, style=PLAIN))
        return self._hidden(Slide(decision.title, subtitle, "section", notes=notes))

    def _rules(self) -> Slide:
        staged = ("Nobody has read the case. Please do not look it up.",) if self.decision else ()
        slide = Slide("How we talk about it", entries((*_RULES, *staged)), notes=self._time("#rules"), section=STORY)
        return self._hidden(slide) if self.decision else slide

    def _choices(self, decision: Decision) -> tuple[Entry, ...]:
        return tuple(
            Entry((Paragraph(self.words.runs(one), LETTER, number),)) for number, one in enumerate(decision.choices, 1)
        )

    def _hidden(self, slide: Slide) -> Slide:
        return replace(slide, section=BEFORE, told=False)

    # --- what happened

    def _reveal(self) -> Slide:
        event = self.case.event
        countries = ", ".join(self.words.label("countries", one) for one in event.countries) if event else ""
        where = event.place or countries if event else ""
        lines = (f"{where}, {event.period}" if event else "", self.words.topics, self.words.state)
        shown = [entry(one, style=PLAIN) for one in lines if one]
        told = ("Say before it if people were hurt. Now the class may know which case it is.",) if self.decision else ()
        notes = (*told, f"In one paragraph: {plain(self.case.summary)}", *(() if self.decision else self._objectives()))
        picture = self.words.picture
        return Slide(self.case.title, tuple(shown), "opening", (), picture, notes, STORY, good=SMALLEST)

    def _story(self) -> Iterator[Slide]:
        at = "stage/3/" if self.decision else "#after"
        brief = self.teaching.brief if self.teaching else None
        happened = brief.happened if brief else (self.case.summary,)
        told = tuple(self.words.entry(one, style=PLAIN) for one in happened)
        yield Slide("What happened", told, notes=self._time(at), section=STORY)
        steps = tuple(self.words.labelled(one.date, one.event, one.sources) for one in drawn_steps(self.case))
        if steps:
            yield Slide("Timeline", steps, notes=self._same(at), section=STORY, most=_STEPS)

    def _compare(self, decision: Decision) -> Slide:
        left = (entry(run("What did we decide?", bold=True), style=PLAIN), *self._choices(decision))
        asked = (
            "Which of our choices was taken, and by whom?",
            "Which facts that we now have were known at the decision point?",
            "Who changes the vote, and why?",
        )
        right = (entry(run("What was done?", bold=True), style=PLAIN), *entries(asked))
        sizes = (20, SMALLEST)
        notes = self._time("#after")
        return Slide("Compare", left, "columns", right, notes=notes, section=STORY, sizes=sizes)

    def _causes(self) -> Iterator[Slide]:
        factors = tuple(
            self.words.labelled(
                self.words.label("factors", one.factor),
                one.explanation,
                one.sources,
                notes=(f"{self.words.label('factors', one.factor)}: {self._basis(one.basis)}.",),
            )
            for one in self.case.factors
        )
        if factors:
            notes = self._time("#lessons") if not self.decision else self._same("#after")
            yield Slide("Contributing factors", factors, notes=notes, section=STORY)
        changed = tuple(self.words.entry(one.fact, one.sources) for one in self.case.response)
        if changed:
            yield Slide("What changed", changed, notes=(_ASIDE,), section=STORY)

    def _basis(self, basis: str) -> str:
        return self.words.label("factor-bases", basis).lower()

    # --- questions and lessons

    def _questions(self) -> Iterator[Slide]:
        if self.teaching is None or self.session is None or not self.teaching.questions:
            return
        shown = tuple(
            self.words.entry(
                one.question, style=NUMBER, number=number, notes=self._sample(number, one.notes, self.session.shares)
            )
            for number, one in enumerate(self.teaching.questions, 1)
        )
        yield Slide("To discuss", shown, notes=self._time("#questions"), section=LESSONS, most=_QUESTIONS)

    def _sample(self, number: int, answer: str, shares: list[int]) -> tuple[str, ...]:
        minutes = shares[number - 1]
        time = f"about {minutes} minutes" if minutes else "in reserve"
        return (f"Question {number}, {time}. {f'Sample answer: {plain(answer)}' if answer else ''}",)

    def _lessons(self) -> Iterator[Slide]:
        at, nth = ("stage/4/", 0) if self.decision else ("#lessons", 1)
        lessons = tuple(
            self.words.entry(
                one.lesson,
                one.sources,
                NUMBER,
                number,
                notes=(f"Lesson {number}{f', drawn by {one.drawn_by}' if one.drawn_by else ''}.",),
            )
            for number, one in enumerate(self.case.lessons, 1)
        )
        if lessons:
            yield Slide("Lessons", lessons, notes=self._time(at, nth), section=LESSONS, most=_LESSONS)
        practices = tuple(map(self._practice, practices_of(self.case, self.words.library)))
        if practices:
            notes = ("Belongs to the lessons before it.",)
            yield Slide("What to do: practices", practices, notes=notes, section=LESSONS, most=3, good=18)

    def _practice(self, reason: Reason) -> Entry:
        item, why = reason.item, reason.why
        place = self.words.place_of(item)
        statement = item.statement if isinstance(item, BestPractice) else ""
        what = (run(f"{item.title}. ", bold=True), *self.words.runs(statement or why), run(" "), run(place, link=place))
        return Entry((Paragraph(what, BULLET),), (f"Why here: {plain(why)}",) if why != statement else ())

    def _more(self) -> Iterator[Slide]:
        if self.teaching is None:
            return
        beliefs = tuple(self._belief(one.belief, one.answer) for one in self.teaching.misconceptions)
        if beliefs:
            yield Slide("Often believed, and what is true", beliefs, notes=_BELIEFS, section=LESSONS)
        if self.teaching.brief:
            asked = entries(self.teaching.brief.ask, NUMBER)
            said = (*self._time("#monday"), *self._board("By now the board may say:", filled=True))
            yield Slide("On Monday, ask at home", asked, notes=said, section=LESSONS)

    def _belief(self, belief: str, answer: str) -> Entry:
        said = (run("‘", bold=True), *self.words.runs(belief, bold=True), run("’ ", bold=True))  # noqa: RUF001
        return Entry(
            (Paragraph((*said, *self.words.runs(answer)), BULLET),), sources=(*citations(belief), *citations(answer))
        )

    # --- to check oneself

    def _checks(self) -> Iterator[Slide]:
        if self.teaching is None or not self.teaching.self_check:
            return
        shown = tuple(question_entry(one, number, self.words) for number, one in enumerate(self.teaching.self_check, 1))
        notes = ("The answers stand here, in the notes. Let each person answer alone before anybody speaks.", _ASIDE)
        yield Slide("Check yourself", shown, notes=notes, section=CHECK, most=_CHECKS)

    def _objectives(self) -> tuple[str, ...]:
        aims = self.teaching.objectives if self.teaching else ()
        return ("Afterwards the class can:", *(f"- {plain(one)}" for one in aims)) if aims else ()

    def _board(self, words: str, *, filled: bool) -> tuple[str, ...]:
        columns = self.teaching.whiteboard if self.teaching else ()
        lines = (f"- {plain(one.heading)}{f': {_joined(one.entries)}' if filled else ''}" for one in columns)
        return (words, *lines) if columns else ()


def question_entry(one: CheckQuestion, number: int, words: Words) -> Entry:
    """Return a question to check oneself with its choices; its answer is in the notes."""
    asked = Paragraph(words.runs(one.question, bold=True), NUMBER, number)
    choices = [Paragraph(words.runs(text), LETTER, index) for index, text in enumerate(one.choices, 1)]
    said = (one.question, *one.choices, one.answer, *(wrong.feedback for wrong in one.wrong))
    return Entry(
        (asked, *choices), tuple(answers(one, number)), tuple(source for text in said for source in citations(text))
    )


def answers(one: CheckQuestion, number: int) -> Iterator[str]:
    """Yield what the speaker should know of a question: what is right, why, and what is wrong with the rest."""
    if one.is_open:
        yield f"Question {number}, a good answer: {plain(one.answer)}"
        return
    letters = dict(zip(one.choices, _LETTERS, strict=False))
    yield f"Question {number}: {letters.get(one.right, '')} is right. {plain(one.answer)}"
    for wrong in one.wrong:
        yield f"- Not {letters.get(wrong.choice, '')}: {plain(wrong.feedback)}"


def _joined(texts: Iterable[str]) -> str:
    return "; ".join(plain(one) for one in texts)
