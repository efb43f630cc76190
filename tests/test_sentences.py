"""Sentences of the prose: where they end, what they cite, which figures they hold, and how hard they are to read."""

from __future__ import annotations

import pytest

from casebook import sentences, text


def of(body: str) -> list[sentences.Sentence]:
    """Return the sentences of a body."""
    return list(sentences.of_stream(text.tokens(body)))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("It cost EUR 1.5 million. It ended.", ["It cost EUR 1.5 million.", "It ended."]),
        ("Dr. A. Sample of No. 5 came. She left.", ["Dr. A. Sample of No. 5 came.", "She left."]),
        ("He said 'no.' Then he left.", ["He said 'no.'", "Then he left."]),
        ("One.[^s1] Two [^s2]. Three", ["One.", "Two .", "Three"]),
        ("## A heading\n\nOne.\n\n- two\n- Three.", ["One.", "two", "Three."]),
        ("", []),
    ],
)
def test_where_a_sentence_ends(body: str, expected: list[str]) -> None:
    """Full stops of abbreviations and numbers end nothing; citations belong to the sentence before them."""
    assert [one.plain for one in of(body)] == expected


def test_lines() -> None:
    """A sentence knows the line in which it begins, counted from 0."""
    assert [(one.line, one.plain) for one in of("One is\nlong. Two.\nThree.\n\nFour.")] == [
        (0, "One is long."),
        (1, "Two."),
        (2, "Three."),
        (4, "Four."),
    ]


def test_citations() -> None:
    """A citation counts before and after the full stop, and for its own sentence only."""
    assert [one.is_cited for one in of("One.[^s1] Two [^s2]. Three. Four.[^s1][^s2]")] == [True, True, False, True]


@pytest.mark.parametrize(
    ("body", "figures"),
    [
        ("It was on 5 March 2001.", ["5", "2001"]),
        ("In 1987 about 112,000 people came.", ["1987", "112,000"]),
        ("It cost EUR 1.5 million, or 30 per cent.", ["EUR 1.5", "30"]),
        ("It was 14:29 and 95%.", ["14", "29", "95%"]),
        ("It held Cs-137 and plutonium-238 at Y-12.", []),
        ("Doel 4 and Category 1 and Resolution 1540.", []),
        ("See step 4, steps 5 and 6, and unit 7.", []),
        ("[The case of 1987](goiania-1987.md) shows it.", []),
        ("[The case](goiania-1987.md) of 1987 shows it.", ["1987"]),
        ("Nobody came.", []),
    ],
)
def test_figures(body: str, figures: list[str]) -> None:
    """Dates, counts and amounts are figures; names with digits and the words of links are none."""
    assert of(body)[0].figures == figures


def test_grade() -> None:
    """Short words in short sentences have a low grade, long ones a high one; nothing has none."""
    easy, hard = of("The cat sat. The dog ran."), of("Institutional responsibilities necessitated reorganisation.")
    assert sentences.grade(easy) < 1
    assert sentences.grade(hard) > 20
    assert sentences.grade([]) == 0.0


def test_sentences_of_a_field() -> None:
    """A plain text field is divided in the same way."""
    assert sentences.of_text("One [^s1]. Two.[^s2]") == ["One .", "Two."]
