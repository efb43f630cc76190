"""Small repositories for tests: the real schemas, and items that are made up."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from casebook import build
from casebook.artifact import Site
from casebook.library import Library
from casebook.paths import Paths, repository
from casebook.registry import KINDS
from casebook.screen import Screen, load_screen
from casebook.shape import Shapes, load_shapes
from casebook.vocabulary import Vocabularies, load_vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebook.finding import Finding

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
SITE = Site("Test Casebook", "https://casebook.example/site/", "https://code.example/casebook/")
CASE = "cases/case-studies/lost-source-2001.md"
PRACTICE = "cases/best-practices/keep-a-register.md"
DRAFT = "cases/case-studies/unfinished-2002.md"
# The smallest pictures: one black point.
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg==")
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9"
EXERCISE = "cases/exercises/the-empty-shelf.md"
PATH = "cases/learning-paths/first-week.md"
BASES = {"case-study": CASE, "best-practice": PRACTICE, "exercise": EXERCISE, "learning-path": PATH, "draft": DRAFT}
# The published case and practice name each other, and the exercise and the path both; the draft stands alone.
TOGETHER = {
    "case-study": ("best-practice",),
    "best-practice": ("case-study",),
    "exercise": ("case-study", "best-practice"),
    "learning-path": ("case-study", "best-practice"),
    "draft": (),
}
Change = Any  # old and new text, and how often the new one is repeated if more than once


def base(name: str) -> str:
    """Return a valid item: `draft` is a draft, and all others are published."""
    return (DATA / "_base" / f"{name}.md").read_text(encoding="utf-8")


def replaced(content: str, changes: Iterable[Change]) -> str:
    """Return a text with each old part replaced by the new one, as often as the third value says.

    Each old part must stand in the text once, so that no change is lost in silence.
    """
    for old, new, *times in changes:
        assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in the text"
        content = content.replace(old, new * (times[0] if times else 1))
    return content


def based(name: str, changes: Iterable[Change] = ()) -> dict[str, str]:
    """Return the files of a valid repository around a base, with parts of the base replaced."""
    others = {BASES[other]: base(other) for other in TOGETHER[name]}
    return {**others, BASES[name]: replaced(base(name), changes)}


def published(*changes: Change) -> dict[str, str]:
    """Return a published case and practice, with parts of the case replaced."""
    return based("case-study", changes)


def write(folder: Path, files: Mapping[str, str | bytes]) -> Paths:
    """Write a repository with the real schemas; files below schema/ stand in place of the real ones."""
    for kind in KINDS:
        (folder / "cases" / kind.folder).mkdir(parents=True, exist_ok=True)
    if any(name.startswith("schema/") for name in files):
        shutil.copytree(ROOT / "schema", folder / "schema")
    else:
        (folder / "schema").symlink_to(ROOT / "schema")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return repository(folder)


@cache
def real() -> tuple[Vocabularies, Shapes]:
    """Return the vocabularies and shapes of this repository."""
    paths = repository(ROOT)
    vocabularies, findings = load_vocabularies(paths)
    assert not findings
    return vocabularies, load_shapes(paths, vocabularies)


@cache
def real_screen() -> Screen:
    """Return the screen of this repository."""
    return load_screen(repository(ROOT))


def _is_real(paths: Paths) -> bool:
    return paths.schema.resolve() == ROOT / "schema"


def vocabularies_of(paths: Paths) -> tuple[Vocabularies, list[Finding]]:
    """Return the vocabularies of a repository, and what is wrong with them; those of this one are read once."""
    return (real()[0], []) if _is_real(paths) else load_vocabularies(paths)


def shapes_of(paths: Paths, vocabularies: Vocabularies) -> Shapes:
    """Return the shapes of a repository; those of this one are made once."""
    return real()[1] if _is_real(paths) else load_shapes(paths, vocabularies)


def screen_of(paths: Paths) -> Screen:
    """Return the screen of a repository; that of this one is read once."""
    return real_screen() if _is_real(paths) else load_screen(paths)


@cache
def real_corpus() -> build.Corpus:
    """Return everything that stands in this repository."""
    return build.Reader(repository(ROOT)).corpus()


def read(paths: Paths) -> build.Corpus:
    """Return what stands in a repository."""
    return build.Reader(paths).corpus()


def findings_of(folder: Path, files: Mapping[str, str | bytes], only: Iterable[str] = ()) -> list[Finding]:
    """Return the findings of a repository of these files."""
    paths = write(folder, files)
    return build.check(read(paths), [folder / one for one in only])


def library_of(folder: Path, files: Mapping[str, str | bytes], *, drafts: bool = False) -> Library:
    """Return the library of a repository of these files."""
    corpus = read(write(folder, files))
    return build.library(corpus, build.check(corpus), drafts=drafts)


def crowded(library: Library) -> Library:
    """Return a library with its first case, a copy of that, and a crowd against which what these two share is rare."""
    case = library.cases[0]
    copy = replace(case, id="lost-source-copy", title="A copy", related=())
    plain: dict[str, Any] = {"topics": (), "factors": (), "lessons": (), "related": (), "event": None, "material": None}
    crowd = [replace(case, id=f"crowd-{number}", **plain) for number in range(100)]
    entries = [(item, library.streams[case.id]) for item in (case, copy, *crowd)]
    practices = [(item, library.streams[item.id]) for item in library.practices]
    return Library.of([*entries, *practices], library.vocabularies)


def shown(finding: Finding) -> str:
    """Return a finding as the data files write it: `path:line:column: severity code message | hint`."""
    where = finding.location
    hint = f" | {finding.hint}" if finding.hint else ""
    return f"{where.path}:{where.line}:{where.column}: {finding.severity} {finding.code} {finding.message}{hint}"


@dataclass(frozen=True)
class Case:
    """One data file below tests/data: a repository and everything that a check of it finds.

    `base` names the item that `replace` changes; `files`, `links` and `folders` come on top. Without a base there is
    nothing else. `only` names what is checked, and without it everything is.
    """

    about: str
    findings: list[str]
    base: str = ""
    replace: list[list[Any]] = field(default_factory=list)
    files: dict[str, str | bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    only: list[str] = field(default_factory=list)

    def check(self, folder: Path) -> list[Finding]:
        """Write the repository into a folder and return what a check finds."""
        around = based(self.base, self.replace) if self.base else {}
        paths = write(folder, {**around, **self.files})
        for name in self.folders:
            (folder / name).mkdir(parents=True)
        for name, target in self.links.items():
            (folder / name).symlink_to(target)
        return build.check(read(paths), [folder / one for one in self.only])


def data_case(path: Path) -> Case:
    """Return the case that a data file describes."""
    return Case(**yaml.safe_load(path.read_text(encoding="utf-8")))


def searched(call: str, *given: Any, pieces: Path | Mapping[str, Any] | None = None) -> Any:
    """Return what a function of the search's browser code returns; `tests/search/run.js` names the functions.

    `pieces` is the folder of an index, or the pieces themselves.
    """
    question = {"call": call, "given": given, "pieces": pieces if isinstance(pieces, dict) else str(pieces)}
    beside = Path(sys.executable).with_name("node")
    done = subprocess.run(
        [str(beside) if beside.exists() else "node", str(ROOT / "tests" / "search" / "run.js")],
        input=json.dumps(question),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
