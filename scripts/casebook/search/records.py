"""What the search knows of the library: one record for each item, term and page, with its words field by field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casebook.dates import EventDate
from casebook.facet import FACETS
from casebook.model import BestPractice, CaseStudy, Exercise, LearningPath
from casebook.search.passages import passages_of
from casebook.text import plain
from casebook.written import Passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebook.library import Library
    from casebook.model import Item
    from casebook.vocabulary import Term, Vocabularies
    from casebook.written import WrittenPage

# The kinds of record in the order of their numbers, with the words that a result shows.
KINDS = {
    "case-study": "Case study",
    "best-practice": "Best practice",
    "exercise": "Exercise",
    "learning-path": "Learning path",
    "topic": "Topic",
    "factor": "Contributing factor",
    "guidance": "Guidance",
    "centre": "Centre or network",
    "term": "Glossary",
    "page": "Page",
}


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that a search can find.

    `names` are all names that mean just this; `labels` the terms that it carries; `days` the day of the event and the
    day of first publication, both counted from the year 1 (0 where there is none); `note` says when and where.
    """

    kind: str
    title: str
    address: str
    summary: str
    passages: Sequence[Passage]
    names: Sequence[str] = ()
    keywords: Sequence[str] = ()
    questions: Sequence[str] = ()
    labels: Sequence[str] = ()
    note: str = ""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    days: tuple[int, int] = (0, 0)


def records(library: Library, pages: Iterable[WrittenPage]) -> list[Record]:
    """Return all records: items first, newest event first, because a tie goes to the one that stands first."""
    return [
        *(_item(item, library) for item in library.shown),
        *_terms(library),
        *(
            Record("page", page.title, page.address, page.description, page.passages, names=[page.title])
            for page in pages
        ),
    ]


def _item(item: Item, library: Library) -> Record:
    vocabularies = library.vocabularies
    facets = {facet.name: list(facet.values(item, vocabularies)) for facet in FACETS}
    labels = [
        facet.value_label(value, vocabularies)
        for facet in FACETS
        if facet.name not in ("language", "review", "level", "decade")
        for value in facets[facet.name]
    ]
    event = item.event if isinstance(item, CaseStudy) else None
    title = item.statement if isinstance(item, BestPractice) and item.statement else ""
    return Record(
        item.kind.name,
        item.title,
        item.address,
        plain(f"{title} {item.summary}".strip()),
        list(passages_of(item, library)),
        names=[item.id, item.title],
        keywords=item.keywords,
        questions=item.reader_questions,
        labels=list(dict.fromkeys([*labels, event.place if event else ""])),
        note=_note(item, vocabularies),
        facets=facets,
        days=(event.period.first.first_day if event else 0, _day(item.first_published)),
    )


def _note(item: Item, vocabularies: Vocabularies) -> str:
    if isinstance(item, Exercise | LearningPath):
        return f"{item.minutes} minutes"
    if not isinstance(item, CaseStudy) or not item.event:
        return ""
    countries = ", ".join(vocabularies["countries"].label(code) for code in item.event.countries)
    outcome = vocabularies["outcomes"].label(item.event.outcome)
    return f"{item.event.period.first.year} · {countries} · {outcome}"


def _day(date: str) -> int:
    return EventDate.parse(date).first_day if date else 0


def _terms(library: Library) -> Iterator[Record]:
    vocabularies = library.vocabularies
    for kind, name in (("topic", "topics"), ("factor", "factors"), ("guidance", "guidance"), ("centre", "centres")):
        for term in vocabularies[name]:
            yield _term(kind, f"{name}/{term.id}/", term)
    for term in vocabularies["glossary"]:
        yield _term("term", f"glossary/#{term.id}", term)


def _term(kind: str, address: str, term: Term) -> Record:
    texts = [
        _words(term.more.get(key)) for key in ("introduction", "matters", "remember", "contested", "focus", "note")
    ]
    others = term.more.get("other_languages")
    names = [
        term.label,
        *term.names,
        *_list(term.more.get("number")),
        *(others.values() if isinstance(others, dict) else ()),
    ]
    passages = [Passage("", "", words) for words in texts if words]
    return Record(kind, term.label, address, term.definition, passages, names=[str(name) for name in names])


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value] if value else []


def _words(value: object) -> str:
    return " ".join(str(one) for one in _list(value))
