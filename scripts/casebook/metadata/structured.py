"""Structured data after https://schema.org as JSON-LD: items with the properties of LRMI, events, and the library.

A property is left out where nothing is known. Dates of events that are approximate or uncertain are left out too,
because a date of ISO 8601 cannot say so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.artifact import CONTENT_LICENCE_URL
from casebook.metadata import facts
from casebook.metadata.links import SCHEMA_ORG, types_of
from casebook.model import EDITORS, BestPractice, CaseStudy, Exercise, LearningPath
from casebook.text import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from casebook.artifact import Site
    from casebook.dates import EventDate
    from casebook.library import Library
    from casebook.model import Event, Item, Source
    from casebook.vocabulary import Vocabularies

Node = dict[str, Any]
CONTEXT = SCHEMA_ORG.rstrip("/")
SEARCH = "search/?q={search_term_string}"


def of_item(item: Item, library: Library, site: Site, to: Callable[[str], str]) -> Node:
    """Return an item as a learning resource."""
    vocabularies = library.vocabularies
    node: Node = {
        "@context": CONTEXT,
        "@type": list(types_of(item)),
        "@id": to(item.address),
        "url": to(item.address),
        "name": item.title,
        "headline": item.title,
        "abstract": facts.abstract(item.summary),
        "identifier": item.id,
        "version": item.version,
        "datePublished": item.first_published,
        "dateModified": item.last_changed,
        "inLanguage": item.language,
        "license": CONTENT_LICENCE_URL,
        "isAccessibleForFree": True,
        "author": [_author(name, vocabularies) for name in item.authors],
        "publisher": _publisher(site, to),
        "isPartOf": {"@type": "WebSite", "name": site.name, "url": to("")},
        "keywords": facts.terms(item, vocabularies),
        "learningResourceType": item.kind.label.lower(),
        "about": [*_events(item, vocabularies), *_topics(item, vocabularies, to)],
        "isBasedOn": [_work(source) for source in item.sources if source.url],
        "image": to(facts.card_address(item)) if site.url else "",
        "encoding": _handout(item, to) if site.handouts else {},
    }
    own = _of_case(item, vocabularies) if isinstance(item, CaseStudy) else {}
    if isinstance(item, BestPractice):
        own = _of_practice(item, vocabularies)
    if isinstance(item, Exercise | LearningPath):
        own = _of_course(item, vocabularies)
    return known({**node, **own})


def known(node: Node) -> Node:
    """Return a node without the properties that have no value."""
    return {key: value for key, value in node.items() if value not in ("", None, [], {})}


def breadcrumbs(trail: Sequence[tuple[str, str]], to: Callable[[str], str]) -> Node:
    """Return the way from the first page to this one: names, and addresses from the root where there is a page."""
    steps = [("Home", to("")), *((name, to(address) if address else "") for name, address in trail)]
    items = [
        known({"@type": "ListItem", "position": position, "name": name, "item": address})
        for position, (name, address) in enumerate(steps, 1)
    ]
    return {"@context": CONTEXT, "@type": "BreadcrumbList", "itemListElement": items}


def website(site: Site, description: str, to: Callable[[str], str]) -> Node:
    """Return the site with its search, which other programs can only call where it has an address."""
    action = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": to("") + SEARCH},
        "query-input": "required name=search_term_string",
    }
    return known(
        {
            "@context": CONTEXT,
            "@type": "WebSite",
            "url": to(""),
            "name": site.name,
            "description": description,
            "license": CONTENT_LICENCE_URL,
            "isAccessibleForFree": True,
            "publisher": _publisher(site, to),
            "potentialAction": action if site.url else {},
        }
    )


def dataset(library: Library, site: Site, to: Callable[[str], str]) -> Node:
    """Return the whole library as a set of data, with the files in which programs get it."""
    shown = library.shown
    kinds = (("application/json", "api/v1/library.json"), ("text/csv", "api/v1/library.csv"))
    return known(
        {
            "@context": CONTEXT,
            "@type": "Dataset",
            "url": to("about/data/"),
            "name": site.name,
            "description": f"{len(library.cases)} case studies and {len(library.practices)} best practices in nuclear "
            "security: events, factors, lessons, practices and guidance, linked, each with its public sources; with "
            f"{len(library.exercises)} exercises and {len(library.paths)} learning paths.",
            "license": CONTENT_LICENCE_URL,
            "isAccessibleForFree": True,
            "creator": _publisher(site, to),
            "dateModified": max((item.last_changed for item in shown), default=""),
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": to(address)} for kind, address in kinds
            ],
        }
    )


def event(about: Event, name: str, vocabularies: Vocabularies) -> Node:
    """Return what happened; nothing when the day on which it began is not known for certain."""
    start = _iso(about.period.first)
    if not start:
        return {}
    names = [about.place, *(("",) * len(about.countries))]
    places = [_place(code, vocabularies, place) for code, place in zip(about.countries, names, strict=False)]
    end = _iso(about.period.last) if about.end else ""
    return known({"@type": "Event", "name": name, "startDate": start, "endDate": end, "location": places})


def _iso(date: EventDate) -> str:
    """Return a date as ISO 8601 as precisely as it is known; an empty text for one that is not certain."""
    parts = [f"{date.year:04d}", *(f"{part:02d}" for part in (date.month, date.day) if part)]
    return "" if date.doubt else "-".join(parts)


def _place(code: str, vocabularies: Vocabularies, name: str) -> Node:
    address = {"@type": "PostalAddress", "addressCountry": code}
    return {"@type": "Place", "name": name or vocabularies["countries"].label(code), "address": address}


def _events(item: Item, vocabularies: Vocabularies) -> Iterator[Node]:
    if isinstance(item, CaseStudy) and item.event:
        happened = event(item.event, item.title, vocabularies)
        yield from [happened] if happened else []


def _topics(item: Item, vocabularies: Vocabularies, to: Callable[[str], str]) -> Iterator[Node]:
    for topic in item.topics:
        yield {
            "@type": "DefinedTerm",
            "name": vocabularies["topics"].label(topic),
            "termCode": topic,
            "url": to(f"topics/{topic}/"),
        }


def _of_case(case: CaseStudy, vocabularies: Vocabularies) -> Node:
    lessons = [plain(one.lesson) for one in case.lessons]
    node: Node = {"reportNumber": facts.number(case.id, case.version), "teaches": lessons}
    if case.teaching is None:
        return node
    return {
        **node,
        "teaches": [plain(one) for one in case.teaching.objectives] or lessons,
        "educationalLevel": vocabularies["levels"].label(case.teaching.level),
        "educationalUse": "discussion" if case.teaching.questions else "",
        "timeRequired": f"PT{case.teaching.minutes}M",
        "audience": _audiences(case.teaching.audience, vocabularies),
    }


def _of_practice(practice: BestPractice, vocabularies: Vocabularies) -> Node:
    audiences: Iterable[str] = practice.applicability.organisations if practice.applicability else ()
    return {
        "teaches": plain(practice.statement),
        "audience": [
            {"@type": "Audience", "audienceType": vocabularies["organisations"].label(one)} for one in audiences
        ],
    }


def _of_course(item: Exercise | LearningPath, vocabularies: Vocabularies) -> Node:
    trained = (vocabularies["training-topics"].label(one) for one in item.training_topics)
    return {
        "teaches": [plain(one) for one in item.objectives],
        "educationalLevel": vocabularies["levels"].label(item.level) if item.level else "",
        "educationalUse": "exercise" if isinstance(item, Exercise) else "self-study",
        "timeRequired": f"PT{item.minutes}M" if item.minutes else "",
        "educationalAlignment": [
            {"@type": "AlignmentObject", "alignmentType": "teaches", "targetName": name} for name in trained
        ],
        "audience": _audiences(item.audience, vocabularies),
    }


def _audiences(audiences: Iterable[str], vocabularies: Vocabularies) -> list[Node]:
    return [
        {"@type": "EducationalAudience", "educationalRole": vocabularies["audiences"].label(one)} for one in audiences
    ]


def _work(source: Source) -> Node:
    return known(
        {
            "@type": "CreativeWork",
            "name": source.title,
            "url": source.url,
            "identifier": source.identifier,
            "creditText": source.author,
            "datePublished": str(source.year or ""),
            "inLanguage": source.language,
        }
    )


def _author(name: str, vocabularies: Vocabularies) -> Node:
    """Return an author. A contributor is a person or a group; those known to be groups are the editors and centres."""
    groups = {EDITORS, *(centre.label for centre in vocabularies["centres"])}
    return {"@type": "Organization" if name in groups else "Person", "name": name}


def _publisher(site: Site, to: Callable[[str], str]) -> Node:
    return {"@type": "Organization", "name": site.name, "url": to("")}


def _handout(item: Item, to: Callable[[str], str]) -> Node:
    return {"@type": "MediaObject", "contentUrl": to(facts.handout_address(item)), "encodingFormat": "application/pdf"}
