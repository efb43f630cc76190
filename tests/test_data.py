"""What describes the data, and the data that go out as a whole: each description is compared with the files."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import jsonschema_rs
import pytest
from click.testing import CliRunner
from frictionless import Package
from mkdocs.config.defaults import MkDocsConfig
from openapi_spec_validator import validate
from rocrate.rocrate import ROCrate
from tests import support
from tests.support import CASE, DRAFT, PNG, ROOT, SITE, base, published, real_corpus, write

from casebook import build, dates, export, moment
from casebook.artifact import Artifact, Site
from casebook.cli import main
from casebook.export import _archive, _openapi, tables
from casebook.finding import CasebookError
from casebook.library import Library
from casebook.mkdocs_plugin import CasebookPlugin
from casebook.paths import Paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from casebook.shape import Shapes

OPENAPI, PACKAGE, CRATE = "api/v1/openapi.json", "api/v1/datapackage.json", "ro-crate-metadata.json"
ZIP = "downloads/casebook.zip"
RECORD = "api/v1/case-study/lost-source-2001.json"
PRACTICE_RECORD = "api/v1/best-practice/keep-a-register.json"
WITHDRAWN = ("status: published", "status: withdrawn\nwithdrawn_reason: The source was wrong.")
PICTURE = "cases/case-studies/lost-source-2001/hall.png"
Files = dict[str, Artifact]


def by_path(made: Iterable[Artifact]) -> Files:
    """Return files by their paths."""
    return {artifact.path: artifact for artifact in made}


def built(folder: Path, files: Mapping[str, str | bytes], *, drafts: bool = False) -> Files:
    """Return the data files of a repository of these files, with the archive of its sources."""
    corpus = support.read(write(folder, files))
    shown = build.library(corpus, build.check(corpus), drafts=drafts)
    site = replace(SITE, drafts=drafts)
    return by_path(export.files(shown, corpus.shapes, site, list(build.sources(shown, corpus))))


@cache
def real_files() -> Files:
    """Return the data files of this repository."""
    corpus = real_corpus()
    shown = build.library(corpus, ())
    return by_path(export.files(shown, corpus.shapes, SITE, list(build.sources(shown, corpus))))


SOURCES: dict[str, str | bytes] = {
    **published(),
    PICTURE: PNG,
    "LICENSE-CONTENT.md": "The licence.\n",
    DRAFT: base("draft"),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return the data files of a case with every field and a practice; there is a draft too."""
    return built(tmp_path_factory.mktemp("made"), SOURCES)


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return the data files of a preview of the same, with the draft."""
    return built(tmp_path_factory.mktemp("preview"), SOURCES, drafts=True)


@pytest.fixture(scope="module")
def withdrawn(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """Return the data files of the same, with the case withdrawn."""
    return built(tmp_path_factory.mktemp("withdrawn"), {**SOURCES, **published(WITHDRAWN)})


# --- the description of the API


def schema_of(path: str, description: Any) -> Any:
    """Return the schema that a description has for a file; none for a file that it does not name, or is no JSON."""
    named = [
        value["get"]["responses"]["200"]["content"]
        for template, value in description["paths"].items()
        if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)), f"/{path}")
    ]
    assert len(named) <= 1, path
    found = next(iter(named[0].values()))["schema"] if named else None
    return found and {**found, "components": description["components"]}


def faults(files: Files) -> list[str]:
    """Return where JSON files differ from the description that lies beside them."""
    description = json.loads(files[OPENAPI].content)
    found = []
    validators: dict[str, Any] = {}
    for path, artifact in files.items():
        schema = schema_of(path, description) if path.endswith(".json") else None
        if schema:
            key = json.dumps({name: part for name, part in schema.items() if name != "components"})
            known = validators.setdefault(key, jsonschema_rs.Draft202012Validator(schema))
            found += [f"{path}: {fault.message}" for fault in known.iter_errors(json.loads(artifact.content))]
    return found


def test_the_description_is_openapi(made: Files, shapes: Shapes) -> None:
    """The description keeps the specification, and says where the files are, also when the site has no address."""
    with_address = json.loads(made[OPENAPI].content)
    without = json.loads(_openapi.description(made.values(), shapes, Site("Test")).content)
    validate(with_address)
    assert with_address["servers"] == [{"url": "https://casebook.example/site"}]
    assert without["servers"] == [{"url": "../.."}]
    assert without["paths"] == with_address["paths"]


def test_every_file_of_the_library_is_as_described() -> None:
    """Each JSON file of this library fits its schema, which allows no other field."""
    assert faults(real_files()) == []


@pytest.mark.parametrize("name", ["made", "preview", "withdrawn"])
def test_every_file_of_a_small_library_is_as_described(name: str, request: pytest.FixtureRequest) -> None:
    """So do those of a case with every field, of a draft with few, and of a case that was withdrawn."""
    assert faults(request.getfixturevalue(name)) == []


@pytest.mark.parametrize(
    ("path", "change"),
    [
        (RECORD, lambda record: record.pop("close_to")),
        (RECORD, lambda record: record.update(extra="")),
        (RECORD, lambda record: record.update(api="1.1")),
        (RECORD, lambda record: record["event"].pop("place")),
        (RECORD, lambda record: record["lessons"][0].update(extra="")),
        (RECORD, lambda record: record["sources"][0].update(year="2002")),
        (RECORD, lambda record: record["teaching"]["questions"][0].pop("notes")),
        (RECORD, lambda record: record["linked_from"].update(extra=[])),
        (RECORD, lambda record: record.update(status="withdrawn")),
        (PRACTICE_RECORD, lambda record: record["evidence"]["claims"][0].update(claim=None)),
        ("api/v1/library.json", lambda record: record["items"][0].update(extra="")),
        ("api/v1/library.json", lambda record: record["items"][0].pop("review_state")),
        ("api/v1/library.json", lambda record: record["counts"].update(cases="1")),
    ],
)
def test_another_shape_is_a_fault(path: str, change: Any, made: Files) -> None:
    """A field too many, one that is missing, and a value of another type are seen, at every depth."""
    record = json.loads(made[path].content)
    change(record)
    assert faults({OPENAPI: made[OPENAPI], path: Artifact(path, json.dumps(record))})


@pytest.mark.parametrize("whole", [True, False], ids=["this library", "a small one"])
def test_each_path_answers(whole: bool, made: Files) -> None:  # noqa: FBT001
    """Each path of the description leads to a file, and each file of the API has its path."""
    files = real_files() if whole else made
    templates = list(json.loads(files[OPENAPI].content)["paths"])
    patterns = {one: re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(one)) for one in templates}
    for template, pattern in patterns.items():
        assert any(re.fullmatch(pattern, f"/{path}") for path in files), template
    for path in files:
        if path.startswith(("api/", "feeds/", "schema/", "downloads/")):
            assert any(re.fullmatch(pattern, f"/{path}") for pattern in patterns.values()), path


# --- what the page about the data says


def documented(heading: str) -> list[tuple[str, str]]:
    """Return names and types in the first table below a heading, or some words, of the page about the data."""
    page = (ROOT / "docs" / "about" / "data.md").read_text(encoding="utf-8")
    table = re.search(r"(?:^\|.*\n)+", page.split(f"\n{heading}", 1)[1], re.MULTILINE)
    return re.findall(r"^\| `(\w+)` \| ([^|]+) \|", table.group(), re.MULTILINE) if table else []


def described(schema: Any) -> list[tuple[str, str]]:
    """Return names and types of the fields of a schema in the words of the page."""
    words = {"string": "text", "integer": "number", "boolean": "true or false", "object": "object"}

    def word(field: Any) -> str:
        if field["type"] != "array":
            return words[field["type"]]
        return "list of texts" if field["items"].get("type") == "string" else "list"

    return [(name, word(field)) for name, field in schema["properties"].items()]


def test_the_page_says_what_the_description_says(made: Files) -> None:
    """The tables of the page have the fields of the description with their types, in the same order."""
    schemas = json.loads(made[OPENAPI].content)["components"]["schemas"]
    assert documented("## library.json") == described(schemas["library"])
    assert documented("Each entry of `items`") == described(schemas["entry"])
    assert documented("`linked_from` has five lists") == described(schemas["case-study"]["properties"]["linked_from"])
    for table in json.loads(made[PACKAGE].content)["resources"]:
        if table["name"] != "library":
            assert [name for name, _ in documented(f"### {table['path']}")] == [
                field["name"] for field in table["schema"]["fields"]
            ]
            for (name, words), field in zip(documented(f"### {table['path']}"), table["schema"]["fields"], strict=True):
                separated = "separated by `;`" in field["description"]
                known = {"integer": "number", "string": "list of texts" if separated else "text"}
                assert words == known[field["type"]], name


def test_the_page_says_how_large_the_archive_is() -> None:
    """The page names the size within a factor of two, and links the file."""
    page = (ROOT / "docs" / "about" / "data.md").read_text(encoding="utf-8")
    (size,) = re.findall(r"\[`casebook\.zip`\]\(\.\./downloads/casebook\.zip\), about ([0-9.]+) MB", page)
    assert 0.5 < len(real_files()[ZIP].data) / (float(size) * 1_000_000) < 2


# --- tables and their dictionary


def package(folder: Path, files: Files, changes: Mapping[str, tuple[str, str]]) -> Package:
    """Write the tables with parts replaced, and return the package of them, without the checksums if one is changed."""
    description = json.loads(files[PACKAGE].content)
    for table in description["resources"]:
        content = str(files[f"api/v1/{table['path']}"].content)
        if table["path"] in changes:
            old, new = changes[table["path"]]
            assert content.count(old) >= 1
            content = content.replace(old, new, 1)
            del table["hash"], table["bytes"]
        (folder / table["path"]).write_bytes(content.encode("utf-8"))
    (folder / "datapackage.json").write_text(json.dumps(description), encoding="utf-8")
    return Package(str(folder / "datapackage.json"))


def test_the_tables_are_as_their_dictionary_says(tmp_path: Path) -> None:
    """Frictionless finds no fault in the tables of this library, checksums and foreign keys included."""
    report = package(tmp_path, real_files(), {}).validate()
    assert report.flatten(["title", "fieldName", "note"]) == []
    assert [task.name for task in report.tasks] == ["library", "lessons", "factors", "sources", "links"]
    assert all(task.stats["rows"] >= 98 for task in report.tasks)


@pytest.mark.parametrize(
    ("table", "change", "fault"),
    [
        ("library.csv", ("case-study,", "study,"), "constraint-error"),
        ("library.csv", ("\r\ncase-study,lost-source-2001", "\r\ncase-study,keep-a-register"), "primary-key"),
        ("library.csv", (",False,", ",no,"), "type-error"),
        ("lessons.csv", ("lost-source-2001,", "lost-source-2002,"), "foreign-key"),
        ("lessons.csv", ("case,id,", "case,ident,"), "incorrect-label"),
        ("factors.csv", (",stated", ""), "missing-cell"),
        ("sources.csv", (",2002,", ",in 2002,"), "type-error"),
        ("links.csv", (",has-factor,", ",has,"), "constraint-error"),
    ],
)
def test_a_broken_row_is_seen(table: str, change: tuple[str, str], fault: str, made: Files, tmp_path: Path) -> None:
    """A value that its column does not allow, an unknown id, a missing cell and another heading are faults."""
    report = package(tmp_path, made, {table: change}).validate()
    assert fault in {found for (found,) in report.flatten(["type"])}


def test_a_changed_table_is_seen(made: Files, tmp_path: Path) -> None:
    """The dictionary has the checksum of each table."""
    unchanged = package(tmp_path, made, {})
    (tmp_path / "lessons.csv").write_bytes((tmp_path / "lessons.csv").read_bytes().replace(b"before", b"beyond", 1))
    assert {found for (found,) in unchanged.validate().flatten(["type"])} == {"hash-count"}


def rows(files: Files, name: str) -> list[list[str]]:
    """Return the rows of a table as texts, without its heading."""
    return list(csv.reader(io.StringIO(str(files[f"api/v1/{name}.csv"].content)[1:], newline="")))[1:]


def test_rows(made: Files) -> None:
    """Each table has one row for each thing that the records of the items have, with the same values."""
    case, practice = (json.loads(made[path].content) for path in (RECORD, PRACTICE_RECORD))
    assert rows(made, "lessons") == [
        [
            "lost-source-2001",
            one["id"],
            one["lesson"],
            one["drawn_by"],
            ";".join(one["factors"]),
            ";".join(one["practices"]),
            f"https://casebook.example/site/cases/lost-source-2001/#{one['id']}",
        ]
        for one in case["lessons"]
    ]
    assert [row[:2] + row[3:] for row in rows(made, "factors")] == [
        ["lost-source-2001", one["factor"], one["basis"]] for one in case["factors"]
    ]
    assert rows(made, "factors")[0][2] == "No end-of-life provision"
    assert [row[:3] + row[5:6] for row in rows(made, "sources")] == [
        [item["id"], one["id"], one["title"], str(one["year"] or "")]
        for item in (practice, case)
        for one in item["sources"]
    ]


def test_links_are_the_chain(made: Files) -> None:
    """Each link of the chain is a row: what it begins at, what it says, and what it leads to."""
    found = {tuple(row) for row in rows(made, "links")}
    lesson = "lost-source-2001#ask-before-moving"
    case, practice = "lost-source-2001", "keep-a-register"
    assert {
        (case, "case-study", case, "has-factor", "factor", "no-tracking"),
        (case, "case-study", case, "has-lesson", "lesson", lesson),
        (case, "lesson", lesson, "answers-factor", "factor", "no-end-of-life-provision"),
        (case, "lesson", lesson, "leads-to", "best-practice", practice),
        (practice, "best-practice", practice, "countered-by", "case-study", case),
        (case, "case-study", case, "related-to", "best-practice", practice),
    } <= found
    assert {row[3] for row in found} == {
        "has-factor",
        "has-lesson",
        "answers-factor",
        "leads-to",
        "countered-by",
        "has-guidance",
        "related-to",
    }


def test_no_table_has_a_formula(small: Library, shapes: Shapes) -> None:
    """A spreadsheet does not run what an author wrote, in whichever table it stands."""
    case = small.cases[0]
    lesson = replace(case.lessons[0], lesson='=HYPERLINK("https://bad.example")', drawn_by="@SUM(A1)")
    source = replace(case.sources[0], title="+1", author="-2")
    changed = replace(case, lessons=(lesson,), sources=(source,))
    library = replace(small, items={**small.items, case.id: changed})
    files = by_path(tables.files(library, shapes, SITE))
    assert rows(files, "lessons")[0][2:4] == ['\'=HYPERLINK("https://bad.example")', "'@SUM(A1)"]
    assert rows(files, "sources")[-1][2:4] == ["'+1", "'-2"]


# --- everything as one file


def unpacked(files: Files) -> dict[str, bytes]:
    """Return the files of the archive by their paths."""
    with zipfile.ZipFile(io.BytesIO(files[ZIP].data)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def test_what_is_in_the_archive(made: Files) -> None:
    """It has the text of each item with its pictures, all data files, schemas, vocabularies, licence and README."""
    found = unpacked(made)
    assert found[CASE] == base("case-study").encode("utf-8")
    assert found[PICTURE] == PNG
    assert found["LICENSE-CONTENT.md"] == b"The licence.\n"
    assert found["schema/vocabularies/topics.yml"] == (ROOT / "schema/vocabularies/topics.yml").read_bytes()
    for path, artifact in made.items():
        if path.startswith(("api/", "schema/")):
            assert found[path] == artifact.data, path
    assert {path for path in found if not path.startswith(("api/", "schema/", "cases/"))} == {
        "LICENSE-CONTENT.md",
        "README.txt",
        "SHA256SUMS",
        CRATE,
    }
    readme = found["README.txt"].decode("utf-8")
    assert "as it was on 2026-11-24." in readme
    assert re.search(r"Cases: +1\n +Best practices: 1\n", readme)
    assert "https://casebook.example/site/" in readme


def test_no_draft_is_in_the_archive(preview: Files, made: Files) -> None:
    """The archive of a preview is that of the public site: what was downloaded can be passed on."""
    assert "unfinished-2002" in str(preview["api/v1/library.json"].content)
    assert preview[ZIP].content == made[ZIP].content
    assert not any("unfinished-2002" in name for name in unpacked(preview))
    assert not any(b"unfinished-2002" in content for content in unpacked(preview).values())


def test_no_text_of_a_withdrawn_item_is_in_the_archive(withdrawn: Files) -> None:
    """Of an item that was withdrawn the archive has the record that says why, and neither text nor pictures."""
    found = unpacked(withdrawn)
    assert {path for path in found if "lost-source-2001" in path} == {RECORD}
    assert json.loads(found[RECORD])["withdrawn_reason"] == "The source was wrong."


def test_checksums(tmp_path: Path) -> None:
    """`sha256sum` agrees with both lists of checksums, and sees a change."""
    files = real_files()
    (tmp_path / "casebook.zip").write_bytes(files[ZIP].data)
    (tmp_path / "casebook.zip.sha256").write_bytes(files[f"{ZIP}.sha256"].data)
    with zipfile.ZipFile(tmp_path / "casebook.zip") as packed:
        packed.extractall(tmp_path / "unpacked")
    inside = tmp_path / "unpacked"
    for folder, name in ((tmp_path, "casebook.zip.sha256"), (inside, "SHA256SUMS")):
        subprocess.run(["sha256sum", "--check", "--quiet", "--strict", name], cwd=folder, check=True)
    listed = re.findall(r"^[0-9a-f]{64}  (.+)$", (inside / "SHA256SUMS").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted([*listed, "SHA256SUMS"]) == sorted(unpacked(files))
    (inside / "README.txt").write_text("changed", encoding="utf-8")
    done = subprocess.run(["sha256sum", "--check", "SHA256SUMS"], cwd=inside, check=False, capture_output=True)
    assert done.returncode == 1
    assert b"README.txt: FAILED" in done.stdout


def test_the_archive_does_not_depend_on_the_machine(made: Files) -> None:
    """Names are in order; times, rights and method of each entry are fixed, and no clock is asked."""
    with zipfile.ZipFile(io.BytesIO(made[ZIP].data)) as packed:
        entries = packed.infolist()
    assert [entry.filename for entry in entries] == sorted(entry.filename for entry in entries)
    fixed = {(one.date_time, one.external_attr, one.create_system, one.compress_type, one.extra) for one in entries}
    assert fixed == {((2026, 11, 24, 0, 0, 0), 0o100644 << 16, 3, zipfile.ZIP_DEFLATED, b"")}
    assert not any(".." in entry.filename or entry.filename.startswith("/") for entry in entries)


def test_an_empty_library_has_an_archive(small: Library) -> None:
    """Where nothing was ever published, the archive has the earliest day that its format knows."""
    empty = Library.of([], small.vocabularies)
    files = by_path(_archive.archive((), (), empty, SITE))
    assert b"as it was on 1980-01-01." in unpacked(files)["README.txt"]


# --- the description for archives of research data


def entities(content: bytes | str) -> dict[str, Any]:
    """Return what a description has, by id; each stands once."""
    graph = json.loads(content)["@graph"]
    found = {entity["@id"]: entity for entity in graph}
    assert len(found) == len(graph)
    return found


def test_the_crate_of_the_archive(tmp_path: Path) -> None:
    """A reader of RO-Crate opens the archive and finds every file with its size, licence, authors and date."""
    files = real_files()
    (tmp_path / "casebook.zip").write_bytes(files[ZIP].data)
    crate = ROCrate(str(tmp_path / "casebook.zip"))
    assert crate.version == "1.2"
    assert crate.name == "Test Casebook"
    assert crate.root_dataset["author"]["@type"] == "Organization"
    inside = unpacked(files)
    known = entities(inside[CRATE])
    assert {one.id for one in crate.data_entities} == set(inside) - {CRATE, "SHA256SUMS"}
    for one in crate.data_entities:
        assert known[one.id]["contentSize"] == str(len(inside[one.id]))
        assert re.fullmatch(r"[a-z]+/[a-z0-9.+-]+", known[one.id]["encodingFormat"])


@pytest.mark.parametrize("where", ["site", "archive"])
def test_the_crate_keeps_the_specification(where: str, made: Files) -> None:
    """Descriptor and root have what RO-Crate 1.2 asks for, and what they point at is there."""
    inside = unpacked(made)
    known = entities(made[CRATE].content if where == "site" else inside[CRATE])
    descriptor, root = known["ro-crate-metadata.json"], known["./"]
    assert descriptor["@type"] == "CreativeWork"
    assert descriptor["about"] == {"@id": "./"}
    assert descriptor["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    assert root["@type"] == "Dataset"
    assert root["datePublished"] == "2026-11-24"
    assert root["name"]
    assert root["description"]
    licence = known[root["license"]["@id"]]
    assert (licence["name"], bool(licence["description"])) == ("CC BY 4.0", True)
    assert "Casebook editors" in known[root["author"]["@id"]]["description"]
    present = set(made) if where == "site" else set(inside)
    for part in root["hasPart"]:
        assert known[part["@id"]]["@type"] == "File"
        assert part["@id"] in present
    assert {"@id": ZIP} in root["hasPart"] or where == "archive"
    described = {key for key, entity in known.items() if entity["@type"] == "File"}
    assert described == {part["@id"] for part in root["hasPart"]}
    schema = known["schema/case-study.schema.json"]
    assert known[schema["license"]["@id"]]["name"] == "MIT"


# --- the moment for which a site is made


def git(folder: Path, *words: str, **environment: str) -> None:
    """Run git in a folder."""
    command = ["git", "-c", "user.name=A", "-c", "user.email=a@casebook.example", *words]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env={"PATH": "/usr/bin:/bin", **environment})


def test_the_moment(tmp_path: Path) -> None:
    """The environment comes first, then the last commit, then the newest day in the histories."""
    paths = Paths(tmp_path)
    assert moment.day_of(moment.moment(paths, {}, "2026-11-20")) == "2026-11-20"
    assert moment.day_of(moment.moment(paths, {}, "")) == "1970-01-01"
    git(tmp_path, "init", "-q")
    assert moment.day_of(moment.moment(paths, {}, "2026-11-20")) == "2026-11-20"
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "one", GIT_COMMITTER_DATE="2026-11-22T23:30:00-0200")
    assert moment.day_of(moment.moment(paths, {}, "2026-11-20")) == "2026-11-23"
    assert moment.moment(paths, {"SOURCE_DATE_EPOCH": "0"}, "2026-11-20") == 0


@pytest.mark.parametrize("said", ["today", "-1", "1.5", "٣", "9" * 400, "0x10"])
def test_a_moment_that_is_none(said: str, tmp_path: Path) -> None:
    """What is not a number of seconds within the calendar is one sentence, and no traceback."""
    with pytest.raises(CasebookError, match="SOURCE_DATE_EPOCH must be a number of seconds since 1970"):
        moment.moment(Paths(tmp_path), {"SOURCE_DATE_EPOCH": said}, "")


@pytest.mark.parametrize("before", ["5", None])
def test_the_moment_is_told_for_a_while(before: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other tools are told the moment, and then the environment is as it was."""
    if before is None:
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    else:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", before)
    with moment.told(7):
        assert os.environ["SOURCE_DATE_EPOCH"] == "7"
    assert os.environ.get("SOURCE_DATE_EPOCH") == before


