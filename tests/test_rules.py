"""Every rule by data files: `tests/data/RULE/WHAT.yml`. Their fields are those of `Case` in support.py.

A new test of a rule is a new data file. Line, column, severity, message and hint are all compared.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.support import DATA, data_case, shown

from casebook.rules import MODULES, RULES

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.finding import Rule

# Folders that are not about one rule.
OTHERS = {"_base", "corrections", "six-faults", "several-faults", "hostile", "changed", "feeds"}
FILES = sorted(path for path in DATA.glob("*/*.yml") if path.parent.name not in ("corrections", "changed"))
# No item has these: they are about Word files, and tested in test_word.py.
OF_WORD = {"word-file", "word-left-out"}
CODES = sorted(rule.code for rule in RULES if rule.code not in OF_WORD)


def _codes(finding: str) -> str:
    return finding.split(": ", 1)[1].split(" ")[1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_findings(path: Path, tmp_path: Path) -> None:
    """A check of the repository of a data file finds exactly what the file says, in this order."""
    case = data_case(path)
    assert [shown(finding) for finding in case.check(tmp_path)] == case.findings


def test_each_rule_has_data_and_each_folder_is_a_rule() -> None:
    """Folders of data and codes of rules are the same, but for the folders that are about several rules."""
    folders = {path.name for path in DATA.iterdir() if path.is_dir()}
    assert folders - OTHERS == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_each_rule_fails_and_passes(code: str) -> None:
    """The data of a rule have a case in which it finds something, and one in which it has no reason to."""
    found = [{_codes(finding) for finding in data_case(path).findings} for path in (DATA / code).glob("*.yml")]
    assert any(code in codes for codes in found)
    assert any(code not in codes for codes in found)


def test_six_faults_are_six_findings_of_six_rules() -> None:
    """The case with six planted faults has six findings, each of another rule and in another line."""
    findings = data_case(DATA / "six-faults" / "case.yml").findings
    assert len(findings) == 6
    assert len({_codes(finding) for finding in findings}) == 6
    assert len({finding.split(":")[1] for finding in findings}) == 6


def test_codes_are_names() -> None:
    """A code is lower case with hyphens, and belongs to one rule."""
    assert len(CODES) == len(set(CODES))
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code) for code in CODES)


def test_a_rule_in_a_file_has_the_name_of_the_file() -> None:
    """The code of a rule is the name of its module with hyphens."""
    assert [module.RULE.code for module in MODULES] == [
        module.__name__.rpartition(".")[2].replace("_", "-")  # type: ignore[attr-defined]  # a module has a name
        for module in MODULES
    ]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_manual(rule: Rule) -> None:
    """A manual page begins with a sentence on a line of its own and says how to mend the fault."""
    first = rule.manual.strip().split("\n\n")[0]
    assert first.endswith(".")
    assert "\n" not in first
    assert "**Mend it:**" in rule.manual
