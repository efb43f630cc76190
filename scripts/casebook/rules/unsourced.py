"""Every statement of fact names its sources.

Steps of the timeline, factors, lessons, what changed, the material, the basis of an obligation, and claims of evidence
need `sources`. For a draft this is a note.

**Mend it:** add `sources: [s1]` with the ids of the sources that carry the statement, or leave the statement out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from casebook.rules._subject import Steps, Subject

RULE = Rule("unsourced", __doc__)

_LISTS = {
    ("timeline",): "this step of the timeline",
    ("factors",): "this factor",
    ("lessons",): "this lesson",
    ("response",): "this entry of `response`",
    ("evidence", "claims"): "this claim",
}
_FIELDS = {"material": "the material", "obligation": "the obligation"}


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each statement without a source."""
    for steps, entry, what in _statements(subject):
        if not entry.get("sources"):
            where = subject.document.at(*steps)
            hint = "add `sources: [...]` with ids from `sources`"
            yield RULE.at(where, f"{what} has no source", hint, severity=subject.document.demands)


def _statements(subject: Subject) -> Iterator[tuple[Steps, Mapping[str, Any], str]]:
    for steps, what in _LISTS.items():
        for index, entry in subject.entries(*steps):
            yield (*steps, index), entry, what
    for field, what in _FIELDS.items():
        value = subject.data.get(field)
        if isinstance(value, dict):
            yield (field,), value, what
