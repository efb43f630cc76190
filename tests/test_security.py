"""The Content-Security-Policy of a page."""

from __future__ import annotations

import base64
import hashlib

import pytest

from casebook.security import policy, protected

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
