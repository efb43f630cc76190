"""The register of training centres and networks, each with the cases that concern it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.render.lists import Card, CardGroup
from casebook.render.page import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.artifact import Artifact
    from casebook.model import CaseStudy
    from casebook.render.page import Context
    from casebook.vocabulary import Term

TITLE = "Centres and networks"
RUNNING = "training-centre-practice"
MOST = 12
_FACTS = {"parent_organisation": "Parent", "legal_home": "Legal home", "founded": "Founded"}


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the index of the register and the page of each centre."""
    register = context.library.vocabularies["centres"]
    members = {group: [term for term in register if term.group == group] for group in register.groups}
    groups = [
        CardGroup([_card(term, context) for term in terms], group, register.groups[group])
        for group, terms in members.items()
        if terms
    ]
    lead = "Training and support centres for nuclear security, and the networks that link them, with cases for each."
    values: dict[str, Any] = {"lead": lead, "groups": groups, "trail": [(TITLE, "")]}
    yield context.page("centres/").artifact("index.md.j2", TITLE, lead, **values)
    for term in register:
        yield _page(term, context)


def _card(term: Term, context: Context) -> Card:
    about = len(context.library.by_centre.get(term.id, ()))
    place = context.library.vocabularies["countries"].label(str(term.more.get("country") or ""))
    words = ", ".join(part for part in (place, plural(about, "case") if about else "") if part) or "international"
    return Card(term.label, f"centres/{term.id}/", 1, words, term.definition)


def _page(term: Term, context: Context) -> Artifact:
    library = context.library
    country = str(term.more.get("country") or "")
    countries = library.vocabularies["countries"]
    region = str(countries[country].more.get("region")) if country in countries else ""
    about = library.by_centre.get(term.id, ())
    here = _others(library.by_facet["country"].get(country, ()), about)
    near = _others(library.by_facet["region"].get(region, ()), [*about, *here])
    running = _others(library.by_topic.get(RUNNING, ()), [*about, *here, *near])
    facts = [(label, str(term.more[key])) for key, label in _FACTS.items() if term.more.get(key)]
    values: dict[str, Any] = {
        "term": term,
        "facts": facts,
        "country": country,
        "region": region,
        "groups": [
            ("about", "Cases about it", about),
            ("country", f"Cases from {countries.label(country)}", here),
            ("region", "Cases from its region", near),
            ("running", "Cases about running and linking centres", running),
        ],
    }
    return context.page(f"centres/{term.id}/").artifact("centre.md.j2", term.label, term.definition, **values)


def _others(items: Sequence[Any], shown: Sequence[CaseStudy]) -> list[CaseStudy]:
    known = {case.id for case in shown}
    return [item for item in items if item.kind.name == "case-study" and item.id not in known][:MOST]
