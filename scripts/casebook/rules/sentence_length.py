"""A sentence has at most thirty words.

Many readers use English as a second language. Two short sentences are read faster than one long one.

**Mend it:** divide the sentence. The finding gives its number of words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("sentence-length", __doc__, Severity.WARNING)
LONGEST = 30


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a warning for each long sentence of the prose, once the item is to be published."""
    document = subject.document
    if not document.is_finished:
        return
    for sentence in subject.sentences:
        count = len(sentence.words)
        if count > LONGEST:
            message = f"this sentence has {count} words; at most {LONGEST}: '{sentence.plain[:50]}…'"
            yield RULE.at(document.at_body(sentence.line), message, "divide it")
