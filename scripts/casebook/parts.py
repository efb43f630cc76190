"""A released version as parts, entries and fields: what its page shows, and what is compared with another version.

Releases are files that live longer than the code that wrote them. The readers here give only what has the right shape,
so that a field that is missing, unknown or of another form is left out and never breaks a page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from casebook import text
from casebook.dates import EventDate, period
from casebook.model import EDITORS
from casebook.release import values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from markdown_it.token import Token

    from casebook.release import Release

FACTS, LIST, NUMBERED, PROSE = "facts", "list", "numbered", "prose"
# The label of a field that a page shows folded.
INSTRUCTOR = "Notes for the instructor"
# Lists that stand below a section of the prose, as on the page of the item; all others follow at the end.
_BELOW = {
    "What happened": ("timeline",),
    "Why it happened": ("factors", "lessons"),
    "What changed": ("response",),
    "How to do it": ("indicators",),
    "Scenario": ("roles",),
    "How to lead it": ("injects", "evaluation"),
    "Before you begin": ("steps",),
    "Where it works and where it does not": ("claims", "pitfalls", "culture"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """Words, and where they lead: the id of an item, a place on the page (`#…`) or an address on the web."""

    words: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: plain text with citations, or terms and links; `inline` are the tokens of a piece of prose."""

    label: str = ""
    text: str = ""
    sources: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    inline: tuple[Token, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.text or self.links or self.inline)


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact, paragraph or entry of a list.

    `key` finds it in another version, as the former keys in `aliases` do; without a key its words find it. `name` is
    what a reader calls it.
    """

    fields: tuple[Field, ...]
    key: str = ""
    name: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What stands below one heading; `stream` are the tokens of prose."""

    id: str
    heading: str
    form: str
    entries: tuple[Entry, ...]
    stream: Sequence[Token] = field(default=())


@dataclass(frozen=True, slots=True)
class Words:
    """The words of terms by vocabulary and id, and the titles of items by id, as a version has them."""

    labels: Mapping[str, Mapping[str, str]]
    titles: Mapping[str, str]

    def label(self, vocabulary: str, term_id: str) -> str:
        """Return the words of a term, or its id where there are none."""
        return line(_fields(self.labels.get(vocabulary)).get(term_id)) or term_id

    def items(self, found: Iterable[str]) -> tuple[Link, ...]:
        """Return items by their ids, with the titles that they had."""
        return tuple(Link(line(self.titles.get(one)) or one, one) for one in found)

    def terms(self, vocabulary: str, found: Iterable[str]) -> tuple[Link, ...]:
        """Return terms by their ids."""
        return tuple(Link(self.label(vocabulary, one)) for one in found)


def of_release(release: Release, words: Words | None = None) -> list[Part]:
    """Return the parts of a version in the order of its page, those with nothing in them left out.

    Args:
        release: the version.
        words: the words of terms; without them those of the version itself.
    """
    data, words = _fields(release.data), words or Words(_fields(release.labels), _fields(release.titles))
    lists = {part.id: part for part in _lists(data, words)}
    found = [_head(data, release.title), _facts(data, words)]
    for section in sections(release.body):
        found += [section, *(lists.pop(one) for one in _BELOW.get(section.heading, ()) if one in lists)]
    kept = (Part(one.id, one.heading, one.form, _filled(one.entries), one.stream) for one in (*found, *lists.values()))
    return [one for one in kept if one.entries]


@lru_cache(maxsize=32)
def sections(body: str) -> tuple[Part, ...]:
    """Return the prose by its headings of level 2; what stands before the first one has no heading.

    The prose of one version is asked for again with each other version to which it is compared.
    """
    found: list[tuple[str, list[Token]]] = [("", [])]
    stream = iter(text.tokens(body))
    for token in stream:
        if token.type == "heading_open" and token.tag == "h2" and not token.level:
            # The words of the heading and its end follow.
            found.append((line(next(stream).content), []))
            next(stream)
        else:
            found[-1][1].append(token)
    return tuple(Part(_anchor(heading), heading, PROSE, tuple(_blocks(tokens)), tokens) for heading, tokens in found)


