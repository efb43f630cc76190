"""Each figure in the prose carries a citation.

Dates, counts, amounts, doses, costs and measures are what readers take over first. A figure written with digits
therefore stands in a sentence that cites its source. Names with digits, such as Y-12 or Category 1, and the words of
links are no figures. The site of an exercise is made up, and so are the figures in it.

**Mend it:** put the citation, for example `[^s1]`, at the end of the sentence, or leave the figure out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("uncited-figure", __doc__, Severity.WARNING)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a warning for each sentence with a figure and without a citation, once the item is to be published."""
    document = subject.document
    if not document.is_finished or document.kind.is_fiction:
        return
    for sentence in subject.sentences:
        if sentence.figures and not sentence.is_cited:
            figures = ", ".join(sentence.figures)
            message = f"the figure {figures} has no citation in its sentence: '{sentence.plain[:50]}…'"
            yield RULE.at(document.at_body(sentence.line), message, "cite the source at the end of the sentence")
