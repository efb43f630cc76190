"""The Content-Security-Policy of a page, and the second line that finds active parts."""

from __future__ import annotations

import base64
import hashlib
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from casebook.mkdocs_plugin import CasebookPlugin
from casebook.security import active_part, policy, protected

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

PAGE = '<html><head><meta charset="utf-8"><script>one()</script></head><body><script src="a.js"></script></body></html>'


def directive(page: str, name: str, *, preview: bool = False) -> list[str]:
    """Return the values of one directive."""
    parts = [part.split() for part in policy(page, preview=preview).split("; ")]
    [values] = [part[1:] for part in parts if part[0] == name]
    return values


def digest(code: str) -> str:
    """Return the hash by which a script is allowed."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()}'"


def test_only_the_scripts_of_the_page_may_run() -> None:
    """Scripts of the own address and those that the page holds may run, each by its hash."""
    assert directive(PAGE, "script-src") == ["'self'", digest("one()")]
    assert directive(PAGE + "<SCRIPT>two()</SCRIPT><script>one()</script>", "script-src")[1:] == [
        digest("one()"),
        digest("two()"),
    ]


def test_data_is_no_script() -> None:
    """A block of JSON does not run and needs no hash."""
    assert directive('<script type="application/json">{}</script>', "script-src") == ["'self'"]


def test_nothing_comes_from_elsewhere() -> None:
    """No directive names another address, and nothing is allowed that is not named."""
    assert directive(PAGE, "default-src") == ["'none'"]
    assert "http" not in policy(PAGE)
    assert "unsafe-eval" not in policy(PAGE)
    assert "'unsafe-inline'" not in directive(PAGE, "script-src")


def test_the_preview_allows_its_live_reload() -> None:
    """Only the preview on one's own machine allows scripts without a hash."""
    assert directive(PAGE, "script-src", preview=True) == ["'self'", "'unsafe-inline'"]


@pytest.mark.parametrize("mark", ['<meta charset="utf-8">', "<meta charset=utf-8>", '<meta charset="UTF-8" />'])
def test_a_page_is_given_its_policy(mark: str) -> None:
    """The policy stands right after the declaration of the character set, once."""
    page = PAGE.replace('<meta charset="utf-8">', mark)
    made = protected(page)
    assert f'{mark}<meta http-equiv="Content-Security-Policy" content="{policy(page)}">' in made
    assert made.count("Content-Security-Policy") == 1
    assert '<meta name="referrer" content="same-origin">' in made


def test_a_page_without_character_set_is_left_alone() -> None:
    """What is no page, for example a redirect file of the theme, is not changed."""
    assert protected("<p>text</p>") == "<p>text</p>"


# --- the second line


ACTIVE = [
    "<script>alert(1)</script>",
    "<SCRIPT/src=x></SCRIPT>",
    "<p onclick=alert(1)>text</p>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1) /></svg>",
    "<svg><foreignObject><p>text</p></foreignObject></svg>",
    '<a href="javascript:alert(1)">text</a>',
    '<a href="java&#115;cript:alert(1)">text</a>',
    '<a href=" JAVA\tSCRIPT:alert(1)">text</a>',
    '<a href="vbscript:x">text</a>',
    '<img src="data:image/svg+xml,x">',
    "<iframe src=https://example.org></iframe>",
    '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    "<object data=x></object>",
    "<embed src=x>",
    "<base href=https://example.org>",
    "<form action=https://example.org><input name=password></form>",
    "<button formaction=javascript:alert(1)>text</button>",
    "<style>p { background: url(x) }</style>",
    '<math><a xlink:href="javascript:alert(1)">text</a></math>',
    '<p><template><img src=x onerror="alert(1)"></template></p>',
]


@pytest.mark.parametrize("html", ACTIVE)
def test_active_parts_are_seen(html: str) -> None:
    """What a sanitiser would take out is named, wherever it stands."""
    page = f'<h1 id="a">A</h1>\n<p class="b">Text &lt;script&gt; <a href="../b/#c">link</a></p>{html}<p>More</p>'
    found = active_part(page)
    assert found
    assert len(found) <= 80


def test_content_without_active_parts() -> None:
    """Text that only looks like a script, and links to the site and to others, are not active."""
    html = '&lt;script&gt;alert(1)&lt;/script&gt; onclick=x javascript:x <a href="mailto:a@example.org">a</a>'
    assert not active_part(f'<p data-x="1" aria-label="x">{html}<img src="hall.png" alt="&lt;set &gt;"></p>')


def test_the_build_refuses_a_page_that_acts(caplog: pytest.LogCaptureFixture) -> None:
    """A page of an item is emptied, and an error names its file; other pages may have forms."""
    plugin = CasebookPlugin()
    plugin.sources["cases/a/index.md"] = "cases/case-studies/a.md"
    item, other = (
        SimpleNamespace(file=SimpleNamespace(src_uri=name)) for name in ("cases/a/index.md", "find/index.md")
    )
    html = "<p>Text</p><form><script>alert(1)</script></form>"
    assert plugin.on_page_content(html, page=cast("Page", other)) == html
    assert not caplog.records
    assert "script" not in plugin.on_page_content(html, page=cast("Page", item))
    [record] = caplog.records
    assert record.levelname == "ERROR"
    assert "cases/case-studies/a.md:1:1: the page would act on its own, and is left out: `<form>" in record.message
