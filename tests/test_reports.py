"""The formats of findings."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest

from casebook import __version__, report
from casebook.finding import Finding, Location, Severity, nearest, on_one_line
from casebook.report.summary import MOST
from casebook.rules import RULES

ERROR = Finding(Location("cases/a.md", 3, 7), "unknown-term", "`x` is not a term", "did you mean `y`?")
WARNING = Finding(Location("cases/a.md", 9), "weak-source", "only sources of grade D", "", Severity.WARNING)
NOTE = Finding(Location("cases/b c.md"), "unfinished", "before publication: …", "", Severity.NOTE)
HOSTILE = Finding(Location("cases/a,b:c%\n::d.md"), "a,b", "100 %\r\n::error::x", "::set-output name=a::b")


def test_text() -> None:
    """People see one line for each finding, the remedy below it, and a sum."""
    assert report.report([ERROR, WARNING, NOTE], "text").split("\n") == [
        "cases/a.md:3:7: unknown-term `x` is not a term",
        "    did you mean `y`?",
        "cases/a.md:9:1: weak-source warning: only sources of grade D",
        "cases/b c.md:1:1: unfinished note: before publication: …",
        "1 error, 1 warning, 1 note",
    ]


@pytest.mark.parametrize(
    ("findings", "words"),
    [
        ([], "no findings"),
        ([ERROR], "1 error"),
        ([ERROR, ERROR, NOTE], "2 errors, 1 note"),
        ([WARNING, WARNING], "2 warnings"),
    ],
)
def test_sum_of_text(findings: list[Finding], words: str) -> None:
    """The sum counts each weight and leaves out those that do not occur."""
    assert report.report(findings, "text").split("\n")[-1] == words


def test_json() -> None:
    """JSON is a list of findings, each with all of its fields."""
    assert json.loads(report.report([ERROR, NOTE], "json")) == [
        {
            "code": "unknown-term",
            "severity": "error",
            "path": "cases/a.md",
            "line": 3,
            "column": 7,
            "message": "`x` is not a term",
            "hint": "did you mean `y`?",
        },
        {
            "code": "unfinished",
            "severity": "note",
            "path": "cases/b c.md",
            "line": 1,
            "column": 1,
            "message": "before publication: …",
            "hint": "",
        },
    ]
    assert report.report([], "json") == "[]"


def test_github() -> None:
    """GitHub gets a command for each finding, at its line."""
    assert report.report([ERROR, WARNING, NOTE], "github").split("\n") == [
        "::error file=cases/a.md,line=3,col=7,title=unknown-term::`x` is not a term (did you mean `y`?)",
        "::warning file=cases/a.md,line=9,col=1,title=weak-source::only sources of grade D",
        "::notice file=cases/b c.md,line=1,col=1,title=unfinished::before publication: …",
    ]
    assert report.report([], "github") == ""


def test_github_escapes() -> None:
    """Per cent signs, line ends, colons and commas cannot begin a command or a property."""
    assert report.report([HOSTILE], "github") == (
        "::error file=cases/a%2Cb%3Ac%25%0A%3A%3Ad.md,line=1,col=1,title=a%2Cb"
        "::100 %25%0D%0A::error::x (::set-output name=a::b)"
    )


def test_summary() -> None:
    """A summary has the sum and a row for each finding; without findings the sum is all."""
    lines = report.report([ERROR, NOTE], "summary").split("\n")
    assert lines[0] == "### Check: 1 error, 1 note"
    assert lines[-2] == (
        "<tr><td><code>cases/b c.md:1:1</code></td><td><code>unfinished</code></td>"
        "<td><code>before publication: …</code></td><td></td></tr>"
    )
    assert report.report([], "summary") == "### Check: no findings"


@pytest.mark.parametrize(
    "words",
    [
        "</code></td></table><script>alert(1)</script>",
        "<!-- hidden",
        "[click](https://evil.example) https://evil.example www.evil.example",
        "@everyone #1 evil@evil.example ![](x)",
        "a | b `c` ``` ~~~ ***",
        "&lt;b&gt; &#64;all",
        "\n\n# heading\r\n\r\n@all\u2028\x00\x1b[31m\ud800",
    ],
)
def test_summary_escapes(words: str) -> None:
    """Whatever a text holds, it stands in one cell as code, on the line of its row, and is shown as it was."""
    hostile = replace(ERROR, location=Location(words), code=words, message=words, hint=words)
    lines = report.report([hostile], "summary").split("\n")
    assert [line[:4] for line in lines] == ["### ", "", "<tab", "<tr>", "<tr>", "</ta"]
    assert re.sub(r"<code>[^<>\"']*</code>", "", lines[4]) == f"<tr>{'<td></td>' * 4}</tr>"
    cells = re.findall(r"<code>([^<>]*)</code>", lines[4])
    assert [unescape(cell) for cell in cells[1:]] == [on_one_line(words)] * 3
    assert "".join(lines).isprintable()


def test_summary_has_an_end() -> None:
    """A summary without end would be refused: beyond a number, findings are only counted."""
    text = report.report([ERROR] * (MOST + 2), "summary")
    assert text.count("<tr>") == MOST + 1
    assert text.endswith("\n\n… and 2 more: see the log of the run.")


def test_gitlab() -> None:
    """GitLab gets place, rule, weight and a fingerprint, which stays when the line moves."""
    entries = json.loads(report.report([ERROR, WARNING, NOTE], "gitlab"))
    assert entries[0] | {"fingerprint": ""} == {
        "description": "`x` is not a term (did you mean `y`?)",
        "check_name": "unknown-term",
        "fingerprint": "",
        "severity": "major",
        "location": {"path": "cases/a.md", "lines": {"begin": 3}},
    }
    assert [entry["severity"] for entry in entries] == ["major", "minor", "info"]
    moved = json.loads(report.report([replace(ERROR, location=Location("cases/a.md", 8))], "gitlab"))
    assert moved[0]["fingerprint"] == entries[0]["fingerprint"]
    twice = json.loads(report.report([ERROR, ERROR], "gitlab"))
    assert len({entry["fingerprint"] for entry in twice}) == 2


def _sarif(*findings: Finding) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(report.report(findings, "sarif"))
    return log


def test_sarif_has_the_shape_of_2_1_0() -> None:
    """One run with a tool, all rules, and results at their places."""
    log = _sarif(ERROR, WARNING, NOTE)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    [run] = log["runs"]
    assert run["columnKind"] in ("unicodeCodePoints", "utf16CodeUnits")
    assert run["tool"]["driver"]["name"] == "casebook"
    assert run["tool"]["driver"]["version"] == __version__
    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    assert run["results"][0] == {
        "ruleId": "unknown-term",
        "level": "error",
        "message": {"text": "`x` is not a term (did you mean `y`?)"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "cases/a.md"},
                    "region": {"startLine": 3, "startColumn": 7},
                }
            }
        ],
    }


def test_sarif_names_every_rule() -> None:
    """Each rule has an id, a sentence, a help text and its usual level."""
    rules = _sarif()["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.code for rule in RULES]
    for rule in rules:
        assert rule["shortDescription"]["text"].endswith(".")
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_sarif_addresses_are_uris() -> None:
    """Spaces and other signs of a path are escaped."""
    place = _sarif(NOTE)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "cases/b%20c.md"


@pytest.mark.parametrize("form", report.FORMATS)
def test_every_format_takes_everything(form: str) -> None:
    """Each format shows findings of every severity and with hostile text, and can be written as UTF-8."""
    assert report.report([ERROR, WARNING, NOTE, HOSTILE], form).encode()
    report.report([], form).encode()


def test_a_message_is_one_line() -> None:
    """A rule cannot make a finding with a line end, a control character or a text without end in it."""
    finding = RULES[0].at(Location("a.md"), "one\n::error::two\x1b[31m\ud800" + "x" * 5000, "three\r\nfour")
    assert finding.message.isprintable()
    assert finding.hint.isprintable()
    assert len(finding.message) < 500
    assert report.report([finding], "text").count("\n") == 2


def test_findings_sort_by_place() -> None:
    """Findings come in the order of files, lines and columns."""
    places = [Location("b.md"), Location("a.md", 10), Location("a.md", 9, 2), Location("a.md", 9, 1)]
    findings = sorted(Finding(place, "code", "message") for place in places)
    assert [finding.location for finding in findings] == places[::-1]


@pytest.mark.parametrize(
    ("word", "hint"), [("publishd", "did you mean `published`?"), ("PUBLISHED", "did you mean `published`?"), ("x", "")]
)
def test_nearest(word: str, hint: str) -> None:
    """A hint names the nearest candidate, or nothing when none is near."""
    assert nearest(word, ["draft", "published"]) == hint
