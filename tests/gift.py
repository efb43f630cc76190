"""A strict reader of GIFT, after the description of Moodle: it refuses what Moodle would guess at.

Source: Moodle documentation, 'GIFT format'; the order in which it looks at signs is that of Moodle's importer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SIGN = re.compile(r"(?<!\\)(?:\\\\)*([~=#{}:])")
_QUESTION = re.compile(
    r"::(?P<name>(?:\\.|[^:\\])+)::\[plain\](?P<words>(?:\\.|[^{}\\])+?) \{(?P<answers>.*)\}", re.DOTALL
)
_CHOICE = re.compile(r"(?P<sign>[=~])(?P<weight>%0%)?(?P<words>(?:\\.|[^#\\])+)#(?P<feedback>(?:\\.|[^#\\])*)")


@dataclass(frozen=True)
class Asked:
    """A question as it is read: its choices are words, feedback, and whether they are right."""

    category: str
    name: str
    words: str
    general: str = ""
    choices: list[tuple[str, str, bool]] = field(default_factory=list)


def read(text: str) -> list[Asked]:
    """Return the questions of a file."""
    found: list[Asked] = []
    category = ""
    for part in text.rstrip("\n").split("\n\n"):
        lines = [one for one in part.split("\n") if not one.startswith("//")]
        if lines and lines[0].startswith("$CATEGORY: "):
            assert len(lines) == 1, part
            category = lines[0].removeprefix("$CATEGORY: ")
        elif lines:
            found.append(_question("\n".join(lines), category))
    return found


def _question(text: str, category: str) -> Asked:
    match = _QUESTION.fullmatch(text)
    assert match, text
    choices, general = [], ""
    for line in match["answers"].strip("\n").split("\n") if match["answers"] else []:
        if line.startswith("####"):
            assert not general, text
            general = _words(line[4:])
        else:
            choice = _CHOICE.fullmatch(line)
            assert choice, line
            choices.append((_words(choice["words"]), _words(choice["feedback"]), choice["sign"] == "="))
    return Asked(category, _words(match["name"]), _words(match["words"]), general, choices)


def _words(text: str) -> str:
    """Return what a piece of text says. No sign with a meaning may stand in it without a backslash."""
    assert not _SIGN.search(text), text
    return _ESCAPED.sub(lambda match: "\n" if match[1] == "n" else match[1], text)
