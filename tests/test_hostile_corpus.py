"""A corpus of hostile files: `tests/data/hostile/corpus/GROUP.yml`. Each is refused with the right code at its line.

A group says `where` its texts stand: in the `body` of a draft, in its `front` matter in place of the title, as its
`id`, as the `name` of its file, as the `raw` bytes of the file, as its `picture`, or as what lies `beside` the items.
A case is `[name, what is found, text, how often the text stands there]`. A new one is a line in a table.

All lie in one repository, so that none may keep the others from being read. `harmless.yml` holds what is accepted and
shown as text. The second line is tested with all of them: each body is drawn as if no rule had refused it.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.drawing import Tags, drawn
from tests.support import DATA, DRAFT, SITE, base, read, replaced, write

from casebook import build, load
from casebook.finding import Severity
from casebook.library import Library
from casebook.registry import CASE_STUDY
from casebook.render import items
from casebook.render.page import Context
from casebook.security import active_part

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebook.finding import Finding

CORPUS = DATA / "hostile" / "corpus"
HARMLESS = "harmless"
FEWEST = 150
FOLDER = "cases/case-studies"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A hostile file: its group and name, where its text stands, and the codes and lines that a check must find."""

    group: str
    name: str
    where: str
    found: list[str]
    text: Any = ""

    @property
    def path(self) -> str:
        """Where the file lies."""
        if self.where in ("name", "beside"):
            return f"{FOLDER}/{self.name}"
        return f"{FOLDER}/{self.group}-{self.name}.md"

    @property
    def files(self) -> dict[str, str | bytes]:
        """The files to write."""
        stem = Path(self.path).stem
        # Sentences that two items share are no matter of this test.
        own = [("id: unfinished-2002", f"id: {stem}"), ("began with an alarm", f"began with the alarm of {stem}")]
        plain = replaced(base("draft"), own)
        owned = f"It began with the alarm of {stem}.[^s1]"
        if self.where == "body":
            return {self.path: replaced(plain, [(owned, f"{owned}\n\n{self.text}")])}
        if self.where == "front":
            return {self.path: replaced(plain, [("title: A case that is being written", self.text)])}
        if self.where == "id":
            return {self.path: replaced(plain, [(f"id: {stem}", f"id: {self.text}")])}
        if self.where == "raw":
            return {self.path: self.text}
        if self.where == "picture":
            show = f"{owned}\n\n![The hall]({stem}/hall.png)"
            return {self.path: replaced(plain, [(owned, show)]), f"{FOLDER}/{stem}/hall.png": self.text}
        return {self.path: plain} if self.where == "name" else {}


def _case(group: str, where: str, row: list[Any]) -> Hostile:
    name, found, *rest = row
    text, times = rest[0] if rest else "", rest[1] if len(rest) > 1 else 1
    return Hostile(group, name, where, found.split(), text if isinstance(text, dict) else text * times)


def corpus() -> list[Hostile]:
    """Return all cases."""
    groups = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CORPUS.glob("*.yml"))}
    return [_case(group, table["where"], row) for group, table in groups.items() for row in table["cases"]]


CASES = corpus()
REFUSED = [case for case in CASES if case.group != HARMLESS]
BODIES = [case for case in CASES if case.where == "body"]


def _lay(folder: Path, what: dict[str, str]) -> None:
    """Put a link, a folder or a pipe among the items."""
    [(kind, target)] = what.items()
    folder.parent.mkdir(parents=True, exist_ok=True)
    if kind == "link":
        folder.symlink_to(target)
    elif kind == "folder":
        folder.mkdir()
    else:
        os.mkfifo(folder)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> build.Corpus:
    """All files of the corpus in one repository."""
    folder = tmp_path_factory.mktemp("hostile")
    paths = write(folder, {name: text for case in CASES for name, text in case.files.items()})
    for case in CASES:
        if case.where == "beside":
            _lay(folder / case.path, case.text)
    return read(paths)


@pytest.fixture(scope="module")
def findings(repository: build.Corpus) -> list[Finding]:
    """All findings."""
    return build.check(repository)


