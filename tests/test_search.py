"""The search without a browser: how text becomes words, what the index holds, and how well it answers questions."""

from __future__ import annotations

import gzip
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from tests.support import DATA, DRAFT, ROOT, base, library_of, published, real_corpus, searched, write

from casebook import assets, build, search
from casebook.facet import FACETS
from casebook.paths import repository
from casebook.search.records import KINDS, records
from casebook.written import written_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from casebook.library import Library
    from casebook.search.records import Record

QUERIES = DATA / "queries.yml"


# Words


@pytest.mark.parametrize(
    ("text", "stems"),
    [
        ("Guards guarding a GUARD", ["guard", "guard", "a", "guard"]),
        ("Cs-137, Cs137 and cs 137", ["cs", "137", "cs", "137", "and", "cs", "137"]),
        ("Goiânia CÉSIO naïve", ["goiania", "cesio", "naiv"]),
        ("監視カメラの停止", ["監視", "視カ", "カメ", "メラ", "ラの", "の停", "停止"]),
        ("放射源铱", ["放射", "射源", "源铱"]),
        ("铱-192", ["铱", "192"]),
        ("핵안보 교육", ["핵안", "안보", "교육"]),
        ("ซีเซียม", ["ซีเ", "เซี", "ซีย", "ยม"]),
        ("Фукусима", ["фукусима"]),
        ("\uff28\uff25\uff35", ["heu"]),
        ("---", []),
        ("", []),
    ],
)
def test_text_becomes_words(text: str, stems: list[str]) -> None:
    """Case, accents, width and English endings do not matter; scripts without spaces give pairs of signs."""
    assert searched("words", text) == stems


def test_words_know_their_place() -> None:
    """A word is marked in the text as it stands there, with its accents."""
    assert searched("places", "In Goiânia, 監視カメラ!") == ["In", "Goiânia", "監視", "視カ", "カメ", "メラ"]


# The files


def test_numbers_survive_the_code() -> None:
    """Small and large steps come back as they were, and take one sign for each five bits."""
    numbers = [0, 1, 32, 33, 1056, 99999, 1048576]
    assert searched("numbers", numbers) == numbers
    assert searched("postings", [0, 63, 5, 1, 40000, 0]) == [0, 63, 5, 1, 40000, 0]
    assert searched("signs", [31]) == "f"
    assert searched("signs", [32]) == "gB"


def _entry(**fields: list[str]) -> dict[str, Any]:
    names = fields.pop("names", [])
    return {"fields": fields, "names": names}


def _library(*entries: dict[str, Any], kinds: Iterable[str] = (), synonyms: Iterable[list[str]] = ()) -> dict[str, Any]:
    given = list(kinds) or ["case-study"] * len(entries)
    days = [[0, 0] for _ in entries]
    return {"entries": entries, "kinds": given, "synonyms": list(synonyms), "facets": [], "days": days, "links": []}


def _pieces(library: Mapping[str, Any]) -> dict[str, Any]:
    return _cut(json.dumps(library))


# A test asks one library several questions, and Node takes longer to start than to cut.
@cache
def _cut(written: str) -> dict[str, Any]:
    library = json.loads(written)
    made = searched("cut", library)
    shown = {f"record-{number}": ["", "", str(number), "", "", []] for number in range(len(library["kinds"]))}
    return {"manifest": made["manifest"], **made["pieces"], **shown}


def found(library: Mapping[str, Any], question: str, *, typing: bool = False) -> list[str]:
    """Return the numbers of the records that a question finds in a library of entries, the best first."""
    [answer] = searched("answers", [question], typing, pieces=_pieces(library))
    return [str(one) for one in answer["found"]]


def test_any_word_finds_and_more_words_rank_higher() -> None:
    """A record needs only one word of the question; the one that answers more of it stands first."""
    library = _library(
        _entry(body=["a stolen truck"]), _entry(body=["a stolen truck with a source"]), _entry(body=["x"])
    )
    assert found(library, "stolen truck source") == ["1", "0"]


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    """Of two words the one that fewer records hold decides."""
    common = [_entry(body=["guard gate"]) for _ in range(8)]
    library = _library(*common, _entry(body=["guard turbine"]), _entry(body=["turbine hall"]))
    assert found(library, "guard turbine")[0] == "8"
    assert found(library, "gate turbine")[0] in {"8", "9"}


