"""What a hostile contributor could send: each file is refused with the right code, and never drawn."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.support import DATA, base, read, write

from casebook import build
from casebook.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.finding import Finding

FOLDER = "cases/case-studies/"
SENTENCE = "It began with an alarm.[^s1]"
ID = "id: unfinished-2002"


@dataclass(frozen=True)
class Attack:
    """A file, the code that must refuse it, and the line at which the finding must stand (0: any)."""

    about: str
    code: str
    path: str
    content: bytes
    line: int


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
        return Attack(group["about"], group["code"], path, bytes.fromhex(text), 0)
    if place == "name":
        return Attack(group["about"], group["code"], f"{FOLDER}{text}", own.encode("utf-8"), 1)
    changes = {
        "body": (SENTENCE, f"{SENTENCE}\n\n{text}"),
        "field": ("sources:", f"{text}\nsources:"),
        "id": (f"id: {stem}", f"id: '{text}'"),
    }
    old, new = changes[place]
    content = own.replace(old, new, 1)
    line = content[: content.index(new)].count("\n") + 1
    return Attack(group["about"], group["code"], path, content.encode("utf-8"), 0 if place == "body" else line)


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
