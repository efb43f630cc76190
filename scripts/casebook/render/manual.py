"""Pages made from the checker itself: its rules, the fields of each kind, and the findings of the live preview."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from casebook.rules import RULES
from casebook.text import first_sentence, manual

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.artifact import Artifact
    from casebook.finding import Finding
    from casebook.registry import Kind
    from casebook.render.page import Context
    from casebook.shape import Shape, Shapes


@dataclass(frozen=True, slots=True)
class Field:
    """A row of the table of fields."""

    name: str
    needed: str
    description: str
    example: str


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a kind."""

    kind: Kind
    schema: Mapping[str, Any]
    fields: Sequence[Field]


def pages(context: Context, shapes: Shapes, findings: Sequence[Finding]) -> Iterator[Artifact]:
    """Yield a page for each rule, their index, and the fields; in a preview also the findings."""
    # Our own docstrings, in Markdown.
    rows = [(rule.code, Markup(manual(first_sentence(rule.manual))), rule.severity.value) for rule in RULES]  # noqa: S704
    lead = "What each code of the checker means and how to mend it."
    yield context.page("rules/").artifact("rules.md.j2", "Rules of the checker", lead, rules=sorted(rows))
    for rule in RULES:
        text = Markup(manual(rule.manual))  # noqa: S704  # our own docstrings
        page = context.page(f"rules/{rule.code}/")
        yield page.artifact("rule.md.j2", rule.code, first_sentence(rule.manual), rule=rule, manual=text)
    kinds = [Fields(shape.kind, shape.schema, list(fields(shape))) for shape in shapes.values()]
    lead = "The fields of each kind of item, with explanations and examples."
    yield context.page("schema/").artifact("schema.md.j2", "Fields of an item", lead, kinds=kinds)
    if context.site.drafts:
        groups = [(path, list(group)) for path, group in groupby(findings, key=lambda one: one.location.path)]
        values: dict[str, Any] = {"findings": findings, "groups": groups, "meta": {"search": {"exclude": True}}}
        yield context.page("findings/").artifact("findings.md.j2", "Findings", "What the checker found.", **values)


def fields(shape: Shape, *steps: str | int) -> Iterator[Field]:
    """Yield every field of a kind, fields inside fields with a dot between them."""
    for name in (shape.part(*steps) or {}).get("properties", {}):
        part = shape.part(*steps, name) or {}
        inner = (*steps, name, 0) if "items" in part else (*steps, name)
        nested = "properties" in (shape.part(*inner) or {})
        example = "" if nested else _example(part)
        yield Field(_dotted(*steps, name), shape.needed(*steps, name), part.get("description", ""), example)
        if nested:
            yield from fields(shape, *inner)


def _dotted(*steps: str | int) -> str:
    return "".join("[]" if isinstance(step, int) else f".{step}" for step in steps).removeprefix(".")


def _example(part: Mapping[str, Any]) -> str:
    examples = part.get("examples") or [""]
    return examples[0] if isinstance(examples[0], str) else json.dumps(examples[0], ensure_ascii=False)