def test_operations_are_told_apart() -> None:
    """No file is two operations, and no two operations share a name."""
    known = _openapi.operations()
    assert len({one.name for one in known}) == len(known)
    for path in real_files():
        assert sum(one.answers(path) for one in known) <= 1


def test_the_checksum_of_the_archive(made: Files) -> None:
    """The file beside the archive has its checksum and its name."""
    assert made[f"{ZIP}.sha256"].content == f"{hashlib.sha256(made[ZIP].data).hexdigest()}  casebook.zip\n"


def days(plugin: CasebookPlugin, folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the days for which MkDocs would make a site with a plugin: that of the pages, and that told to others."""
    made: list[str] = []

    def noted(*given: Any) -> list[Artifact]:
        made.append(given[2].today)
        return []

    monkeypatch.setattr(build, "artifacts", noted)
    config: Any = MkDocsConfig(str(folder / "mkdocs.yml"))
    config.load_dict({"site_name": "Test"})
    plugin.load_config({})
    list(plugin._artifacts(config))
    return [*made, os.environ.get("SOURCE_DATE_EPOCH", "")]


def test_only_the_preview_follows_the_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build is made for the newest day of the histories and says so while it lasts; the preview for today."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(dates, "today", lambda: "2031-01-01")
    write(tmp_path, published())
    plugin = CasebookPlugin()
    assert days(plugin, tmp_path, monkeypatch) == ["2026-11-24", "1795478400"]
    plugin.on_build_error()
    assert "SOURCE_DATE_EPOCH" not in os.environ
    plugin.on_startup(command="serve", dirty=False)
    assert days(plugin, tmp_path, monkeypatch) == ["2031-01-01", ""]


def test_the_preview_watches_for_the_first_release(tmp_path: Path) -> None:
    """The folder of the releases is watched also where there has been none yet."""
    write(tmp_path, published())
    watched: list[str] = []
    server, config = SimpleNamespace(watch=watched.append), MkDocsConfig(str(tmp_path / "mkdocs.yml"))
    given: Any = {"config": config, "builder": None}
    CasebookPlugin().on_serve(server, **given)  # type: ignore[arg-type]  # what of a server is used
    assert watched == [str(tmp_path / name) for name in ("cases", "schema", "releases")]


def test_a_build_for_no_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command says what is wrong with the variable, writes nothing, and exits as a tool that cannot run."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    write(tmp_path / "repository", published())
    words = ["-C", str(tmp_path / "repository"), "build", "--pages", str(tmp_path / "pages")]
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 2
    assert done.stderr.endswith("SOURCE_DATE_EPOCH must be a number of seconds since 1970, and is `yesterday`\n")
    assert not (tmp_path / "pages").exists()