def test_title_counts_more_than_body() -> None:
    """The same word in the title is worth more than in the body, whichever record is longer."""
    library = _library(_entry(title=["other"], body=["turbine"]), _entry(title=["turbine"], body=["other"]))
    assert found(library, "turbine") == ["1", "0"]


def test_cases_come_before_terms() -> None:
    """The same words in a case are worth more than in the glossary."""
    library = _library(_entry(title=["two locks"]), _entry(title=["two locks"]), kinds=["case-study", "term"])
    assert found(library, "where are two locks needed") == ["0", "1"]


def test_a_name_leads_to_its_owner() -> None:
    """A question that is just the name of a record finds that record first, of whatever kind."""
    entries = [_entry(title=["DBT and more DBT"]), _entry(title=["threat"], names=["design basis threat", "DBT"])]
    library = _library(*entries, kinds=["case-study", "term"])
    assert found(library, "dbt")[0] == "1"
    assert found(library, "Design basis threats") == ["1"]
    assert found(library, "dbt in a case")[0] == "0"


def test_synonyms_work_both_ways_and_count_less() -> None:
    """Each word of a set finds the others, phrases and abbreviations too; the word itself stands first."""
    sets = [["highly enriched uranium", "HEU"], ["asleep", "nap", "inattentive"]]
    library = _library(
        _entry(body=["HEU in a jar"]), _entry(body=["highly enriched uranium"]), _entry(body=["inattentive officers"]),
        _entry(body=["an officer took a nap"]), synonyms=sets,
    )  # fmt: skip
    assert set(found(library, "HEU")) == {"0", "1"}
    assert found(library, "HEU")[0] == "0"
    assert found(library, "highly enriched uranium")[0] == "1"
    assert set(found(library, "highly enriched uranium")) == {"0", "1"}
    assert found(library, "nap") == ["3", "2"]
    assert set(found(library, "asleep")) == {"2", "3"}


def test_typing_errors_are_forgiven() -> None:
    """A letter that is wrong, missing, doubled or exchanged does not hide a record, at the beginning neither."""
    library = _library(_entry(title=["Goiânia radiotherapy"]), _entry(title=["Fukushima"]))
    for typed in ("Goyania", "radiotheraphy", "radoitherapy", "giania", "oiania", "adiotherapy"):
        assert found(library, typed) == ["0"], typed
    [answer] = searched("answers", ["Fukashima"], pieces=_pieces(library))
    assert answer == {"found": ["1"], "read": {"fukashima": "fukushima"}}


def test_a_word_that_is_known_is_never_corrected() -> None:
    """What stands in a record is meant as it is typed."""
    library = _library(_entry(title=["form"]), _entry(title=["farm"]))
    assert found(library, "farm") == ["1"]


def test_the_last_word_may_be_unfinished_while_typing() -> None:
    """The beginning of a word finds it while it is typed, and not when the question is asked."""
    library = _library(_entry(title=["radiography"]), _entry(title=["radio"]), _entry(title=["turbine"]))
    assert found(library, "turb", typing=True) == ["2"]
    assert found(library, "radiogra", typing=True) == ["0"]
    assert found(library, "turb ", typing=True) == []


def test_unspaced_scripts_find_parts_of_compounds() -> None:
    """A part of a compound finds the whole, the whole finds its part, and a single Chinese sign finds its word."""
    library = _library(
        _entry(body=["監視カメラの停止"]), _entry(body=["南京丢失放射源铱"]), _entry(body=["핵안보교육훈련센터"])
    )
    assert found(library, "監視カメラ") == ["0"]
    assert found(library, "カメラ") == ["0"]
    assert found(library, "铱") == ["1"]
    assert found(library, "핵안보") == ["2"]


