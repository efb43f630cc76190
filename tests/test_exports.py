"""The data files: what `docs/about/data.md` promises to programs."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from tests import support
from tests.support import CASE, DRAFT, PRACTICE, ROOT, SITE, base, crowded, library_of, published, replaced

from casebook import build, export
from casebook.artifact import Artifact, Site
from casebook.finding import Severity
from casebook.library import Library
from casebook.registry import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.shape import Shapes
    from casebook.vocabulary import Vocabularies

WITHDRAWN = ("status: published", "status: withdrawn\nwithdrawn_reason: The source was wrong.")


def files(library: Library, shapes: Shapes, site: Site = SITE) -> dict[str, Artifact]:
    """Return the data files of a library by their paths."""
    made = list(export.files(library, shapes, site))
    assert len({artifact.path for artifact in made}) == len(made)
    return {artifact.path: artifact for artifact in made}


def read(artifact: Artifact) -> Any:
    """Return the content of a JSON file."""
    return json.loads(artifact.content)


def table(artifact: Artifact) -> list[dict[str, str]]:
    """Return the rows of a table, read as a spreadsheet reads it."""
    text = str(artifact.content)
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


def promised(words: str) -> list[str]:
    """Return the names in the first column of the first table after some words of the documentation."""
    page = (ROOT / "docs" / "about" / "data.md").read_text(encoding="utf-8")
    table = re.search(r"(?:^\|.*\n)+", page.split(words, 1)[1], re.MULTILINE)
    return re.findall(r"^\| `(\w+)` \|", table.group(), re.MULTILINE) if table else []


def test_paths(small: Library, shapes: Shapes) -> None:
    """There are lists, tables, a file for each item, schema and template for each kind, and a draft for each gap.

    What cites an item or all of them has tests of its own.
    """
    others = ("contribute/scaffolds/", "feeds/", "api/v1/library.bib", "api/v1/library.ris", "api/v1/library.csl.json")
    assert {path for path in files(small, shapes) if not path.startswith(others) and "/cite." not in path} == {
        "api/v1/library.json",
        "assets/changes/versions.js",
        *(f"api/v1/{name}.csv" for name in ("library", "lessons", "factors", "sources", "links")),
        "api/v1/datapackage.json",
        "api/v1/openapi.json",
        "ro-crate-metadata.json",
        "downloads/casebook.zip",
        "downloads/casebook.zip.sha256",
        "api/v1/case-study/lost-source-2001.json",
        "api/v1/best-practice/keep-a-register.json",
        "cases/lost-source-2001/linkset.json",
        "practices/keep-a-register/linkset.json",
        *(f"schema/{kind.name}.schema.json" for kind in KINDS),
        *(f"contribute/word/{kind.name}.docx" for kind in KINDS),
        *(f"embed/{one}/oembed.json" for one in ("case-study/lost-source-2001", "best-practice/keep-a-register")),
        *(f"{one}/qr.svg" for one in ("cases/lost-source-2001", "practices/keep-a-register")),
    }


def test_library_json(small: Library, shapes: Shapes) -> None:
    """The list says what it is, under which licence, how much there is, and has an entry for each item."""
    data = read(files(small, shapes)["api/v1/library.json"])
    entries = data.pop("items")
    assert data == {
        "api": "1.0",
        "name": "Test Casebook",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "licence_name": "CC BY 4.0",
        "counts": {"cases": 1, "practices": 1, "exercises": 0, "paths": 0},
    }
    assert entries[1] == {
        "kind": "case-study",
        "id": "lost-source-2001",
        "title": "A lost source: Sampletown, 2001",
        "summary": "A company moved and left a gauge with a radioactive source behind. A trader bought the gauge as "
        "scrap, and it was found two weeks later at the gate of a metal works.",
        "status": "published",
        "language": "en",
        "version": 1,
        "published": "2026-11-24",
        "changed": "2026-11-24",
        "reviewed": False,
        "topics": ["radiological-sources", "scrap-metal"],
        "countries": ["NO"],
        "start": "2001-03-05",
        "setting": "industrial-use",
        "outcome": "loss",
        "url": "https://casebook.example/site/cases/lost-source-2001/",
        "data": "https://casebook.example/site/api/v1/case-study/lost-source-2001.json",
        "review_state": "none",
    }
    assert entries[0]["id"] == "keep-a-register"
    assert (entries[0]["reviewed"], entries[0]["review_state"]) == (True, "reviewed")
    assert (entries[0]["countries"], entries[0]["start"], entries[0]["setting"]) == ([], "", "")


def test_documented_fields(small: Library, shapes: Shapes) -> None:
    """The page about the data names the fields of the list and of its entries, in their order."""
    data = read(files(small, shapes)["api/v1/library.json"])
    assert promised("## library.json\n") == list(data)
    assert promised("in this order:\n") == list(data["items"][0])


def test_addresses_without_a_site(small: Library, shapes: Shapes) -> None:
    """A site that does not know its address gives addresses from its root."""
    data = read(files(small, shapes, Site("Test"))["api/v1/library.json"])
    assert data["items"][1]["url"] == "/cases/lost-source-2001/"
    assert data["items"][1]["data"] == "/api/v1/case-study/lost-source-2001.json"


def test_one_case(small: Library, shapes: Shapes) -> None:
    """A case has all its fields as the author wrote them, numbers as numbers, and the links that lead to it."""
    artifact = files(small, shapes)["api/v1/case-study/lost-source-2001.json"]
    data = read(artifact)
    assert artifact.source == CASE
    assert data["api"] == "1.0"
    assert data["material"]["activity"] == "1.10 GBq"
    assert data["sources"][0]["identifier"] == "1.10"
    assert data["sources"][0]["year"] == 2002
    assert data["teaching"]["minutes"] == 45
    assert data["sources"][1]["author"] == ""
    assert data["sources"][1]["year"] is None
    assert data["uncertain"] == ["The two sources give different weights for the gauge [^s1][^s2]."]
    assert data["linked_from"] == {
        "lessons": [],
        "counter_cases_of": ["keep-a-register"],
        "related": ["keep-a-register"],
        "exercises": [],
        "paths": [],
    }
    assert not {"path", "images", "withdrawn_reason", "superseded_by", "reviews"} & set(data)


def test_items_that_are_close(small: Library, shapes: Shapes) -> None:
    """A record says which items share much with it and why; an item that nothing is close to has an empty list."""
    made = files(crowded(small), shapes)
    case = read(made["api/v1/case-study/lost-source-2001.json"])
    why = "Same factors: no end-of-life provision, no tracking or monitoring; same setting (industrial use of sources)"
    assert case["close_to"] == [{"id": "lost-source-copy", "why": why}]
    assert read(made["api/v1/case-study/crowd-7.json"])["close_to"] == []
    page = (ROOT / "docs" / "about" / "data.md").read_text(encoding="utf-8")
    assert "| `close_to` |" in page


def test_one_practice(small: Library, shapes: Shapes) -> None:
    """A practice names the lessons that lead to it."""
    data = read(files(small, shapes)["api/v1/best-practice/keep-a-register.json"])
    names = ("ask-before-moving", "compare-the-list", "watch-the-gate")
    assert data["linked_from"]["lessons"] == [f"lost-source-2001#{name}" for name in names]
    assert data["counter_cases"] == [{"id": "lost-source-2001", "why": "There was a list, and nobody read it."}]


def test_an_item_has_the_fields_of_its_entry(small: Library, shapes: Shapes) -> None:
    """What the list says of an item, its own file says too."""
    made = files(small, shapes)
    for entry in read(made["api/v1/library.json"])["items"]:
        whole = read(made[f"api/v1/{entry['kind']}/{entry['id']}.json"])
        assert {key: whole[key] for key in entry} == entry


def test_a_withdrawn_item(tmp_path: Path, shapes: Shapes) -> None:
    """A withdrawn item keeps its entry and its file, and says why and nothing else."""
    successor = (WITHDRAWN[0], f"{WITHDRAWN[1]}\nsuperseded_by: keep-a-register")
    made = files(library_of(tmp_path, published(successor)), shapes)
    data = read(made["api/v1/library.json"])
    assert data["counts"] == {"cases": 0, "practices": 1, "exercises": 0, "paths": 0}
    assert [entry["status"] for entry in data["items"]] == ["published", "withdrawn"]
    item = read(made["api/v1/case-study/lost-source-2001.json"])
    assert set(item) - set(data["items"][1]) == {"api", "licence", "history", "withdrawn_reason", "superseded_by"}
    assert item["withdrawn_reason"] == "The source was wrong."
    assert item["superseded_by"] == "keep-a-register"


def test_drafts_are_not_in_the_data(tmp_path: Path, shapes: Shapes) -> None:
    """Data of a public site have no drafts."""
    library = library_of(tmp_path, published() | {DRAFT: base("draft")})
    assert not any("unfinished" in str(one.content) for one in files(library, shapes).values())


def test_table(small: Library, shapes: Shapes) -> None:
    """The table has a row for each item and the columns of an entry; lists are joined with semicolons."""
    made = files(small, shapes)
    rows = table(made["api/v1/library.csv"])
    entries = read(made["api/v1/library.json"])["items"]
    assert [list(row) for row in rows] == [list(entry) for entry in entries]
    assert rows[1]["topics"] == "radiological-sources;scrap-metal"
    assert rows[1]["reviewed"] == "False"
    assert [row["id"] for row in rows] == ["keep-a-register", "lost-source-2001"]


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r"])
def test_a_formula_is_text(first: str, tmp_path: Path, shapes: Shapes) -> None:
    """A spreadsheet does not run what an author wrote."""
    title = f"title: {json.dumps(f'{first}HYPERLINK(1;2), and more')}"
    changed = published(('title: "A lost source: Sampletown, 2001"', title))
    rows = table(files(library_of(tmp_path, changed), shapes)["api/v1/library.csv"])
    assert rows[1]["title"] == f"'{first}HYPERLINK(1;2), and more"


def test_quotation_marks_and_line_ends_stay_in_their_cell(tmp_path: Path, shapes: Shapes) -> None:
    """Commas, quotation marks, line ends and other scripts come back as they were written."""
    title = 'A "lost" source, 東海村\n2001; end'
    changed = published(('title: "A lost source: Sampletown, 2001"', f"title: {json.dumps(title, ensure_ascii=False)}"))
    rows = table(files(library_of(tmp_path, changed), shapes)["api/v1/library.csv"])
    assert rows[1]["title"] == title


def test_schemas(small: Library, shapes: Shapes) -> None:
    """The schemas are those with which items are checked."""
    made = files(small, shapes)
    for kind in KINDS:
        assert read(made[f"schema/{kind.name}.schema.json"]) == shapes[kind.name].schema


def test_an_empty_library(vocabularies: Vocabularies, shapes: Shapes) -> None:
    """A library without items has a list without entries and a table without rows."""
    made = files(Library.of([], vocabularies), shapes)
    assert read(made["api/v1/library.json"])["items"] == []
    assert table(made["api/v1/library.csv"]) == []


def test_a_practice_that_no_case_names(tmp_path: Path, shapes: Shapes) -> None:
    """A practice alone has empty lists of links."""
    alone = [("counter_cases:\n  - id: lost-source-2001\n    why: There was a list, and nobody read it.\n", "")]
    alone += [(" See [the case](../case-studies/lost-source-2001.md#ask-before-moving).", "")]
    library = library_of(tmp_path, {PRACTICE: replaced(base("best-practice"), alone)})
    data = read(files(library, shapes)["api/v1/best-practice/keep-a-register.json"])
    assert data["linked_from"] == {"lessons": [], "counter_cases_of": [], "related": [], "exercises": [], "paths": []}
    assert data["close_to"] == []


def test_scaffolds_are_drafts_that_pass(small: Library, shapes: Shapes, tmp_path: Path) -> None:
    """Each draft for a gap passes the checker as it stands, and holds what is missing."""
    made = files(small, shapes).items()
    drafts = {path: str(one.content) for path, one in made if path.startswith("contribute/scaffolds/")}
    corpus = support.read(support.write(tmp_path, {}))
    for path, draft in drafts.items():
        kind = next(kind for kind in KINDS if path.split("/")[-1].startswith(kind.name))
        found = build.check_text(draft, f"cases/{kind.folder}/a-new-{kind.name}.md", kind, corpus)
        assert [one for one in found if one.severity is not Severity.NOTE] == [], path
    assert "#   setting: hospital" in drafts["contribute/scaffolds/case-study-settings-hospital.txt"]
    assert "- transport-security" in drafts["contribute/scaffolds/best-practice-topics-transport-security.txt"]
