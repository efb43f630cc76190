"""YAML as the author wrote it: texts, places, and words for what cannot be read."""

from __future__ import annotations

from typing import Any

import pytest
from tests.support import shown

from casebook import yamltree

TEXT = """\
title: A title
version: 1.10
list:
  - one
  - key: two
    other:   three
flow: [a, {b: c}]
empty:
text: |
  first
  second
"""


def tree(text: str) -> yamltree.Node:
    """Return the tree of a text in which nothing is wrong."""
    node, findings = yamltree.read(text, "file.yml")
    assert findings == []
    assert node is not None
    return node


def test_plain() -> None:
    """Mappings, lists and texts come out as they were written, and an empty value is None."""
    assert tree(TEXT).plain() == {
        "title": "A title",
        "version": "1.10",
        "list": ["one", {"key": "two", "other": "three"}],
        "flow": ["a", {"b": "c"}],
        "empty": None,
        "text": "first\nsecond\n",
    }


@pytest.mark.parametrize(
    "text",
    ["NO", "no", "yes", "true", "null", "~", "1.10", "0x1F", "1e3", "007", "2001-03-05", "12:30:45", ".inf", "="],
)
def test_texts_stay_texts(text: str) -> None:
    """Nothing is turned into a truth value, a number, a date or nothing at all."""
    assert tree(f"a: {text}\nb: [{text}]").plain() == {"a": text, "b": [text]}


@pytest.mark.parametrize("text", ["''", '""', "|\n", ">-\n"])
def test_an_empty_text_is_a_text(text: str) -> None:
    """An empty text that somebody wrote is not the same as no value."""
    assert tree(f"a: {text}").plain() == {"a": ""}


@pytest.mark.parametrize(
    ("steps", "place", "key"),
    [
        ((), (1, 1), (1, 1)),
        (("title",), (1, 8), (1, 1)),
        (("list",), (4, 3), (3, 1)),
        (("list", 0), (4, 5), (4, 5)),
        (("list", 1, "other"), (6, 14), (6, 5)),
        (("flow", 1, "b"), (7, 15), (7, 12)),
        (("text",), (9, 7), (9, 1)),
        (("list", 1, "nothing", "more"), (5, 5), (5, 5)),
        (("nothing",), (1, 1), (1, 1)),
        (("list", 7), (4, 3), (3, 1)),
        (("title", "deeper"), (1, 8), (1, 1)),
    ],
)
def test_places(steps: tuple[str | int, ...], place: tuple[int, int], key: tuple[int, int]) -> None:
    """Every value and every key has its line and column; a step that leads nowhere ends at the last place."""
    assert tree(TEXT).place(*steps) == place
    assert tree(TEXT).place(*steps, key=True) == key


def test_offset() -> None:
    """Lines before the text are counted, in places and in findings."""
    node, findings = yamltree.read("a: b\na: c", "file.md", 10)
    assert node is not None
    assert node.place("a") == (11, 4)
    assert [finding.location.line for finding in findings] == [12]


