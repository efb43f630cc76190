r"""Questions in GIFT, the text format that Moodle imports into its question bank.

A question is one paragraph: `::name::[plain]words {`, a line for each choice (`=` right, `~` wrong, `#` feedback), a
line `####` with what everybody reads afterwards, and `}`. An open question has no choices. A backslash stands before
each of `~ = # { } : \` in words, and a line break is `\n`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from casebook.course.model import Discussion, Quiz
from casebook.course.xml import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.course.model import Course, Module, Question

_SIGNS = re.compile(r"[~=#{}:\\]")
# A choice that begins like this would be read as one with a weight in per cent.
_WEIGHT = re.compile(r"%-?\d")


def questions(course: Course) -> str:
    """Return the questions of a course: a category for each module with its quiz, and its questions to discuss."""
    parts = [_comment(course), *(part for module in course.modules for part in _module(course, module))]
    return "\n\n".join(parts) + "\n"


def _comment(course: Course) -> str:
    return "\n".join(f"// {line(words)}" for words in (course.title, course.credit))


def _module(course: Course, module: Module) -> Iterator[str]:
    asked = [
        *(_question(f"{module.id} {one.id}", one) for quiz in module.of(Quiz) for one in quiz.questions),
        *(_open(f"{module.id} {one.id.removeprefix(f'{module.id}.')}", one.question) for one in module.of(Discussion)),
    ]
    if asked:
        # A stroke in a name is doubled, because one alone divides categories.
        names = [line(one).replace("/", "//") for one in dict.fromkeys((course.title, module.title))]
        yield f"$CATEGORY: {'/'.join(names)}"
        yield from asked


def _question(name: str, one: Question) -> str:
    if not one.choices:
        return _open(name, one.question, one.answer)
    choices = (
        f"{'=' if choice.right else '~'}{_choice(choice.text, right=choice.right)}#{_words(choice.feedback)}"
        for choice in one.choices
    )
    answers = "\n".join((*choices, f"####{_words(one.answer)}"))
    return f"::{_words(name)}::[plain]{_words(one.question)} {{\n{answers}\n}}"


def _open(name: str, question: str, answer: str = "") -> str:
    answers = f"\n####{_words(answer)}\n" if answer else ""
    return f"::{_words(name)}::[plain]{_words(question)} {{{answers}}}"


def _choice(text: str, *, right: bool) -> str:
    weight = "%0%" if not right and _WEIGHT.match(text) else ""
    return weight + _words(text)


def _words(text: str) -> str:
    escaped = _SIGNS.sub(lambda sign: f"\\{sign.group()}", text.strip())
    return re.sub(r"[^\S\n]*(?:\r\n?|\n)\s*", r"\\n", escaped)
