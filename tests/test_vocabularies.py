"""The controlled vocabularies of this repository, and what is found in broken ones."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from tests.support import ROOT, shown, write

from casebook.finding import CasebookError
from casebook.paths import repository
from casebook.vocabulary import NAMES, WITHOUT_DEFINITION, load_vocabularies

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.vocabulary import Vocabularies

# ISO 3166-1 alpha-2, officially assigned codes.
COUNTRIES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD
GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH
KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW
MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC
SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY
UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
ID = r"[a-z0-9]+(-[a-z0-9]+)*"
FORMS = {"countries": r"[A-Z]{2}", "reliability-grades": r"[A-D]"}
# What the registry of kinds, the templates and the rules name in words.
NEEDED = {
    "statuses": {"draft", "in-review", "published", "withdrawn"},
    "reliability-grades": {"A", "B", "C", "D"},
    "factor-bases": {"stated", "inferred", "disputed"},
    "evidence-strengths": {"limited", "moderate", "strong"},
    "source-types": {"official-report"},
    "languages": {"en"},
    "review-modes": {"named", "centre", "anonymous", "consultation"},
    "verdicts": {"accept", "accept-with-changes", "dissent", "comment"},
}


def test_all_load_without_findings() -> None:
    """Every vocabulary of this repository is sound."""
    vocabularies, findings = load_vocabularies(repository(ROOT))
    assert [shown(finding) for finding in findings] == []
    assert set(vocabularies) == set(NAMES)


def test_each_file_is_a_known_vocabulary() -> None:
    """There is no file that nothing reads."""
    assert sorted(path.name for path in (ROOT / "schema" / "vocabularies").iterdir()) == [f"{one}.yml" for one in NAMES]


@pytest.mark.parametrize("name", NAMES)
def test_titles_labels_and_definitions(name: str, vocabularies: Vocabularies) -> None:
    """A vocabulary explains itself, and so does each of its terms; countries do without definitions."""
    vocabulary = vocabularies[name]
    assert vocabulary.title
    assert vocabulary.description.endswith(".")
    assert all(term.label == term.label.strip() != "" for term in vocabulary)
    assert name in WITHOUT_DEFINITION or all(term.definition.endswith((".", ")", "?", '"')) for term in vocabulary)


@pytest.mark.parametrize("name", NAMES)
def test_ids_and_labels_are_names(name: str, vocabularies: Vocabularies) -> None:
    """Ids have the form of addresses, and no two terms of a vocabulary look the same to a reader."""
    vocabulary = vocabularies[name]
    assert [term.id for term in vocabulary if not re.fullmatch(FORMS.get(name, ID), term.id)] == []
    assert [label for label, count in Counter(term.label for term in vocabulary).items() if count > 1] == []


@pytest.mark.parametrize("name", NEEDED)
def test_terms_that_code_names(name: str, vocabularies: Vocabularies) -> None:
    """Terms that rules and templates know by name are there."""
    assert NEEDED[name] <= set(vocabularies[name].terms)


def test_countries_are_those_of_iso_3166(vocabularies: Vocabularies) -> None:
    """All 249 assigned codes are there, Norway among them as a text, and no other."""
    countries = vocabularies["countries"]
    assert len(countries.terms) == 249
    assert sorted(countries.terms) == COUNTRIES.split()
    assert countries.label("NO") == "Norway"


def test_each_country_has_a_region(vocabularies: Vocabularies) -> None:
    """The region of each country is a term of the regions, and each region has a country."""
    regions = {str(country.more["region"]) for country in vocabularies["countries"]}
    assert regions == set(vocabularies["regions"].terms)


def test_each_type_of_a_centre_is_known(vocabularies: Vocabularies) -> None:
    """The type of a centre is a term of the types; where nobody knows its legal home, it has none."""
    centres = {term.id: term.more for term in vocabularies["centres"]}
    assert {str(more["type"]) for more in centres.values() if "type" in more} <= set(vocabularies["centre-types"].terms)
    assert [name for name, more in centres.items() if "type" in more and "legal_home" not in more] == []


@pytest.mark.parametrize("name", ["protected", "stages"])
def test_answers_of_the_finder_name_terms(name: str, vocabularies: Vocabularies) -> None:
    """Each answer of the finder stands for terms that exist, and for at least one."""
    fields = {
        "topics": "topics",
        "factors": "factors",
        "settings": "settings",
        "materials": "material-categories",
    }
    for term in vocabularies[name]:
        assert term.more
        for field, values in term.more.items():
            assert set(values) <= set(vocabularies[fields[field]].terms), (term.id, field)


def test_a_synonym_stands_in_few_sets(vocabularies: Vocabularies) -> None:
    """A word in many sets would join what does not belong together; a set of one word joins nothing."""
    members = Counter(name.casefold() for term in vocabularies["synonyms"] for name in {term.label, *term.names})
    assert [name for name, count in members.items() if count > 2] == []
    assert [term.id for term in vocabularies["synonyms"] if not term.names] == []


def test_parents_and_groups(vocabularies: Vocabularies) -> None:
    """A parent knows its children, and each group has a term."""
    topics = vocabularies["topics"]
    child = next(term for term in topics if term.parent)
    assert child in topics.children(child.parent)
    for vocabulary in vocabularies.values():
        assert set(vocabulary.groups) == {term.group for term in vocabulary if term.group}


def test_addresses_are_web_addresses(vocabularies: Vocabularies) -> None:
    """An address in a vocabulary begins with http, so that a template may link to it."""
    addresses = [term.more["url"] for name in NAMES for term in vocabularies[name] if term.more.get("url")]
    assert [address for address in addresses if not str(address).startswith(("https://", "http://"))] == []


def test_label_of_an_unknown_term_is_its_id(vocabularies: Vocabularies) -> None:
    """A page can show what it does not know."""
    assert vocabularies["topics"].label("nothing") == "nothing"
    assert "nothing" not in vocabularies["topics"]


def test_faults_are_found_with_their_lines(tmp_path: Path) -> None:
    """Several faults in two files are found together, each at the line of its term."""
    head = "title: A title\ndescription: A description.\nterms:\n"
    files = {
        "schema/vocabularies/levels.yml": f"{head}  - {{id: a, label: A}}\n  - {{id: a, label: A, definition: A.}}\n",
        "schema/vocabularies/verdicts.yml": f"{head}  - id: a\n    label: A\n    label: B\n    definition: A.\n",
    }
    _, findings = load_vocabularies(write(tmp_path, files))
    twice = "`label` stands here a second time; the first is in line 5"
    assert [shown(finding).partition(" | ")[0] for finding in findings] == [
        "schema/vocabularies/levels.yml:4:5: error vocabulary this term has no `definition`",
        "schema/vocabularies/levels.yml:5:5: error vocabulary the id `a` stands here a second time",
        f"schema/vocabularies/verdicts.yml:6:5: error duplicate-key {twice}",
    ]


@pytest.mark.parametrize("content", [None, b"\xff"], ids=["missing", "not-utf8"])
def test_a_file_that_cannot_be_read_is_trouble_of_the_tool(content: bytes | None, tmp_path: Path) -> None:
    """Without one of its vocabularies the tool cannot run, and says which."""
    paths = write(tmp_path, {"schema/extra.txt": ""})
    path = paths.vocabularies / "topics.yml"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CasebookError, match=r"schema/vocabularies/topics\.yml cannot be read"):
        load_vocabularies(paths)
