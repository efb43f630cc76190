"""No two items share a sentence.

A sentence that stands in two items was copied. Each case has its own story, and a reader who meets the same words
twice trusts neither. Sentences of eight words and more are compared, in the prose and in the texts of the front matter;
titles of sources are left out.

**Mend it:** write it anew in one of the two items, or delete it there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook import sentences
from casebook.finding import Finding, Rule, Severity
from casebook.rules._subject import texts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from casebook.rules._subject import Steps, Subject
    from casebook.sentences import Sentence

RULE = Rule("shared-sentence", __doc__, Severity.WARNING)
SHORTEST = 8
_FIELDS_OF_OTHERS = ("sources", "clearance", "contributors", "history", "guidance")


def folded_sentences(data: Mapping[str, Any], prose: Sequence[Sentence]) -> Iterator[tuple[str, Steps | int]]:
    """Yield each sentence of an item in lower case, with the line of the body or the steps to its field."""
    for sentence in prose:
        if len(sentence.words) >= SHORTEST:
            yield " ".join(sentence.words).casefold(), sentence.line
    for steps, value in texts(data):
        if steps[0] not in _FIELDS_OF_OTHERS and value.count(" ") >= SHORTEST - 1:
            for one in sentences.of_text(value):
                words = sentences.words(one)
                if len(words) >= SHORTEST:
                    yield " ".join(words).casefold(), steps


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a warning for each sentence that another item has too, at the first place where it stands."""
    document = subject.document
    if not document.is_finished:
        return
    places = dict(reversed([*folded_sentences(subject.data, subject.sentences)]))
    for folded, place in reversed(places.items()):
        others = [path for path in subject.index.sentences.get(folded, ()) if path != document.path]
        if others:
            where = document.at_body(place) if isinstance(place, int) else document.at(*place)
            yield RULE.at(where, f"this sentence stands in {others[0]} too: '{folded[:60]}…'", "write it anew")
