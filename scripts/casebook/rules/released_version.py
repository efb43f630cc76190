"""A released version does not change.

Courses and citations name a version of an item. What that version says is frozen in `releases/`. If the words change
and the number stays, a citation no longer says which words were meant. Reviews and former ids may be added at any time.

**Mend it:** raise `version` by one, and say under `history` in plain words what changed. A typing error counts too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.release import Release
    from casebook.rules._subject import Subject

RULE = Rule("released-version", __doc__)
# What may be added to a version that is released.
_OPEN = frozenset({"reviews", "aliases"})


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when an item says something else than the release of its version."""
    document, released = subject.document, subject.released
    changed = next(_changes(subject, released), "") if released else ""
    if released and changed:
        message = f"version {released.version} is released, and {changed} is not what it was"
        yield RULE.at(document.at("version"), message, "raise `version`, and say under `history` what changed")


def _changes(subject: Subject, released: Release) -> Iterator[str]:
    # An item may get another id, and keeps its version.
    now, then = (_frozen({**data, "id": subject.document.stem}) for data in (subject.data, released.data))
    yield from (f"`{name}`" for name in [*now, *then] if now.get(name) != then.get(name))
    if subject.document.body.split() != released.body.split():
        yield "the text"


def _frozen(value: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _part(part) for key, part in value.items() if key not in _OPEN}


def _part(value: Any) -> Any:
    if isinstance(value, dict):
        return _frozen(value)
    if isinstance(value, list):
        return [_part(one) for one in value]
    # How the lines of a text are broken says nothing.
    return " ".join(value.split()) if isinstance(value, str) else value
