"""Reading, checking and building as one: what is read again, what is left out, and which pictures come along."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from tests.support import CASE, JPEG, PNG, PRACTICE, base, library_of, published, read, replaced, write

from casebook import assets, build, load
from casebook.finding import CasebookError
from casebook.load import MAX_IMAGE_BYTES
from casebook.paths import Paths, nearest_root, repository
from casebook.registry import BEST_PRACTICE, CASE_STUDY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

PICTURES = "cases/case-studies/lost-source-2001"


# --- paths


def test_nearest_root(tmp_path: Path) -> None:
    """The nearest folder with the shape of a repository is found, else the folder itself."""
    write(tmp_path, published())
    assert nearest_root(tmp_path / "cases" / "case-studies") == tmp_path
    assert nearest_root(tmp_path.parent) == tmp_path.parent


@pytest.mark.parametrize("folder", ["cases", "schema", "schema/vocabularies"])
def test_a_repository_has_its_folders(folder: str, tmp_path: Path) -> None:
    """A folder that lacks one of the three is no repository, and the message names what it lacks."""
    for name in ("cases", "schema", "schema/vocabularies"):
        if not name.startswith(folder):
            (tmp_path / name).mkdir(parents=True)
    with pytest.raises(CasebookError, match=f"it has no folder {folder}/"):
        repository(tmp_path)


def test_relative_paths(tmp_path: Path) -> None:
    """Findings show paths below the repository, and others as they are."""
    paths = Paths(tmp_path)
    assert paths.relative(tmp_path / "cases" / "a.md") == "cases/a.md"
    assert paths.relative(tmp_path.parent / "a.md") == (tmp_path.parent / "a.md").as_posix()


# --- reading again


def test_a_second_reading_parses_only_what_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The live preview parses a file again when it has changed, and no other file."""
    reader = build.Reader(write(tmp_path, published()))
    reader.corpus()
    parsed: list[str] = []

    def remembered(path: Path, paths: Paths) -> load.Document:
        parsed.append(path.name)
        return _load(path, paths)

    monkeypatch.setattr(load, "load", remembered)
    assert len(reader.corpus().entries) == 2
    assert parsed == []
    changed = tmp_path / CASE
    changed.write_text(base("case-study").replace("industrial-use", "industry"), encoding="utf-8")
    corpus = reader.corpus()
    assert parsed == ["lost-source-2001.md"]
    assert [finding.code for finding in build.check(corpus)] == ["unknown-term"]


_load = load.load


def test_a_second_reading_sees_new_gone_and_touched_files(tmp_path: Path) -> None:
    """Files come and go; a file of the same size with another time is read again."""
    reader = build.Reader(write(tmp_path, published()))
    reader.corpus()
    path = tmp_path / CASE
    path.write_text(base("case-study").replace("[NO]", "[ZZ]"), encoding="utf-8")
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns + 1))
    assert [finding.code for finding in build.check(reader.corpus())] == ["unknown-term"]
    path.unlink()
    assert [entry.document.path for entry in reader.corpus().entries] == [PRACTICE]
    (tmp_path / "cases/case-studies/new.md").write_text("text", encoding="utf-8")
    assert len(reader.corpus().entries) == 2


def test_a_second_reading_sees_a_new_picture(tmp_path: Path) -> None:
    """A picture that is put beside an item is there without a change of the item."""
    reader = build.Reader(write(tmp_path, published()))
    assert reader.corpus().entries[1].document.images == ()
    (tmp_path / PICTURES).mkdir()
    (tmp_path / PICTURES / "hall.png").write_bytes(PNG)
    assert reader.corpus().entries[1].document.images == ("hall.png",)


def test_progress_is_told(tmp_path: Path) -> None:
    """Whoever asks is given the files, and may show how far the reading is."""
    seen: list[str] = []

    def told(files: Sequence[Path]) -> Iterator[Path]:
        for file in files:
            seen.append(file.name)
            yield file

    build.Reader(write(tmp_path, published())).corpus(told)
    assert seen == ["keep-a-register.md", "lost-source-2001.md"]


def test_findings_are_sorted_and_stand_once(tmp_path: Path) -> None:
    """Findings come by file, line and column, the same ones at every call."""
    wrong = published(("setting: industrial-use", "setting: industry"), ("countries: [NO]", "countries: [ZZ, YY]"))
    corpus = read(write(tmp_path, wrong))
    found = build.check(corpus)
    assert found == sorted(set(found)) == build.check(corpus)