def line(value: Any) -> str:
    """Return a value as plain text on one line; what is no text and no number is an empty text."""
    is_plain = isinstance(value, str | int | float) and not isinstance(value, bool)
    return " ".join(str(value).split()) if is_plain else ""


def paragraphs(value: Any) -> list[str]:
    """Return the paragraphs of a text; what is no text has none."""
    return text.paragraphs(value) if isinstance(value, str) else []


def day(value: Any) -> str:
    """Return a date in words, or as it was written where it is not in the calendar."""
    try:
        return str(EventDate.parse(line(value)))
    except ValueError:
        return line(value)


def entries(data: Mapping[str, Any], *steps: str) -> Iterator[Mapping[str, Any]]:
    """Yield each entry of a list of fields that stands at the end of some steps."""
    value: Any = data
    for step in steps:
        value = _fields(value).get(step)
    yield from (one for one in (value if isinstance(value, list | tuple) else ()) if isinstance(one, Mapping))


def _blocks(stream: Sequence[Token]) -> Iterator[Entry]:
    for token in stream:
        if token.type == "inline":
            yield Entry((Field(inline=tuple(token.children or ())),))
        elif token.type in ("fence", "code_block", "html_block"):
            yield Entry((Field(text=line(token.content)),))


def _anchor(heading: str) -> str:
    return "-".join("".join(one if one.isalnum() else " " for one in heading.lower()).split())


