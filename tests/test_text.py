"""The author's Markdown: what the rules see in it, and the HTML that is made of it."""

from __future__ import annotations

import re
from html import escape

import pytest

from casebook import text
from casebook.text import Prose

PROSE = Prose(
    cite=lambda source: f"[{source}]",
    link=lambda address: "" if address == "nowhere.md" else f"to:{address}",
    plain=escape,
)


def html(body: str) -> str:
    """Return a body as HTML, without line ends."""
    return PROSE.html(text.tokens(body)).replace("\n", "")


def pieces(body: str) -> list[tuple[str, int, int, str]]:
    """Return what the rules see: type, line from 0, column from 1, and content."""
    found = text.pieces(text.tokens(body), body)
    return [(piece.what, piece.line, piece.column, piece.text) for piece in found]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One *two* **three** `four`", "<p>One <em>two</em> <strong>three</strong> <code>four</code></p>"),
        ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
        ("3. one\n4. two", '<ol start="3"><li>one</li><li>two</li></ol>'),
        ("> one", "<blockquote><p>one</p></blockquote>"),
        ("### one", "<h3>one</h3>"),
        ("one  \ntwo", "<p>one<br>two</p>"),
        ("one\n\n---\n\ntwo", "<p>one</p><hr><p>two</p>"),
        ("```js\nif (a < b) {}\n```", "<pre><code>if (a &lt; b) {}</code></pre>"),
        ("| a |\n|---|\n| b |", "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>"),
    ],
)
def test_markdown(body: str, expected: str) -> None:
    """Ordinary Markdown becomes ordinary HTML."""
    assert html(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//example.org></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "one <b onclick=alert(1)>two</b>",
        "one <!-- two --> three",
        "<![CDATA[ one ]]>",
        "<?php one ?>",
        "one <a\nhref='javascript:alert(1)'>two</a>",
        "<x-y>one",
    ],
)
def test_raw_html_is_shown_as_text(body: str) -> None:
    """HTML in the body is shown with its signs and is never part of the page."""
    made = html(body)
    assert set(re.findall(r"</?([a-z]+)", made)) <= {"p", "pre", "code"}
    assert "&lt;" in made


@pytest.mark.parametrize(
    "address",
    [
        *("javascript:alert(1)", "JavaScript:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd"),
        *("java&#115;cript:alert(1)", "javascript&colon;alert(1)"),
    ],
)
def test_scripts_as_addresses_are_refused(address: str) -> None:
    """A link or picture with a script as address is shown as it was typed."""
    assert html(f"[one]({address})").startswith("<p>[one](")
    assert "<img" not in html(f"![one]({address})")


def test_links() -> None:
    """A link leads where the page says; the text of a link has no links in it."""
    assert html("[one *two*](a.md)") == '<p><a href="to:a.md">one <em>two</em></a></p>'
    assert html("<https://example.org/a?b=c&d>").startswith('<p><a href="to:https://example.org/a?b=c&amp;d">')


def test_a_link_to_nowhere_is_only_its_words() -> None:
    """Where there is no page there is no address."""
    assert "href" not in html("[one](nowhere.md)")
    assert "one" in html("[one](nowhere.md)")


def test_plain_text_is_not_explained_inside_a_link() -> None:
    """What the page does with plain text, such as links to the glossary, is not done inside another link."""
    marked = Prose(cite=lambda _: "", link=lambda address: address, plain=lambda words: f"<i>{words}</i>")
    made = marked.html(text.tokens("one [two](a.md) three"))
    assert made == '<p><i>one </i><a href="a.md">two</a><i> three</i></p>\n'


def test_image() -> None:
    """A picture has its text, and quotation marks cannot end it."""
    made = html('![a "b" <c>](d.png)')
    assert made == '<p><img src="to:d.png" alt="a &quot;b&quot; &lt;c&gt;" loading="lazy"></p>'


def test_attributes_of_a_link_cannot_be_added() -> None:
    """A quotation mark in an address or title cannot begin an attribute."""
    made = html('[one](a"onclick="alert(1)) and [two](a.md "title\\" onclick=\\"alert(1)")')
    assert "onclick=" not in re.sub(r'"[^"]*"', "", made)


def test_citations_in_prose() -> None:
    """A citation is written by the page, wherever it stands, and not in code."""
    assert html("One[^s1] two.[^s-2]") == "<p>One[s1] two.[s-2]</p>"
    assert html("**One**[^s1] `[^s2]`") == "<p><strong>One</strong>[s1] <code>[^s2]</code></p>"


@pytest.mark.parametrize("body", ["[^]", "[^ s1]", "[^s1", "[^s 1]", "\\[^s1]"])
def test_no_citations(body: str) -> None:
    """What only looks like a citation is text."""
    assert html(body) == f"<p>{body.removeprefix(chr(92))}</p>"


def test_a_line_of_plain_text() -> None:
    """A plain text field knows citations and nothing else."""
    assert PROSE.line("<b>*One*</b>[^s1] & [two](a.md)") == "&lt;b&gt;*One*&lt;/b&gt;[s1] &amp; [two](a.md)"


def test_citations_of_a_line() -> None:
    """The sources that a text cites come in their order."""
    assert text.citations("One [^s1] two[^s2][^s1].") == ["s1", "s2", "s1"]
    assert text.plain("One[^s1] two [^s2][^s1].") == "One two."


def test_pieces_with_their_places() -> None:
    """Headings, citations, links, pictures and HTML are found with line and column."""
    body = "\n## One\n\nA [link](a.md) and\na [^s1] and ![pic](b.png)\n\n<div>\n\n- x <b>y</b>\n"
    assert pieces(body) == [
        ("heading", 1, 1, "One"),
        ("link_open", 3, 8, "a.md"),
        ("citation", 4, 3, "s1"),
        ("image", 4, 18, "b.png"),
        ("html_block", 6, 1, "<div>\n"),
        ("html_inline", 8, 5, "<b>"),
        ("html_inline", 8, 9, "</b>"),
    ]


def test_equal_pieces_in_one_paragraph_have_different_places() -> None:
    """The second of two equal links or citations is found after the first."""
    body = "[a](b.md) [a](b.md)\n[a](b.md) [^s] [^s]"
    assert [place[1:3] for place in pieces(body)] == [(0, 3), (0, 13), (1, 3), (1, 11), (1, 16)]


@pytest.mark.parametrize(
    ("body", "count"), [("One two *three* `four`", 4), ("# One\n\n- two\n\n| a |\n|---|\n| b |", 4)]
)
def test_words(body: str, count: int) -> None:
    """Words are counted in prose, lists, headings and tables."""
    assert text.words(text.tokens(body)) == count


def test_links_in_other_forms_have_their_lines() -> None:
    """An address with other letters, in angle brackets, or alone is found where it stands."""
    body = "One\n[two](Goiânia.md)\n[three](<a b.md>)\n<https://example.org/>\n[four](c.md)"
    assert pieces(body) == [
        ("link_open", 1, 5, "Goiânia.md"),
        ("link_open", 2, 9, "a b.md"),
        ("link_open", 3, 1, "https://example.org/"),
        ("link_open", 4, 6, "c.md"),
    ]


def test_code_blocks_have_no_words() -> None:
    """What stands in a block of code is no prose."""
    assert text.words(text.tokens("```\none two\n```\n\n    three\n")) == 0


def test_manual_is_html() -> None:
    """A manual page of ours may hold code and lists."""
    assert text.manual("One `two`.\n\n- three\n") == "<p>One <code>two</code>.</p>\n<ul>\n<li>three</li>\n</ul>\n"
