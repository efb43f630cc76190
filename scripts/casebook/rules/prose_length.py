"""The prose has the length of its kind.

A case study has 700 to 1,400 words, a best practice 500 to 1,000, an exercise 250 to 900, a learning path 120 to 600:
enough to understand, short enough for one sitting.
Only published items and items in review are measured.

**Mend it:** the finding gives the number of words. Cut what the lists already say, or tell what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import text
from casebook.finding import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("prose-length", __doc__, Severity.WARNING)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a warning when the body is shorter or longer than its kind."""
    document = subject.document
    least, most = document.kind.words
    count = text.words(subject.stream)
    if document.is_finished and not least <= count <= most:
        message = f"the prose has {count:,} words; {document.kind.noun} has {least:,} to {most:,}"
        yield RULE.at(document.at_body(0), message, "cut or complete it")