# --- an item that is not yet a file


def test_check_text(tmp_path: Path) -> None:
    """A text is checked as if it were a file among the others, in the place of one that may be there already."""
    corpus = read(write(tmp_path, published()))
    assert build.check_text(base("case-study"), CASE, CASE_STUDY, corpus) == []
    wrong = replaced(base("best-practice"), [("capacity: low", "capacity: lowest")])
    found = build.check_text(wrong, PRACTICE, BEST_PRACTICE, corpus)
    assert [(finding.code, finding.location.path, finding.location.line) for finding in found] == [
        ("unknown-term", PRACTICE, 33)
    ]


# --- pictures


def test_pictures_stand_beside_the_page(tmp_path: Path) -> None:
    """A picture of an item is published at the address of its item."""
    paths = write(tmp_path, published() | {f"{PICTURES}/hall.png": PNG, f"{PICTURES}/Plan.JPG": JPEG})
    corpus = read(paths)
    made = list(build.images(build.library(corpus, ()), paths))
    assert {artifact.path: artifact.content for artifact in made} == {
        "cases/lost-source-2001/hall.png": PNG,
        "cases/lost-source-2001/Plan.JPG": JPEG,
    }


def test_only_pictures_are_published(tmp_path: Path) -> None:
    """Pages, scripts, drawings with scripts in them, and data in the folder of an item do not reach the site."""
    names = ("index.html", "evil.svg", "evil.js", "index.md.txt", "data.csv", ".htaccess", "picture.png.html")
    paths = write(tmp_path, published() | {f"{PICTURES}/{name}": b"content" for name in names})
    corpus = read(paths)
    assert list(build.images(build.library(corpus, ()), paths)) == []
    assert [finding.message for finding in build.check(corpus) if finding.code == "image-file"] == [
        f"the file `lost-source-2001/{name}` is no picture of a type that is used"
        for name in sorted(names)
        if name != ".htaccess"
    ]


def test_what_only_has_the_name_of_a_picture_is_not_published(tmp_path: Path) -> None:
    """A page, an archive, an empty file and a picture without end do not reach the site, even if nobody checks."""
    contents = {"a.png": b"<html>", "b.jpg": b"PK\3\4", "c.webp": b"", "d.png": PNG + b"\0" * MAX_IMAGE_BYTES}
    paths = write(tmp_path, published() | {f"{PICTURES}/{name}": content for name, content in contents.items()})
    corpus = read(paths)
    assert list(build.images(build.library(corpus, ()), paths)) == []
    assert [finding.code for finding in build.check(corpus)] == ["image-file"] * 4


def test_links_in_the_folder_of_an_item_are_not_followed(tmp_path: Path) -> None:
    """A link, or a folder that is one, cannot bring a file from elsewhere to the site."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "hall.png").write_bytes(b"secret")
    for name, link in (("one", f"{PICTURES}/hall.png"), ("two", PICTURES)):
        folder = tmp_path / name
        folder.mkdir()
        paths = write(folder, published())
        (folder / link).parent.mkdir(exist_ok=True)
        (folder / link).symlink_to(secret / "hall.png" if link.endswith("png") else secret)
        corpus = read(paths)
        assert list(build.images(build.library(corpus, ()), paths)) == []
        assert [finding.code for finding in build.check(corpus)] == ["image-file"]


def test_a_withdrawn_item_has_no_pictures(tmp_path: Path) -> None:
    """The pictures of a withdrawn item are withdrawn with it."""
    withdrawn = ("status: published", "status: withdrawn\nwithdrawn_reason: The source was wrong.")
    files = published(withdrawn) | {f"{PICTURES}/hall.png": PNG}
    library = library_of(tmp_path, files)
    assert list(build.images(library, repository(tmp_path))) == []


# --- browser code


def test_a_repository_without_browser_code(tmp_path: Path) -> None:
    """Where there is nothing to bundle, nothing is bundled, and no program is needed."""
    assert list(assets.bundle(write(tmp_path, {}))) == []


def test_without_esbuild(tmp_path: Path) -> None:
    """Where the program is not installed, the sentence says what to run."""
    paths = write(tmp_path, {f"docs/assets/{assets.ENTRIES[0]}": "export {};\n"})
    with pytest.raises(CasebookError, match="Run `make setup`"):
        list(assets.bundle(paths))
