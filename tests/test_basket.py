"""A reader's course: what the page knows of each item, and how a course becomes an address and comes back."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support import ROOT, SITE, real

from casebook.export import basket
from casebook.library import Library
from casebook.model import BestPractice, CaseStudy, Exercise, LearningPath, PathStep, Teaching

HOSTILE = '</p><script>alert(1)</script> ~a=b;c@d%20#c=1 "g" \' (監視) é \u202eevil'
SEEN = HOSTILE.replace("\u202e", "")
NOTE = "First line.\n\nSecond; with ~ and @."


def given(*asked: Any) -> list[Any]:
    """Return what the browser's code gives for courses and fragments."""
    node = Path(sys.executable).with_name("node")
    command = [str(node) if node.exists() else shutil.which("node") or "node", str(ROOT / "tests/basket/run.js")]
    done = subprocess.run(command, input=json.dumps(asked), capture_output=True, text=True, check=True)
    found: list[Any] = json.loads(done.stdout)
    return found


def item(item_id: str, version: int | None = None, minutes: int | None = None, note: str = "") -> dict[str, Any]:
    """Return an item of a course."""
    return {"id": item_id, "version": version, "minutes": minutes, "note": note}


def test_a_course_comes_back_from_its_address() -> None:
    """Title, order, headings, versions, minutes and notes survive, whatever stands in them."""
    entries = [
        {"heading": HOSTILE},
        item("goiania-1987", 2, 45, NOTE),
        item("two-person-rule"),
        item("a-1", None, 0, HOSTILE),
        {"heading": ""},
        item("b", 7, None, "~~~"),
    ]
    (told,) = given({"title": HOSTILE, "entries": entries})
    assert told["again"] == {"course": told["course"], "lost": 0}
    assert told["course"]["title"] == SEEN
    assert told["course"]["entries"][1:3] == entries[1:3]
    assert told["course"]["entries"][3]["note"] == SEEN
    # Nothing by which a program would cut an address, and nothing that is markup.
    assert not set(told["fragment"]) & set(" <>\"'()[]{}|\\^`\n")
    assert told["fragment"].isascii()
    (short,) = given({"title": "Week 1", "entries": entries[1:3]})
    assert short["fragment"] == (
        "#c=1;Week%201;goiania-1987@2~45~First%20line%2E%0A%0ASecond%3B%20with%20%7E%20and%20%40%2E;two-person-rule"
    )


def test_what_is_no_course_is_none() -> None:
    """Fragments from anywhere are checked: bad parts are counted and left out, limits hold, nothing breaks."""
    many = ";".join(f"item-{number}" for number in range(500))
    asked = [
        "#sources",
        "#c=",
        "#c=2;A newer shape;a",
        "#c=1;Only a title",
        "#c=1;%E0%A4%A;<script>",
        "#c=1;T;UPPER;../etc;a@x;a~9999;a~1~%ZZ;~%ZZ;a;a;javascript:1",
        f"#c=1;T;{many}",
        "#c=1;T;a~5~" + "x" * 5000,
        "#c=1;T;a;" + "x" * 300_000,
        "#c=1;__proto__;constructor;a~1~__proto__",
    ]
    told = given(*asked, None, [1], {"entries": [None, 7, {"id": 3}, {"id": "a", "minutes": -1, "version": 1.5}]})
    assert told[0] == "undefined"
    assert told[1:5] == ["null"] * 4
    assert told[5] == {"course": {"title": "T", "entries": [item("a")]}, "lost": 8}
    assert len(told[6]["course"]["entries"]) == 200
    assert told[6]["lost"] == 300
    assert len(told[7]["course"]["entries"][0]["note"]) == 500
    assert told[8] == "null"
    assert [one["id"] for one in told[9]["course"]["entries"]] == ["constructor", "a"]
    assert [one["course"]["entries"] for one in told[10:]] == [[], [], [item("a")]]


def test_minutes_and_citations() -> None:
    """Each kind says how long it takes; each item comes with its citations in every format."""
    common: dict[str, Any] = {"summary": "One thing. Another.", "topics": (), "status": "published"}
    steps = (PathStep("one", "a-case", "It shows.", 15), PathStep("two", "a-practice", "It says.", 10))
    items = [
        (CaseStudy(id="a-case", title="A", teaching=Teaching((), "basic", 45, ()), **common), 45),
        (CaseStudy(id="untaught", title="U", **common), basket.MINUTES),
        (BestPractice(id="a-practice", title="P", **common), basket.MINUTES),
        (Exercise(id="a-game", title="E", minutes=120, **common), 120),
        (LearningPath(id="a-way", title="L", steps=steps, **common), 25),
    ]
    library = Library.of([(one, []) for one, _ in items], real()[0])
    made = {one.path: str(one.content) for one in basket.files(library, real()[1], SITE)}
    facts = json.loads(json.loads(made["assets/basket/facts.js"][len("self.casebookMinutes = JSON.parse(") : -3]))
    assert facts == {
        "name": SITE.name,
        "items": {
            **{one.id: [minutes, "One thing."] for one, minutes in items if one.id != "a-way"},
            "a-way": [25, "One thing.", [["a-case", 15], ["a-practice", 10]]],
        },
    }
    cited = made["assets/basket/items/a-game.js"]
    assert all(f'\\"{ending}\\"' in cited for ending in ("txt", "bib", "ris", "csl.json"))
    assert len(made) == len(items) + 1