def test_the_first_of_two_equal_keys_stays() -> None:
    """The first value is kept, and the second is a finding with its own place."""
    node, findings = yamltree.read("a: 1\nb: 2\na: 3\n", "file.yml")
    assert node is not None
    assert node.plain() == {"a": "1", "b": "2"}
    assert [shown(finding) for finding in findings] == [
        "file.yml:3:1: error duplicate-key `a` stands here a second time; the first is in line 1 | join or delete one"
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_nothing(text: str) -> None:
    """A text without a value has no tree, or an empty one, and no findings."""
    node, findings = yamltree.read(text, "file.yml")
    assert (node.plain() if node else None, findings) == (None, [])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("a: b: c", "a colon followed by a space cannot stand in a text without quotes"),
        ("a: @b", "a text cannot start with this character"),
        ("a: b\n\tc: d", "a tab cannot stand at the start of a line"),
        ("- a\nb: c", "this line does not continue the list above it"),
        ("a:\n  b: c\n d: e", "this does not continue the fields above it"),
        ("a: 'b", "a quotation mark is opened and never closed"),
        ('a: "b', "a quotation mark is opened and never closed"),
        ("a: b\nc\nd: e", "this line has no colon after its key"),
        ("a: [b", "a list or mapping in brackets is not closed"),
        ("a: {b", "a list or mapping in brackets is not closed"),
        ("a: [b, , c]", "a value is missing here"),
        ("a: - b", "a list cannot begin on the line of its key"),
        ("? [a]\n: b", "a key must be a plain word"),
    ],
)
def test_faults_in_words(text: str, word: str) -> None:
    """Each common fault is said in words that name what to do, and never in those of the parser."""
    node, findings = yamltree.read(text, "file.yml")
    assert node is None
    assert [(finding.code, finding.message) for finding in findings] == [("yaml-syntax", word)]
    assert findings[0].hint


@pytest.mark.parametrize("part", yamltree._WORDS)
def test_no_words_of_the_parser(part: str) -> None:
    """What is said in place of the words of the parser differs from them."""
    assert part not in yamltree._WORDS[part][0]


@pytest.mark.parametrize(
    ("text", "plain"),
    [("a: &b c\nd: e", {"a": "c", "d": "e"}), ("a: *b\nd: e", {"a": "*b", "d": "e"}), ("a: !x c", {"a": "c"})],
)
def test_forbidden_features_do_not_hide_the_rest(text: str, plain: Any) -> None:
    """An anchor, an alias or a tag is a finding, and the text goes on after it."""
    node, findings = yamltree.read(text, "file.yml")
    assert node is not None
    assert node.plain() == plain
    assert [finding.code for finding in findings] == ["yaml-feature"]


def test_aliases_cannot_grow() -> None:
    """The text of nine lines that would become a billion words elsewhere stays small."""
    lines = ["a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in zip("abcdefgh", "bcdefghi", strict=True)]
    node, _ = yamltree.read("\n".join(lines), "file.yml")
    assert node is not None
    assert len(str(node.plain())) < 2000


def test_an_alias_as_a_key() -> None:
    """A mapping cannot be read on where a key is an alias."""
    node, findings = yamltree.read("a: b\n*c : d\n", "file.yml")
    assert node is None
    assert [(finding.code, finding.location.line) for finding in findings] == [("yaml-feature", 2)]


@pytest.mark.parametrize("character", ["\0", "\x07", "\ufffe"])
def test_characters_that_yaml_refuses(character: str) -> None:
    """A character that no YAML may hold is found in its line, and said in one line."""
    node, findings = yamltree.read(f"a: b\nc: d\ne: {character}", "file.yml", 5)
    assert node is None
    assert [(finding.code, finding.location.line) for finding in findings] == [("yaml-syntax", 8)]
    assert findings[0].message.startswith("not YAML: ")
    assert findings[0].message.isprintable()


def test_two_documents() -> None:
    """What comes after a second `---` would be lost, and is a finding."""
    _, findings = yamltree.read("a: b\n--- \nc: d", "file.yml")
    assert [finding.code for finding in findings] == ["yaml-feature"]


@pytest.mark.parametrize("pair", ["[]", "{}"])
@pytest.mark.parametrize("depth", [25, 900, 10_000])
def test_depth(pair: str, depth: int) -> None:
    """Nesting without end is one finding and does not exhaust the machine."""
    opening = pair[0] if pair == "[]" else "{a: "
    node, findings = yamltree.read(f"a: {opening * depth}{pair[1] * depth}", "file.yml")
    assert node is None
    assert [finding.code for finding in findings] == ["yaml-depth"]


def test_allowed_depth() -> None:
    """Twenty-three lists in a mapping are read."""
    depth = yamltree.MAX_DEPTH - 1
    assert tree(f"a: {'[' * depth}{']' * depth}").plain()["a"] != []