def _filled(found: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries without their empty fields, and without those that have no other."""
    kept = ((one, tuple(part for part in one.fields if not part.is_empty)) for one in found)
    return tuple(Entry(fields, one.key, one.name, one.aliases) for one, fields in kept if fields)


def _fields(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def authors(data: Mapping[str, Any]) -> list[str]:
    """Return the names to cite of a version, each once and in their order; the editors where nobody is named."""
    names = dict.fromkeys(line(one.get("name")) for one in entries(data, "contributors"))
    return [name for name in names if name] or [EDITORS]


def texts(data: Mapping[str, Any], path: str) -> tuple[str, ...]:
    """Return the texts at a path such as `lessons.factors`."""
    return tuple(one for one in (line(one) for one in values(data, path)) if one)


def _cited(data: Mapping[str, Any]) -> tuple[str, ...]:
    return texts(data, "sources")


# --- what stands above the prose


def _head(data: Mapping[str, Any], title: str) -> Part:
    reason, successor = line(data.get("withdrawn_reason")), line(data.get("superseded_by"))
    return Part(
        "head",
        "Title and summary",
        FACTS,
        (
            _fact("Title", Field(text=line(title))),
            _fact("Statement", Field(text=line(data.get("statement")))),
            _fact("Summary", Field(text=line(data.get("summary")))),
            _fact("Withdrawn", Field(text=reason), Field("Read instead", links=_id_link(successor))),
        ),
    )


def _id_link(item_id: str) -> tuple[Link, ...]:
    return (Link(item_id, item_id),) if item_id else ()


def _fact(name: str, *fields: Field) -> Entry:
    return Entry(fields, name, name)


def _facts(data: Mapping[str, Any], words: Words) -> Part:
    event, material = _fields(data.get("event")), _fields(data.get("material"))
    where = (line(event.get("place")), *(words.label("countries", one) for one in texts(event, "countries")))
    what = (line(material.get("radionuclide")), line(material.get("activity")))
    kind = words.label("material-categories", line(material.get("category")))
    language = line(data.get("language"))
    found = (
        _fact("When", Field(text=_period(event))),
        _fact("Where", Field(text=", ".join(filter(None, where)))),
        _fact("Setting", Field(text=words.label("settings", line(event.get("setting"))))),
        _fact("Material", Field(text=", ".join(filter(None, (*what, kind))), sources=_cited(material))),
        _fact("Outcome", Field(text=words.label("outcomes", line(event.get("outcome"))))),
        *_weight(data, words),
        _fact("Centres", Field(links=words.terms("centres", texts(data, "centres")))),
        *_course(data, words),
        _fact("Topics", Field(links=words.terms("topics", texts(data, "topics")))),
        _fact("Language", Field(text=words.label("languages", language) if language != "en" else "")),
        _fact("If you are five people, start here", Field(text=line(data.get("first_step")))),
    )
    return Part("facts", "Facts", FACTS, found)


def _period(event: Mapping[str, Any]) -> str:
    start, end = line(event.get("start")), line(event.get("end"))
    try:
        return str(period(start, end))
    except ValueError:
        return " to ".join(filter(None, (start, end)))


def _weight(data: Mapping[str, Any], words: Words) -> tuple[Entry, ...]:
    """Return how binding a practice is, how strong its evidence, and for whom it is."""
    binding, evidence, suits = (_fields(data.get(key)) for key in ("obligation", "evidence", "applicability"))
    return (
        _fact(
            "How binding",
            Field(text=words.label("obligation-types", line(binding.get("type")))),
            Field(text=line(binding.get("basis")), sources=_cited(binding)),
        ),
        _fact(
            "How strong the evidence",
            Field(text=words.label("evidence-strengths", line(evidence.get("strength")))),
            Field(text=line(evidence.get("limits"))),
        ),
        _fact("States", Field(links=words.terms("state-profiles", texts(suits, "states")))),
        _fact("Organisations", Field(links=words.terms("organisations", texts(suits, "organisations")))),
        _fact("Capacity", Field(text=words.label("capacities", line(suits.get("capacity"))))),
    )


# --- lists


def _lists(data: Mapping[str, Any], words: Words) -> Iterator[Part]:
    yield _list("timeline", "Timeline", entries(data, "timeline"), _step)
    yield _list("factors", "Contributing factors", entries(data, "factors"), lambda one: _factor(one, words))
    yield _list("lessons", "Lessons", entries(data, "lessons"), lambda one: _lesson(one, words), NUMBERED)
    yield _list("response", "What was done", entries(data, "response"), _said("fact"))
    yield _list("claims", "What can be said for it", entries(data, "evidence", "claims"), _said("claim"))
    yield _list("indicators", "Signs that it works", _as_entries(data, "indicators"), _said("text"))
    yield _list("pitfalls", "Known ways to fail", entries(data, "pitfalls"), _said("pitfall"))
    yield _list("culture", "Customs, rank and language", _as_entries(data, "cultural_notes"), _said("text"))
    yield from _teaching(data, words)
    yield from _course_lists(data, words)
    cases = entries(data, "counter_cases")
    yield _list("counter-cases", "Cases against it, or that show its limits", cases, lambda one: _item(one, words))
    yield _list("related", "To read next, with the reason", entries(data, "related"), lambda one: _item(one, words))
    yield _terms("guidance", "Guidance", "guidance", data, words)
    yield _list("uncertain", "What is uncertain", _as_entries(data, "uncertain"), _said("text"))
    yield _list("sources", "Sources", entries(data, "sources"), lambda one: _source(one, words), NUMBERED)
    yield _origin(data, words)
    exceptions = entries(data, "clearance", "exceptions")
    yield _list("exceptions", "Words that the screen saw and that may stand", exceptions, _exception)
    keywords = tuple(Entry((Field(text=one),), one) for one in texts(data, "keywords"))
    yield Part("keywords", "Found under", LIST, keywords)
    questions = _as_entries(data, "reader_questions")
    yield _list("reader-questions", "Questions to which this is an answer", questions, _said("text"))


def _list(
    name: str,
    heading: str,
    found: Iterable[Mapping[str, Any]],
    entry: Callable[[Mapping[str, Any]], Entry],
    form: str = LIST,
) -> Part:
    return Part(name, heading, form, tuple(entry(one) for one in found))


def _as_entries(data: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    """Yield each text of a list of texts like an entry with one field."""
    yield from ({"text": one} for one in texts(data, key))


def _said(key: str) -> Callable[[Mapping[str, Any]], Entry]:
    return lambda one: Entry((Field(text=line(one.get(key)), sources=_cited(one)),))


def _terms(name: str, heading: str, vocabulary: str, data: Mapping[str, Any], words: Words) -> Part:
    found = (Entry((Field(text=words.label(vocabulary, one)),), one) for one in texts(data, name))
    return Part(name, heading, LIST, tuple(found))


def _step(one: Mapping[str, Any]) -> Entry:
    return Entry((Field(text=_step_date(one)), Field(text=line(one.get("event")), sources=_cited(one))))


def _step_date(one: Mapping[str, Any]) -> str:
    start, _, end = line(one.get("date")).partition("/")
    return _period({"start": start, "end": end})


def _factor(one: Mapping[str, Any], words: Words) -> Entry:
    name = words.label("factors", line(one.get("factor")))
    return Entry(
        (
            Field(text=name),
            Field(text=line(one.get("explanation")), sources=_cited(one)),
            Field("Basis", words.label("factor-bases", line(one.get("basis")))),
        ),
        line(one.get("factor")),
        f"Factor: {name}",
    )


def _lesson(one: Mapping[str, Any], words: Words) -> Entry:
    lesson_id = line(one.get("id"))
    return Entry(
        (
            Field(text=line(one.get("lesson"))),
            Field("Drawn by", line(one.get("drawn_by")), _cited(one)),
            Field("Because of", links=words.terms("factors", texts(one, "factors"))),
            Field("What to do", links=words.items(texts(one, "practices"))),
        ),
        lesson_id,
        f"Lesson {lesson_id}",
        texts(one, "aliases"),
    )


def _teaching(data: Mapping[str, Any], words: Words) -> Iterator[Part]:
    teaching = _fields(data.get("teaching"))
    minutes = line(teaching.get("minutes"))
    facts = (
        _fact("For", Field(links=words.terms("audiences", texts(teaching, "audience")))),
        _fact("Level", Field(text=words.label("levels", line(teaching.get("level"))))),
        _fact("Time", Field(text=f"about {minutes} minutes with reading" if minutes else "")),
    )
    yield Part("teaching", "For a class", FACTS, facts)
    yield _list("objectives", "After this case you can", _as_entries(teaching, "objectives"), _said("text"))
    yield _decision(_fields(teaching.get("decision")))
    yield _list("questions", "Discussion questions", entries(teaching, "questions"), _question, NUMBERED)
    yield _list("self-check", "Check yourself", entries(teaching, "self_check"), _check_question, NUMBERED)
    yield _list("misconceptions", "Common misconceptions", entries(teaching, "misconceptions"), _misconception)
    yield _list("whiteboard", "Whiteboard plan", entries(teaching, "whiteboard"), _column)
    brief = _fields(teaching.get("brief"))
    yield _list("brief", "What happened, in three sentences", _as_entries(brief, "happened"), _said("text"), NUMBERED)
    yield _list("monday", "Questions for Monday", _as_entries(brief, "ask"), _said("text"), NUMBERED)


def _decision(decision: Mapping[str, Any]) -> Part:
    """Return the decision point; its situation may have several paragraphs."""
    situation, choices = paragraphs(decision.get("situation")), texts(decision, "choices")
    facts = (
        _fact("Title", Field(text=line(decision.get("title")))),
        _fact("Role", Field(text=line(decision.get("role")))),
        _fact("Situation", *(Field(text=one) for one in situation)),
        _fact("Question", Field(text=line(decision.get("question")))),
        _fact("Choices", *(Field(text=one) for one in choices)),
        _fact("Notes", Field(INSTRUCTOR, line(decision.get("notes")))),
    )
    return Part("decision", "Decision point", FACTS, facts)


def _check_question(one: Mapping[str, Any]) -> Entry:
    """Return a question to check oneself; what a wrong choice is told stands beside the choice."""
    lesson, wrong = line(one.get("lesson")), entries(one, "wrong")
    return Entry(
        (
            Field(text=line(one.get("question"))),
            Field("Right", line(one.get("right"))),
            *(
                Field("Wrong", ": ".join(filter(None, (line(it.get("choice")), line(it.get("feedback"))))))
                for it in wrong
            ),
            Field("Answer", line(one.get("answer"))),
            Field("To lesson", links=(Link(lesson, f"#{lesson}"),) if lesson else ()),
        ),
        *_named(one, "Question"),
    )


def _misconception(one: Mapping[str, Any]) -> Entry:
    return Entry((Field(text=line(one.get("belief"))), Field("Answer", line(one.get("answer")))))


def _column(one: Mapping[str, Any]) -> Entry:
    heading = line(one.get("heading"))
    return Entry(
        (Field(text=heading), Field("Expected", "; ".join(texts(one, "entries")))), heading, f"Column {heading}"
    )


def _course(data: Mapping[str, Any], words: Words) -> tuple[Entry, ...]:
    """Return for whom an exercise or a learning path is, for how long and how many, and which modules it serves."""
    minutes, players = line(data.get("minutes")), _fields(data.get("players"))
    number = " to ".join(filter(None, (line(players.get("least")), line(players.get("most")))))
    return (
        _fact("Learner", Field(text=line(data.get("learner")))),
        _fact("For", Field(links=words.terms("audiences", texts(data, "audience")))),
        _fact("Level", Field(text=words.label("levels", line(data.get("level"))))),
        _fact("Plays in", Field(text=words.label("settings", line(data.get("setting"))))),
        _fact("Time", Field(text=f"{minutes} minutes" if minutes else "")),
        _fact("Players", Field(text=number)),
        _fact("Training topics", Field(links=words.terms("training-topics", texts(data, "training_topics")))),
    )


def _course_lists(data: Mapping[str, Any], words: Words) -> Iterator[Part]:
    """Yield the lists of an exercise and of a learning path."""
    yield _list("aims", "Afterwards you can", _as_entries(data, "objectives"), _said("text"))
    yield _list("equipment", "What you need", _as_entries(data, "equipment"), _said("text"))
    yield _list("roles", "Roles", entries(data, "roles"), _role)
    yield _list("injects", "Injects", entries(data, "injects"), lambda one: _inject(one, words))
    yield _list("evaluation", "Evaluation sheet", entries(data, "evaluation"), lambda one: _criterion(one, words))
    yield _list("grown-from", "Grown from", entries(data, "grown_from"), lambda one: _item(one, words))
    yield _list("steps", "Steps", entries(data, "steps"), lambda one: _path_step(one, words), NUMBERED)


def _named(one: Mapping[str, Any], what: str) -> tuple[str, str]:
    """Return what finds an entry in another version, and what a reader calls it."""
    return line(one.get("id")), f"{what} {line(one.get('id'))}"


def _role(one: Mapping[str, Any]) -> Entry:
    fields = (Field(text=line(one.get("title"))), Field(text=line(one.get("brief"))))
    return Entry((*fields, Field("Known to this role alone", line(one.get("knows")))), *_named(one, "Role"))


def _inject(one: Mapping[str, Any], words: Words) -> Entry:
    minute = line(one.get("minute"))
    branches = (f"{line(part.get('when'))} → {line(part.get('inject'))}" for part in entries(one, "branches"))
    return Entry(
        (
            Field(text=f"Minute {minute}: {line(one.get('title'))}" if minute else line(one.get("title"))),
            Field("To", ", ".join(texts(one, "to"))),
            Field("Channel", line(one.get("channel"))),
            Field("Only when", line(one.get("only_when"))),
            Field(text=line(one.get("text"))),
            Field("Expected", " ".join(texts(one, "expected"))),
            Field("Questions", " ".join(texts(one, "questions"))),
            Field("Branches", "; ".join(branches)),
            *_goes_back_to(one, words),
        ),
        *_named(one, "Inject"),
    )


def _criterion(one: Mapping[str, Any], words: Words) -> Entry:
    good, weak = Field("Good", line(one.get("good"))), Field("Weak", line(one.get("weak")))
    fields = (Field(text=line(one.get("criterion"))), good, weak, *_goes_back_to(one, words))
    return Entry(fields, *_named(one, "Criterion"))


def _goes_back_to(one: Mapping[str, Any], words: Words) -> tuple[Field, Field]:
    lessons = Field("Lessons", ", ".join(texts(one, "lessons")))
    return lessons, Field("What to do", links=words.items(texts(one, "practices")))


def _path_step(one: Mapping[str, Any], words: Words) -> Entry:
    minutes = line(one.get("minutes"))
    return Entry(
        (
            Field(links=words.items(texts(one, "item"))),
            Field(text=line(one.get("why"))),
            Field("Part", line(one.get("part"))),
            Field("Time", f"{minutes} minutes" if minutes else ""),
            Field("Questions", " ".join(line(asked.get("question")) for asked in entries(one, "questions"))),
        ),
        *_named(one, "Step"),
    )


def _question(one: Mapping[str, Any]) -> Entry:
    lesson = line(one.get("lesson"))
    return Entry(
        (
            Field(text=line(one.get("question"))),
            Field("To lesson", links=(Link(lesson, f"#{lesson}"),) if lesson else ()),
            Field(INSTRUCTOR, line(one.get("notes"))),
        )
    )


def _item(one: Mapping[str, Any], words: Words) -> Entry:
    links = words.items([line(one.get("id"))] if line(one.get("id")) else [])
    return Entry((Field(links=links), Field(text=line(one.get("why")))), line(one.get("id")))


def _source(one: Mapping[str, Any], words: Words) -> Entry:
    grade, language = line(one.get("reliability")), line(one.get("language"))
    year = f", {line(one.get('year'))}" if line(one.get("year")) else ""
    stated = (line(one.get("author")), f"{line(one.get('title'))}{year}", line(one.get("identifier")))
    grading = words.label("reliability-grades", grade)
    return Entry(
        (
            Field(text="".join(f"{part.rstrip('.')}. " for part in stated if part).strip()),
            Field("Address", links=_web(one.get("url"))),
            Field("Archived copy", links=_web(one.get("archive_url"))),
            Field("Note", line(one.get("note"))),
            Field("Grade", grade if grading == grade else f"{grade}, {grading}"),
            Field("Type", words.label("source-types", line(one.get("type")))),
            Field("Language", words.label("languages", language) if language != "en" else ""),
        ),
        line(one.get("id")),
        f"Source {line(one.get('id'))}",
    )


def _web(value: Any) -> tuple[Link, ...]:
    return (Link(line(value), line(value)),) if line(value) else ()


def _origin(data: Mapping[str, Any], words: Words) -> Part:
    clearance = _fields(data.get("clearance"))
    basis, decided = line(clearance.get("basis")), day(clearance.get("date"))
    stated = [words.label("clearance-bases", basis)] if basis else []
    names = tuple(Link(_contributor(one, words)) for one in entries(data, "contributors"))
    facts = (
        _fact("Contributors", Field(links=tuple(one for one in names if one.words))),
        _fact("Clearance", Field(text=", ".join([*stated, f"decided on {decided}"] if decided else stated))),
    )
    return Part("origin", "Contributors and clearance", FACTS, facts)


def _contributor(one: Mapping[str, Any], words: Words) -> str:
    role, centre = words.label("contributor-roles", line(one.get("role"))), line(one.get("centre"))
    place = f", {words.label('centres', centre)}" if centre else ""
    return f"{line(one.get('name'))}{f' ({role.lower()})' if role else ''}{place}"


def _exception(one: Mapping[str, Any]) -> Entry:
    return Entry((Field(text=line(one.get("text"))), Field(text=line(one.get("reason")))), line(one.get("text")))
