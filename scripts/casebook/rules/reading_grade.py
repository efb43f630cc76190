"""The prose can be read with eleven years of school.

The grade of Flesch and Kincaid counts words in a sentence and syllables in a word (Kincaid and others, 1975). It knows
nothing of sense, but a high value shows sentences that are hard to follow. Only items in English are measured.

**Mend it:** use shorter words and sentences in the section that the finding names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import sentences
from casebook.finding import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("reading-grade", __doc__, Severity.WARNING)
HIGHEST = 11.0


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a warning for each section that is hard to read, once the item is to be published."""
    document = subject.document
    if not document.is_finished or subject.data.get("language", "en") != "en":
        return
    for heading, own in subject.by_section():
        grade = sentences.grade(own)
        if grade > HIGHEST:
            message = f"'{heading.text}' has the reading grade {grade:.1f}; at most {HIGHEST:.0f}"
            yield RULE.at(document.at_body(heading.line), message, "use shorter words and sentences")
