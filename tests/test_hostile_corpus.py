"""What a hostile contributor could send: each file is refused with the right code.

As a second line each text is drawn as if no rule had refused it, and a sanitiser looks at the page.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import nh3
import pytest
import yaml
from tests.drawing import Tags, drawn
from tests.support import DATA, SITE, base, read, write

from casebook import build
from casebook.finding import Severity
from casebook.render import items
from casebook.render.page import Context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from casebook.finding import Finding

FOLDER = "cases/case-studies/"
SENTENCE = "It began with an alarm.[^s1]"
ID = "id: unfinished-2002"


@dataclass(frozen=True)
class Attack:
    """A file, the code that must refuse it, and the place in which the text of the attack stands."""

    about: str
    code: str
    path: str
    content: bytes
    place: str


def attacks() -> Iterator[Attack]:
    """Yield every attack of the corpus."""
    number = 0
    for group in yaml.safe_load((DATA / "hostile.yml").read_text(encoding="utf-8")):
        for text in (*group.get("texts", ()), *map(_unescaped, group.get("escapes", ()))):
            number += 1
            yield _attack(group, text, f"attack-{number}")


def _unescaped(text: str) -> str:
    return text.encode("ascii").decode("unicode_escape")


def _attack(group: dict[str, Any], text: str, stem: str) -> Attack:
    own = base("draft").replace(ID, f"id: {stem}")
    place, path = group["place"], f"{FOLDER}{stem}.md"
    if place == "bytes":
        return Attack(group["about"], group["code"], path, bytes.fromhex(text), place)
    if place == "name":
        return Attack(group["about"], group["code"], f"{FOLDER}{text}", own.encode("utf-8"), place)
    changes = {
        "body": (SENTENCE, f"{SENTENCE}\n\n{text}"),
        "field": ("sources:", f"{text}\nsources:"),
        "id": (f"id: {stem}", f"id: '{text}'"),
    }
    old, new = changes[place]
    return Attack(group["about"], group["code"], path, own.replace(old, new, 1).encode("utf-8"), place)


@cache
def corpus() -> tuple[Attack, ...]:
    """Return the whole corpus."""
    return tuple(attacks())


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """Return the errors in a repository of all attacks, by file."""
    paths = write(tmp_path_factory.mktemp("hostile"), {one.path: one.content for one in corpus()})
    by_path = defaultdict(list)
    for finding in build.check(read(paths)):
        if finding.severity is Severity.ERROR:
            by_path[finding.location.path].append(finding)
    return by_path


def test_the_corpus_is_large() -> None:
    """There are at least 150 files."""
    assert len({one.path for one in corpus()}) >= 150


@pytest.mark.parametrize("attack", corpus(), ids=lambda one: f"{one.about}-{one.path.rpartition('-')[2]}")
def test_each_is_refused(attack: Attack, found: dict[str, list[Finding]]) -> None:
    """The finding has the code that says what is wrong, and is an error: the file never reaches the site."""
    errors = found[attack.path]
    assert attack.code in {one.code for one in errors}, [one.message for one in errors]


# What Markdown may make of a text.
MARKDOWN = frozenset(
    (
        *("p", "em", "strong", "code", "pre", "blockquote", "ul", "ol", "li", "h3", "h4", "h5", "h6", "hr", "br"),
        *("a", "img", "sup", "table", "thead", "tbody", "tr", "th", "td"),
    )
)
ATTRIBUTES = frozenset(("href", "src", "alt", "title", "id", "class", "loading", "start", "style"))
SCHEMES = {"https", "http", "mailto"}


def test_the_page_never_holds_what_was_refused(tmp_path: Path) -> None:
    """Drawn in spite of all findings, a text makes nothing but Markdown: the sanitiser has nothing to take away."""
    harmless = base("draft").replace(ID, "id: harmless")
    bodies = {one.path: one.content for one in corpus() if one.place == "body"}
    repository = read(write(tmp_path, {**bodies, f"{FOLDER}harmless.md": harmless}))
    made = {page.path: drawn(page) for page in items.pages(Context(build.library(repository, (), drafts=True), SITE))}
    own = Tags(made["cases/harmless/index.md"]).tags
    tags = {*MARKDOWN, *(tag for tag, _ in own)}
    attributes = {"*": {*ATTRIBUTES, *(name for _, names in own for name in names)}}
    assert len(made) == len(bodies) + 1
    for path, html in made.items():
        clean = nh3.clean(html, tags=tags, attributes=attributes, url_schemes=SCHEMES, link_rel=None)
        assert _elements(clean) == _elements(html), path


def _elements(html: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the tags with their attributes."""
    found = Tags(html).tags
    return [(tag, sorted((name, value or "") for name, value in attributes.items())) for tag, attributes in found]


@pytest.mark.parametrize(
    "html", ["<p>a</p><script>b</script>", "<p onclick='a'>b</p>", "<a href='javascript:a'>b</a>", "<svg></svg>"]
)
def test_the_second_line_sees_what_runs(html: str) -> None:
    """The comparison fails for a page in which something runs."""
    allowed = {"*": set(ATTRIBUTES)}
    clean = nh3.clean(html, tags=set(MARKDOWN), attributes=allowed, url_schemes=SCHEMES, link_rel=None)
    assert _elements(clean) != _elements(html)