@pytest.fixture(scope="module")
def found(findings: list[Finding]) -> dict[str, list[str]]:
    """Codes and lines of what is found in each file, notes for drafts left out."""
    by_path: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        if finding.severity is not Severity.NOTE:
            by_path[finding.location.path].append(f"{finding.code}:{finding.location.line}")
    return by_path


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.group}/{case.name}")
def test_findings(case: Hostile, repository: build.Corpus, found: dict[str, list[str]]) -> None:
    """Each file is refused with the codes that its table names, at their lines; what is harmless is accepted."""
    path = repository.paths.relative(repository.paths.root / case.path)
    assert list(dict.fromkeys(found[path])) == case.found


def test_the_corpus_is_large() -> None:
    """There are at least 150 hostile files, each refused with an error, and no two are equal."""
    assert len(REFUSED) >= FEWEST
    assert all(case.found for case in REFUSED)
    assert not [case.name for case in CASES if case.group == HARMLESS and case.found]
    assert len({case.path for case in CASES}) == len(CASES)


def test_what_is_refused_reaches_no_library(repository: build.Corpus, findings: list[Finding]) -> None:
    """Of all these files only those that are harmless become items."""
    library = build.library(repository, findings, drafts=True)
    assert sorted(library.items) == sorted(Path(case.path).stem for case in CASES if not case.found)


# --- the second line


# What the author's Markdown may become, with the attributes that each may have.
MARKDOWN = {
    tag: frozenset(attributes.split())
    for tags, attributes in {
        "p em strong code pre ul ol li blockquote h3 h4 h5 h6 br hr": "",
        "table thead tbody tr th td": "",
        "a": "href class data-definition aria-label",
        "img": "src alt loading",
        "sup": "class",
    }.items()
    for tag in tags.split()
}
ADDRESS = re.compile(r"(?:https?://|mailto:|[^:]*$)")


def _pages(entries: Iterable[build.Entry], repository: build.Corpus) -> dict[str, str]:
    """Return the pages of entries as HTML by their files, drawn as if no rule had refused them."""
    library = Library.of([(build._item(entry), entry.stream) for entry in entries], repository.vocabularies)
    return {artifact.source: drawn(artifact) for artifact in items.pages(Context(library, SITE))}


def _parts(html: str) -> Counter[tuple[str, frozenset[str]]]:
    return Counter((tag, frozenset(attributes)) for tag, attributes in Tags(html).tags)


@pytest.fixture(scope="module")
def pages(repository: build.Corpus) -> dict[str, str]:
    """The page of each body."""
    paths = {case.path for case in BODIES}
    return _pages((entry for entry in repository.entries if entry.document.path in paths), repository)


@pytest.fixture(scope="module")
def plain(repository: build.Corpus) -> Counter[tuple[str, frozenset[str]]]:
    """Tags and attributes of the page of the draft on which all cases are based."""
    document = load.parse(base("draft").encode(), DRAFT, CASE_STUDY)
    return _parts(_pages([build.Entry.of(document, repository.shapes)], repository)[DRAFT])


@pytest.mark.parametrize("case", BODIES, ids=lambda case: f"{case.group}/{case.name}")
def test_the_page_holds_nothing_active(case: Hostile, pages: dict[str, str], plain: Counter[Any]) -> None:
    """Drawn against the will of the rules, a body brings no element but those of Markdown, and nothing that acts."""
    html = pages[case.path]
    assert active_part(html) == ""
    for tag, attributes in _parts(html) - plain:
        # The extension `toc` gives each heading an id from its words.
        assert attributes <= MARKDOWN[tag] | ({"id"} if tag.startswith("h") else set()), tag
    assert [address for address in Tags(html).values("href", "src") if not ADDRESS.match(address)] == []


@pytest.mark.parametrize("case", [case for case in BODIES if case.group == HARMLESS], ids=lambda case: case.name)
def test_what_is_harmless_is_shown_as_text(case: Hostile, pages: dict[str, str]) -> None:
    """Every word of it stands on the page as text: nothing was run, loaded or left out."""
    # The language of a block of code is not drawn.
    written = unescape(re.sub(r"^```.*", "", case.text))
    shown = " ".join(Tags(pages[case.path]).text)
    assert [word for word in re.findall(r"\w+", written) if word not in shown] == []
