"""Each section has its share of the words.

A section of two lines says too little, and one of several pages hides the others. The range is that of the kind.

**Mend it:** the finding gives the number of words. Cut what the lists already say, or tell what is missing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("section-length", __doc__, Severity.WARNING)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a warning for each section that is too short or too long, once the item is to be published."""
    document = subject.document
    if not document.is_finished:
        return
    ranges = {section.heading: section.words for section in document.kind.sections}
    for heading, own in subject.by_section():
        least, most = ranges.get(heading.text, (0, 10**6))
        count = sum(len(sentence.words) for sentence in own)
        if count and not least <= count <= most:
            message = f"'{heading.text}' has {count} words; it should have {least} to {most}"
            yield RULE.at(document.at_body(heading.line), message, "cut or complete it")
