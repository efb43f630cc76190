"""Every citation names a source of the item.

In the prose and in texts a citation is written `[^s1]`, in lists `sources: [s1]`. The id must stand under `sources`.

**Mend it:** correct the id, or add the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Misspelling, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.finding import Location
    from casebook.rules._subject import Subject

RULE = Rule("unknown-source", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each citation of a source that is not there."""
    if subject.document.tree is None:
        return
    known = dict.fromkeys(subject.source_ids)  # in their order, so that the hint is always the same
    for where, name in _citations(subject):
        if name not in known:
            misspelling = Misspelling.of(name, known)
            hint = misspelling.hint or "add it under `sources`, or correct the id"
            yield RULE.at(where, f"there is no source `{name}` in this item", hint, misspelling=misspelling)


def _citations(subject: Subject) -> Iterator[tuple[Location, str]]:
    yield from subject.cited_in_body()
    for steps, name in (*subject.sourced(), *subject.cited_in_texts()):
        yield subject.document.at(*steps), name
