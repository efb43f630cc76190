"""The page of results and the precedent finder: forms that the browser's code fills, and plain ways in without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.artifact import Artifact
    from casebook.render.page import Context
    from casebook.vocabulary import Term, Vocabulary

# The fields of `protected` and `stages` that name terms, with the facet that each stands for.
FACET_OF_FIELD = {"settings": "setting", "topics": "topic", "factors": "factor", "materials": "material"}
_ORDERS = (("relevance", "Relevance"), ("event", "Date of event"), ("added", "Date added"))
_WAYS = (
    ("By topic", "topics/", "What cases and practices are about."),
    ("By contributing factor", "factors/", "Why things went wrong."),
    ("By setting", "settings/", "The kind of place."),
    ("By country", "countries/", "Where it happened; also by region."),
    ("By year", "years/", "When it began."),
    ("By outcome", "outcomes/", "How it ended, successes among them."),
    ("All case studies", "cases/", "Newest event first."),
    ("All best practices", "practices/", "Who should do what."),
    ("Guidance", "guidance/", "By document."),
    ("Glossary", "glossary/", "Terms in plain words."),
)


@dataclass(frozen=True, slots=True)
class Option:
    """One answer in the finder: its words, and the values of facets that it stands for."""

    id: str
    label: str
    text: str
    values: str


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Answers under a heading."""

    label: str
    options: Sequence[Option]


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the page of results and the finder."""
    lead = "Search cases, lessons, practices, guidance and the glossary."
    meta = {"search": {"exclude": True}}
    yield context.page("search/").artifact("search.md.j2", "Search", lead, orders=_ORDERS, ways=_WAYS, meta=meta)
    vocabularies = context.library.vocabularies
    lead = "Say where you work and what worries you, and get the precedents that fit, each with the reason."
    topics = [term for term in vocabularies["topics"] if not term.parent]
    yield context.page("find/").artifact(
        "find.md.j2",
        "Find a precedent",
        lead,
        settings=[_option(term, f"setting:{term.id}") for term in vocabularies["settings"]],
        protected=[_option(term, _values(term)) for term in vocabularies["protected"]],
        stages=[_option(term, _values(term)) for term in vocabularies["stages"]],
        topics=[_option(term, f"topic:{term.id}") for term in topics],
        factor_groups=list(_groups(vocabularies["factors"])),
        ways=_WAYS,
        meta=meta,
    )


def _option(term: Term, values: str) -> Option:
    return Option(term.id, term.label, term.definition, values)


def _values(term: Term) -> str:
    return " ".join(f"{facet}:{one}" for key, facet in FACET_OF_FIELD.items() for one in term.more.get(key) or ())


def _groups(factors: Vocabulary) -> Iterator[OptionGroup]:
    for group, label in factors.groups.items():
        yield OptionGroup(label, [_option(term, f"factor:{term.id}") for term in factors if term.group == group])
