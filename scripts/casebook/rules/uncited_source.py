"""Every source carries at least one statement.

A source that nothing cites makes the evidence look stronger than it is. For a draft this is a note.

**Mend it:** cite it where it is used, or delete it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("uncited-source", __doc__)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each source that is never cited."""
    cited = {name for _, name in (*subject.cited_in_body(), *subject.sourced(), *subject.cited_in_texts())}
    for index, source in subject.entries("sources"):
        name = source.get("id")
        if isinstance(name, str) and name not in cited:
            where = subject.document.at("sources", index, "id")
            hint = f"cite it as `[^{name}]`, or delete it"
            yield RULE.at(where, f"nothing cites the source `{name}`", hint, severity=subject.document.demands)