def test_one_piece_is_small_and_a_large_library_has_many() -> None:
    """The index is cut, and every word is found again in its piece."""
    words = [f"w{chr(97 + one % 26)}{chr(97 + one // 26 % 26)}{chr(97 + one // 676)}xyz" for one in range(3000)]
    pieces = _pieces(_library(*[_entry(body=[" ".join(words[start : start + 30])]) for start in range(0, 3000, 30)]))
    sizes = [len(json.dumps(piece)) for name, piece in pieces.items() if name.startswith("words-")]
    assert len(sizes) > 3
    assert max(sizes) < 20000
    answers = searched("answers", words[::97], pieces=pieces)
    assert [one["found"][0] for one in answers] == [str(at * 97 // 30) for at in range(len(words[::97]))]


@pytest.mark.parametrize(
    "question",
    ["", " ", "the of and", "x" * 50000, "a b " * 4000, "<img src=x onerror=alert(1)>", "\x00\x1b\u202e", "__proto__",
     "constructor toString", "=", "= insider", "%%%", "\ud83d\ude00 \u200d", "' OR 1=1 --"],
)  # fmt: skip
def test_strange_questions_are_answered(question: str) -> None:
    """Whatever is typed, there is an answer and no error."""
    library = _library(_entry(title=["insider"]), _entry(title=["the guard"]))
    [answer] = searched("answers", [question], "typing", pieces=_pieces(library))
    assert set(answer) == {"found", "read"}


def test_a_question_is_one_line_without_control_characters() -> None:
    """What is invisible is taken out, and a very long text is cut."""
    assert searched("tidied", "  two\u202e \x00 locks\n\n") == "two locks"
    assert len(searched("tidied", "x" * 9999)) == 2000


# Facets and address


FACET_LIST = [
    {"name": "topic", "label": "Topic", "values": [
        {"id": "a", "label": "A", "records": [0, 1]}, {"id": "b", "label": "B", "records": [1, 2]}]},
    {"name": "setting", "label": "Setting", "values": [
        {"id": "x", "label": "X", "records": [1]}, {"id": "y", "label": "Y", "records": [0, 2]}]},
]  # fmt: skip


def test_facets_narrow_and_count() -> None:
    """Values of one facet add up, facets narrow each other, and a count says what choosing would leave."""
    assert searched("narrowed", [2, 1, 0], {"topic": ["a", "b"]}, FACET_LIST) == [2, 1, 0]
    assert searched("narrowed", [2, 1, 0], {"topic": ["a"], "setting": ["y"]}, FACET_LIST) == [0]
    counted = {name: dict(values) for name, values in searched("counts", [2, 1, 0], {"topic": ["a"]}, FACET_LIST)}
    assert counted == {"topic": {"a": 2, "b": 2}, "setting": {"x": 1, "y": 1}}


def test_unknown_values_are_named() -> None:
    """What does not exist is left out and said, of an unknown facet too."""
    answer = searched("sorted", {"topic": ["a", "nonsense"], "colour": ["red"]}, FACET_LIST)
    assert answer == {"known": {"topic": ["a"]}, "unknown": ["Topic: nonsense", "colour: red"]}


def test_the_address_holds_the_whole_state() -> None:
    """Question, choices and order stand in the address; what is unknown of the order is not taken."""
    state = searched("state", "?q=two+locks&topic=a,b&topic=c&setting=&sort=event")
    assert state["question"] == "two locks"
    assert state["chosen"] == {"topic": ["a", "b", "c"], "setting": []}
    assert state["order"] == "event"
    assert state["again"] == "?q=two+locks&topic=a&topic=b&topic=c&sort=event"
    assert searched("state", "?sort=constructor")["order"] == "relevance"


# Excerpts


def test_an_excerpt_shows_the_part_that_answers() -> None:
    """The best part of a long text is shown, whole words, with the words marked as they stand."""
    text = "Nothing of interest. " * 30 + "The guards were sleeping in a room." + " More of nothing." * 30
    segments = searched("excerpt", text, [["guard", 2], ["sleep", 3]])
    assert [one["text"] for one in segments if one["isHit"]] == ["guards", "sleeping"]
    whole = "".join(one["text"] for one in segments)
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) < 250


def test_hits_are_the_best_parts_each_address_once() -> None:
    """Parts with more of the question stand first."""
    parts = [["one", "One", "guards"], ["two", "Two", "guards sleep"], ["two", "Two", "guards"], ["three", "T", "none"]]
    assert [hit["anchor"] for hit in searched("hits", parts, [["guard", 1], ["sleep", 2]])] == ["two", "one"]


# The finder


def _choice(question: str, facet: str, value: str, held: list[int]) -> dict[str, Any]:
    return {"question": question, "facet": facet, "id": value, "label": value, "records": held}


def test_the_finder_adds_what_is_shared() -> None:
    """More shared values stand first, a rare one counts more than a common one, and each is given as a reason."""
    choices = [_choice("setting", "setting", "hospital", [0, 1, 2, 3, 4, 5]), _choice("worry", "factor", "rare", [1])]
    best = searched("matches", {"choices": choices, "answers": []}, 10, [])
    assert [one["record"] for one in best[:2]] == [1, 0]
    assert best[0]["shared"] == ["hospital", "rare"]
    rare = [_choice("worry", "factor", "common", list(range(9))), _choice("worry", "factor", "rare", [9])]
    assert searched("matches", {"choices": rare, "answers": []}, 10, [])[0]["record"] == 9


def test_the_finder_takes_words_and_leads_to_practices() -> None:
    """Words count beside the best answer; records that are no items stay out; cases on top lift their practices."""
    answers = [{"record": 12, "score": 9}, {"record": 0, "score": 4}, {"record": 1, "score": 2}]
    best = searched("matches", {"choices": [], "answers": answers}, 10, [[0, [8]], [1, [8, 9]]])
    assert [one["record"] for one in best] == [0, 1, 8, 9]
    assert [one["words"] for one in best] == [1, 0.5, 0, 0]
    assert best[2]["from"] == [0, 1]


# The records of a library


def test_a_record_holds_what_the_page_shows(tmp_path: Path) -> None:
    """Title, summary, keywords, labels, lessons, factors, sections and sources of a case are searched, each once."""
    library = library_of(tmp_path, published())
    record = next(one for one in records(library, []) if one.address == "cases/lost-source-2001/")
    case = library.cases[0]
    assert record.kind == "case-study"
    assert record.keywords == case.keywords
    anchors = [part.anchor for part in record.passages]
    assert anchors[: len(case.lessons)] == [lesson.id for lesson in case.lessons]
    assert {f"factor-{one.factor}" for one in case.factors} < set(anchors)
    assert {"what-happened", "why-it-happened", "what-changed", "timeline", "sources"} < set(anchors)
    assert "[^" not in " ".join(part.text for part in record.passages)
    assert {facet.name for facet in FACETS} == set(record.facets)
    assert record.days[0] == case.event.period.first.first_day if case.event else 0


def test_withdrawn_items_and_drafts_are_not_found(tmp_path: Path) -> None:
    """The index has only what lists may show."""
    withdrawn = published(("status: published", "status: withdrawn\nwithdrawn_reason: It was made up."))
    library = library_of(tmp_path, {**withdrawn, DRAFT: base("draft")})
    addresses = {record.address for record in records(library, [])}
    assert "practices/keep-a-register/" in addresses
    assert not any(address.startswith("cases/") for address in addresses)


def test_hand_written_pages_are_divided_at_headings(tmp_path: Path) -> None:
    """A page gives its parts with the ids that the site gives its headings; what cannot be read is left out."""
    paths = write(tmp_path, published())
    folder = paths.docs / "about"
    folder.mkdir(parents=True)
    head = "---\ntitle: T\ndescription: D\n---\n# T\n\nIntro [here](x.md).\n\n"
    page = head + "## Two *words*: né\n\nText.\n\n### Own {#mine}\n\nMore."
    (folder / "page.md").write_text(page, encoding="utf-8")
    (folder / "index.md").write_text("# Only", encoding="utf-8")
    (folder / "broken.md").write_text("---\n: [\n---\n", encoding="utf-8")
    (folder / "bytes.md").write_bytes(b"\xff\xfe")
    found_pages = {one.address: one for one in written_pages(paths)}
    assert set(found_pages) == {"about/", "about/page/"}
    parts = [(part.anchor, part.heading, part.text) for part in found_pages["about/page/"].passages]
    assert parts == [("", "T", "Intro here."), ("two-words-ne", "Two *words*: né", "Text."), ("mine", "Own", "More.")]


def test_without_browser_code_there_is_no_index(tmp_path: Path) -> None:
    """A repository that has only content still builds."""
    paths = write(tmp_path, published())
    assert assets.indexer_of(paths) is None
    assert list(build.search_index(library_of(tmp_path / "other", published()), paths)) == []


# The real library


@cache
def real_library() -> Library:
    """Return the library of this repository."""
    return build.library(real_corpus(), ())


@cache
def real_records() -> list[Record]:
    """Return the records of this repository."""
    return records(real_library(), list(written_pages(repository(ROOT))))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the index of this repository."""
    folder = tmp_path_factory.mktemp("index")
    paths = repository(ROOT)
    for artifact in build.search_index(real_library(), paths):
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(artifact.content), encoding="utf-8")
    return folder / search.FOLDER


def queries() -> list[dict[str, Any]]:
    """Return the questions with the items that answer them."""
    read: list[dict[str, Any]] = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return read


def test_the_list_of_questions_is_sound() -> None:
    """At least 80 questions, half of them aside, ten in other scripts; each answer is an item that exists."""
    items = {
        record.address.split("/")[1] for record in real_records() if record.kind in ("case-study", "best-practice")
    }
    asked = queries()
    aside = [one for one in asked if one["set"] == "aside"]
    assert len(asked) >= 80
    assert 0.45 < len(aside) / len(asked) < 0.75
    assert sum(one["language"] in ("ja", "ko", "zh") for one in asked) >= 10
    assert len({one["query"] for one in asked}) == len(asked)
    for one in asked:
        assert set(one) == {"query", "level", "language", "who", "answers", "set"}, one
        assert one["level"] in ("plain", "hard"), one
        assert one["who"] in ("trainee", "instructor", "official", "inspector"), one
        assert one["answers"], one
        assert set(one["answers"]) <= items, one


def _shares(asked: list[dict[str, Any]], answers: list[dict[str, Any]]) -> tuple[float, float]:
    places = []
    for one, answer in zip(asked, answers, strict=True):
        ids = [address.rstrip("/").split("/")[-1] for address in answer["found"]]
        places.append(min((ids.index(right) for right in one["answers"] if right in ids), default=len(ids)))
    return sum(place == 0 for place in places) / len(asked), sum(place < 5 for place in places) / len(asked)


@pytest.mark.parametrize("call", ["answers", "situations"])
@pytest.mark.parametrize(
    ("level", "first", "among_five"), [("plain", 0.92, 0.97), ("hard", 0.85, 0.95), ("other scripts", 0.9, 1)]
)
def test_questions_are_answered(index: Path, call: str, level: str, first: float, among_five: float) -> None:
    """Search and finder give a right item first, and among the first five, as often as the issue asks."""
    chosen = [
        one
        for one in queries()
        if one["set"] == "aside" and level == (one["level"] if one["language"] == "en" else "other scripts")
    ]
    answers = searched(call, [one["query"] for one in chosen], pieces=index)
    at_once, soon = _shares(chosen, answers)
    assert at_once >= first
    assert soon >= among_five


def test_examples_of_the_issue(index: Path) -> None:
    """Words that the items do not have, an abbreviation, a misspelt place."""
    asked = {
        "guards asleep on duty": "cases/peach-bottom-2007/",
        "HEU": "glossary/#highly-enriched-uranium",
        "Goyania": "cases/goiania-1987/",
        "who tampered with the turbine": "cases/doel-4-2014/",
        "南京 放射源": "cases/nanjing-2014/",
        "柏崎刈羽原子力発電所": "cases/kashiwazaki-kariwa-2020/",
        "한수원 해킹": "cases/khnp-2014/",
    }
    answers = searched("answers", list(asked), pieces=index)
    assert {question: answer["found"][0] for question, answer in zip(asked, answers, strict=True)} == asked


def test_a_long_text_is_read_for_topics_and_factors(index: Path) -> None:
    """The finder says what it read from a description, and a short question is not read that way."""
    text = "An old teletherapy unit stands unused in the cellar of our hospital and nobody has money or a plan for it."
    long, short = searched("situations", [text, "old unit"], pieces=index)
    assert "no-end-of-life-provision" in long["read"]
    assert short["read"] == []


def test_every_kind_of_record_has_words(index: Path) -> None:
    """Each kind in the index has a label, and each record an address of its own."""
    assert {record.kind for record in real_records()} == set(KINDS)
    addresses = [record.address for record in real_records()]
    assert len(set(addresses)) == len(addresses)
    assert (index / "manifest.js").read_text(encoding="utf-8").startswith('casebookPiece("manifest",{"folder":"')


def test_the_index_is_small(index: Path) -> None:
    """No piece of the real library is larger than a slow line carries in a moment."""
    sizes = {path.name: len(gzip.compress(path.read_bytes())) for path in index.rglob("*.js")}
    assert max(sizes.values()) < 20000, max(sizes, key=lambda name: sizes[name])


def test_two_builds_give_the_same_index(index: Path) -> None:
    """The index does not depend on time or order."""
    paths = repository(ROOT)
    again = {one.path: one.content for one in build.search_index(real_library(), paths)}
    kept = {
        f"{search.FOLDER}/{path.relative_to(index).as_posix()}": path.read_text("utf-8") for path in index.rglob("*.js")
    }
    assert again == kept
