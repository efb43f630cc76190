"""Pages of vocabulary terms: topics, factors, guidance documents, and the glossary."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from casebook.coverage import factor_gaps, topic_cover
from casebook.library import Reason
from casebook.model import BestPractice, CaseStudy
from casebook.registry import CASE_STUDY
from casebook.render.lists import Card, CardGroup, chunks, counted, pager
from casebook.render.page import Context, plural
from casebook.vocabulary import names_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.artifact import Artifact
    from casebook.library import Library
    from casebook.model import Item
    from casebook.vocabulary import Term

MOST_LESSONS, MOST_PRACTICES, MOST_IN_PART = 40, 40, 12


@dataclass(frozen=True, slots=True)
class Register:
    """A vocabulary whose terms have pages: its name is also its address."""

    name: str
    title: str
    kicker: str
    lead: str


@dataclass(frozen=True, slots=True)
class Part:
    """The cases of a term that share a setting or an outcome: the first of them, how many more, and where those are."""

    anchor: str
    label: str
    cases: Sequence[CaseStudy]
    more: int
    address: str


TOPICS = Register("topics", "Topics", "Topic", "What cases and practices are about. Choose one and read.")
FACTORS = Register(
    "factors",
    "Contributing factors",
    "Contributing factor",
    "Why things went wrong, or what had to be overcome. A factor leads to cases and to practices.",
)
GUIDANCE = Register(
    "guidance",
    "Guidance",
    "Guidance",
    "Conventions, resolutions, codes and guides, each with the cases and practices that touch it. "
    "Here stand titles and links; the texts belong to their publishers.",
)

# The heading, the field of the event and the vocabulary by which the cases of a term are divided.
_DIVIDED = {TOPICS.name: ("By outcome", "outcome", "outcomes"), FACTORS.name: ("By setting", "setting", "settings")}


def pages(context: Context) -> Iterator[Artifact]:
    """Yield index and pages of topics, factors and guidance documents, and the glossary."""
    for register in (TOPICS, FACTORS, GUIDANCE):
        yield _index(register, context)
        for term in context.library.vocabularies[register.name]:
            yield from _term_pages(register, term, context)
    yield _glossary(context)


def topic_cards(context: Context) -> list[Card]:
    """Return a card for each main topic."""
    return [_card(TOPICS, term, context) for term in context.library.vocabularies["topics"] if not term.parent]


def _items(register: Register, term: Term, context: Context) -> Sequence[Item]:
    library = context.library
    mappings: Mapping[str, Mapping[str, Sequence[Item]]] = {
        "topics": library.by_topic,
        "factors": {term.id: [*library.by_factor.get(term.id, ()), *library.practices_by_factor.get(term.id, ())]},
        "guidance": library.by_guidance,
    }
    return mappings[register.name].get(term.id, ())


def _card(register: Register, term: Term, context: Context) -> Card:
    items = _items(register, term, context)
    mark = f"topic-{term.parent or term.id}" if register is TOPICS else ""
    text = counted(items) or "nothing yet"
    return Card(term.label, f"{register.name}/{term.id}/", len(items), text, term.definition, mark)


def _index(register: Register, context: Context) -> Artifact:
    vocabulary = context.library.vocabularies[register.name]
    if vocabulary.groups:
        members = {group: [term for term in vocabulary if term.group == group] for group in vocabulary.groups}
        named = [(group, vocabulary.groups[group], terms) for group, terms in members.items() if terms]
    else:
        mains = (term for term in vocabulary if not term.parent)
        named = [("", "", [term for main in mains for term in (main, *vocabulary.children(main.id))])]
    groups = [CardGroup([_card(register, term, context) for term in terms], key, label) for key, label, terms in named]
    page = context.page(f"{register.name}/")
    values = {"lead": register.lead, "groups": groups, "trail": [(register.title, "")]}
    return page.artifact("index.md.j2", register.title, register.lead, **values)


def _term_pages(register: Register, term: Term, context: Context) -> Iterator[Artifact]:
    library, vocabulary = context.library, context.library.vocabularies[register.name]
    items = _items(register, term, context)
    cases = [item for item in items if isinstance(item, CaseStudy)]
    practices = [item for item in items if isinstance(item, BestPractice)]
    courses = [Reason(item, item.summary) for item in items if not isinstance(item, CaseStudy | BestPractice)]
    parts = list(chunks(cases, f"{register.name}/{term.id}/"))
    lessons = library.lessons_by_factor.get(term.id, ()) if register is FACTORS else ()
    values: dict[str, Any] = {
        "term": term,
        "kicker": register.kicker,
        "trail": [(register.title, f"{register.name}/"), (term.label, "")],
        "index": f"{register.name}/",
        "children": vocabulary.children(term.id),
        "parent": vocabulary.terms.get(term.parent),
        "practices": practices[:MOST_PRACTICES],
        "practice_count": len(practices),
        "trained": [one for one in names_in(term, "training") if one in library.by_facet["training"]],
        "courses": courses[:MOST_PRACTICES],
        "wants_practices": register is not GUIDANCE,
        "lessons": lessons[:MOST_LESSONS],
        "lesson_count": len(lessons),
        "guidance": _guidance(items) if register is not GUIDANCE else [],
        "gaps": _gaps(register, term, library),
        "divided": _DIVIDED.get(register.name, ("",))[0],
        "citable": register is TOPICS,
        "facts": _facts(term) if register is GUIDANCE else [],
        "pages": pager(parts),
    }
    for number, (address, part) in enumerate(parts, 1):
        caption = plural(len(cases), "case") + (f"; page {number} of {len(parts)}" if len(parts) > 1 else "")
        title = term.label if number == 1 else f"{term.label}, page {number}"
        description = term.definition or term.label
        divisions = list(_parts(register, term, cases, library)) if number == 1 else []
        yield context.page(address).artifact(
            "term.md.j2", title, description, cases=part, case_caption=caption, divisions=divisions, **values
        )


def _parts(register: Register, term: Term, cases: Sequence[CaseStudy], library: Library) -> Iterator[Part]:
    """Yield the cases of a term by setting or outcome, in the order of that vocabulary."""
    if register.name not in _DIVIDED:
        return
    _, field, vocabulary = _DIVIDED[register.name]
    groups: dict[str, list[CaseStudy]] = defaultdict(list)
    for case in cases:
        if case.event:
            groups[getattr(case.event, field)].append(case)
    for one in library.vocabularies[vocabulary]:
        if group := groups.get(one.id):
            asked = {"kind": CASE_STUDY.name, register.name.removesuffix("s"): term.id, field: one.id}
            more = max(len(group) - MOST_IN_PART, 0)
            yield Part(f"{field}-{one.id}", one.label, group[:MOST_IN_PART], more, f"search/?{urlencode(asked)}")


def _gaps(register: Register, term: Term, library: Library) -> list[str]:
    if register is TOPICS:
        return topic_cover(term, library).gaps
    return factor_gaps(term, library) if register is FACTORS else []


def _guidance(items: Sequence[Item]) -> list[str]:
    """Return the documents that the items of a topic name, the most named first."""
    counts: dict[str, int] = {}
    for item in items:
        for one in item.guidance:
            counts[one] = counts.get(one, 0) + 1
    return sorted(counts, key=lambda one: (-counts[one], one))[:12]


def _facts(term: Term) -> list[tuple[str, str]]:
    names = {
        "number": "Number",
        "type": "Type",
        "year": "Year",
        "legal_status": "Standing",
        "note": "Note",
        "url": "Text",
    }
    return [(label, str(term.more[key])) for key, label in names.items() if term.more.get(key)]


def _glossary(context: Context) -> Artifact:
    terms = sorted(context.library.vocabularies["glossary"], key=lambda term: term.label.casefold())
    letters = [(letter, list(group)) for letter, group in groupby(terms, key=lambda term: term.label[0].upper())]
    page = context.page("glossary/")
    lead = "Terms of nuclear security for trainees, in plain words."
    return page.artifact("glossary.md.j2", "Glossary", lead, terms=terms, letters=letters)
