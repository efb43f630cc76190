"""A source of grade D is never the only source of a statement.

Grade D is a claim without date or origin, or a page that nobody answers for.

**Mend it:** find a better source, or leave the statement out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("weak-source", __doc__, Severity.WARNING)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a warning for each list of sources that holds only sources of grade D."""
    grades = {str(source.get("id")): source.get("reliability") for _, source in subject.entries("sources")}
    lists: dict[tuple[str | int, ...], list[str]] = {}
    for steps, name in subject.sourced():
        lists.setdefault(steps[:-1], []).append(name)
    for steps, names in lists.items():
        if all(grades.get(name) == "D" for name in names):
            message = f"only sources of grade D carry this: {', '.join(names)}"
            yield RULE.at(subject.document.at(*steps), message, "find a better source, or leave the statement out")
