"""The body cites sources and does not define them.

`[^s1]` is a citation. What it means stands once, under `sources` in the front matter, and the page writes the note.

**Mend it:** move the reference to `sources`, with its title, type and grade, and delete the line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("footnote-definition", __doc__)
_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each line that defines a footnote."""
    for number, line in enumerate(subject.document.body.split("\n")):
        if match := _DEFINITION.match(line):
            where = subject.document.at_body(number, 1)
            message = f"the footnote `{match[1]}` is defined in the body"
            yield RULE.at(where, message, "move it to `sources` in the front matter")
