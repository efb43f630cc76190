"""Reviews: how one is recorded, what the recorded ones amount to, and the page that lists what is open."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from tests.support import CASE, PRACTICE, SITE, base, library_of, published, read, replaced, write

from casebook import dates, reviews
from casebook.cli import main
from casebook.library import Library
from casebook.model import Contributor, Review
from casebook.render import reviews as page
from casebook.render.items import page_of
from casebook.render.page import Context
from casebook.reviews import Origin

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

    from casebook.model import Item

GIVEN = ("--mode", "centre", "--centre", "pieas", "--verdict", "accept", "--date", "2026-11-24", "--yes")
ADDED = (
    "reviews:\n- date: '2026-11-24'\n  mode: centre\n  centre: pieas\n  verdict: accept\n  version: 1\n",
    "  - date: '2026-11-24'\n    mode: centre\n    centre: pieas\n    verdict: accept\n    version: 2\n",
)
LAST = "    region: europe\n"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command read vocabularies and schemas once for all tests."""
    monkeypatch.setattr("casebook.cli.review.read", read)


def record(folder: Path, name: str, *words: str, typed: str | None = None) -> Result:
    """Run `casebook review` on an item of the repository in a folder."""
    return CliRunner().invoke(main, ["-C", str(folder), "review", name, *words], input=typed)


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below cases/ by its name."""
    return {path.name: path.read_bytes() for path in (folder / "cases").rglob("*") if path.is_file()}


def refused(folder: Path, said: str, name: str, *words: str) -> None:
    """Hold that the command ends with a sentence and that no file has changed or come."""
    before = files(folder)
    result = record(folder, name, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert files(folder) == before


# --- the command


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_the_first_review_of_an_item(end: str, tmp_path: Path) -> None:
    """The new lines end the front matter, with the line ends of the file; all other lines are as they were."""
    old = replaced(base("case-study"), [("status: published", "# A comment.\nstatus:   'published'  # beside")])
    paths = write(tmp_path, published() | {CASE: old.replace("\n", end)})
    (tmp_path / CASE).chmod(0o640)
    result = record(tmp_path, "lost-source-2001", *GIVEN)
    assert result.exit_code == 0
    assert result.stdout == f"{CASE}: a review was recorded (centre, accept).\n"
    front, mark, body = old[4:].partition("---\n")
    assert (tmp_path / CASE).read_bytes().decode() == f"---\n{front}{ADDED[0]}{mark}{body}".replace("\n", end)
    assert (tmp_path / CASE).stat().st_mode & 0o777 == 0o640
    assert sorted(files(tmp_path)) == ["keep-a-register.md", "lost-source-2001.md"]
    [entry] = [one for one in read(paths).entries if one.document.path == CASE]
    assert entry.data["reviews"][0]["version"] == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (LAST, f"{LAST}{ADDED[1]}"),
        (f"{LAST}\n  # Of the editors.\n# Of all.\n", f"{LAST}{ADDED[1]}\n  # Of the editors.\n# Of all.\n"),
        (
            f"{LAST}    note: >-\n      Read\n\n      # twice\n",
            f"{LAST}    note: >-\n      Read\n\n      # twice\n{ADDED[1]}",
        ),
    ],
    ids=["plain", "comments", "folded"],
)
def test_one_more_review(old: str, new: str, tmp_path: Path) -> None:
    """The new entry stands after the last one and is indented like it; comments and notes stay what they were."""
    text = base("best-practice")
    write(tmp_path, published() | {PRACTICE: text.replace(LAST, old)})
    assert record(tmp_path, "keep-a-register", *GIVEN).exit_code == 0
    assert (tmp_path / PRACTICE).read_text(encoding="utf-8") == text.replace(LAST, new)


def test_an_empty_list(tmp_path: Path) -> None:
    """The brackets go, and the comment beside them stays."""
    write(tmp_path, published(("status: published", "reviews: [ ]  # none yet\nstatus: published")))
    assert record(tmp_path, "lost-source-2001", *GIVEN).exit_code == 0
    expected = ADDED[0].replace("reviews:", "\nreviews:  # none yet") + "status: published"
    assert expected in (tmp_path / CASE).read_text(encoding="utf-8")


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    """What would be YAML or Markdown in the file is a text in it."""
    paths = write(tmp_path, published())
    name, note = "NO: [x] # & *y", "---\nstatus: draft\n---\n'\" {{ x }} yes"
    words = ("--mode", "named", "--reviewer", name, "--verdict", "dissent", "--note", note, "--yes")
    assert record(tmp_path, "lost-source-2001", *words).exit_code == 0
    [entry] = [one for one in read(paths).entries if one.document.path == CASE]
    assert (entry.data["reviews"][0]["reviewer"], entry.data["reviews"][0]["note"]) == (name, note)
    assert entry.data["status"] == "published"


def test_what_is_wrong_already_does_not_hinder(tmp_path: Path) -> None:
    """Only what the review itself would make wrong is in the way."""
    write(tmp_path, published(("setting: industrial-use", "setting: industry")))
    assert record(tmp_path, "lost-source-2001", *GIVEN).exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--centre", "pieass"), "unknown-term `pieass` is not a term"),
        (("--verdict", "good"), "unknown-term `good` is not a term"),
        (("--mode", "open"), "unknown-term `open` is not a term"),
        (("--looked-at", "everything"), "unknown-term `everything` is not a term"),
        (("--looked-at", "wording", "--looked-at", "wording"), "repeated-entry"),
        (("--date", "2026-02-30"), "date-in-calendar"),
        (("--date", "yesterday"), "wrong-form"),
        (("--date", "9999-01-01"), "the day 9999-01-01 is still to come"),
        (("--of-version", "2"), "review-version the review is of version 2, and the item has only 1"),
        (("--note", "A hidden \u202e turn"), "control-character"),
        (("--note", "The alarm code is 4711."), "sensitive"),
        (("--mode", "consultation"), "review-mode a consultation gives comments and no verdict"),
        (("--mode", "anonymous", "--reviewer", "A. Reviewer"), "must not hold the name of the reviewer"),
        (("--reviewer", "A. Reviewer"), "names the centre and no person"),
        (("--mode", "named"), "Name of the reviewer, as it should be shown is missing: give it with --reviewer"),
        (("--verdict", "dissent"), "Note is missing: give it with --note"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, tuple) else "",
)
def test_what_must_not_be_recorded(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    """The sentence says what is wrong, and nothing is written."""
    write(tmp_path, published())
    refused(tmp_path, said, "lost-source-2001", *GIVEN, *words)


@pytest.mark.parametrize("option", ["--mode", "--centre", "--verdict"])
def test_what_is_missing_is_named(option: str, tmp_path: Path) -> None:
    """A script that forgets an answer is told the option and does not hang."""
    write(tmp_path, published())
    at = GIVEN.index(option)
    refused(tmp_path, f"is missing: give it with {option}", "lost-source-2001", *GIVEN[:at], *GIVEN[at + 2 :])


def test_files_that_cannot_be_changed(tmp_path: Path) -> None:
    """An item that is not there, cannot be read, or is laid out in another way is left as it is."""
    flow = ("  - date: '2026-11-20'\n    mode: anonymous\n    verdict: accept\n    region: europe\n", "")
    one_line = ("reviews:\n", "reviews: [{date: '2026-11-20', mode: anonymous, verdict: accept}]\n")
    broken = ("status: published", "status: [published")
    changed = replaced(base("best-practice"), [flow, one_line])
    write(tmp_path, {CASE: replaced(base("case-study"), [broken]), PRACTICE: changed})
    refused(tmp_path, "there is no item `lost-source-201`; did you mean `lost-source-2001`?", "lost-source-201", *GIVEN)
    refused(tmp_path, "there is no item `../../etc/passwd`", "../../etc/passwd", *GIVEN)
    refused(tmp_path, "its front matter cannot be read; `casebook check` says", "lost-source-2001", *GIVEN)
    refused(
        tmp_path, "the list `reviews` is laid out in a way that cannot be added to safely", "keep-a-register", *GIVEN
    )


def test_nothing_is_written_without_a_yes(tmp_path: Path) -> None:
    """Without a terminal the yes is an option; a dry run shows the lines and needs none."""
    write(tmp_path, published())
    refused(tmp_path, "nothing was written: without a terminal say --yes", "lost-source-2001", *GIVEN[:-1])
    before = files(tmp_path)
    result = record(tmp_path, "lost-source-2001", *GIVEN, "--dry-run")
    assert (result.exit_code, files(tmp_path)) == (0, before)
    assert [line for line in result.stdout.splitlines() if line.startswith(("+", "-"))] == [
        f"--- {CASE}",
        f"+++ {CASE}",
        *(f"+{line}" for line in ADDED[0].splitlines()),
    ]


@pytest.mark.parametrize("answer", ["y", "n"])
def test_a_person_is_asked(answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each question names its choices and is asked again after another answer; the lines are shown before the yes."""
    write(tmp_path, published())
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True, raising=False)
    typed = [
        "secret",
        "anonymous",
        "",
        "university",
        "europe",
        "dissent",
        "The gap is too long.",
        "wording, lessons-follow",
    ]
    result = record(tmp_path, "lost-source-2001", typed="\n".join([*typed, answer, ""]))
    assert "named, centre, anonymous, consultation" in result.output
    assert "Name of the reviewer" not in result.output
    assert result.output.index("+  note: The gap is too long.") < result.output.index("Did this review take place")
    text = (tmp_path / CASE).read_text(encoding="utf-8")
    kept = "  note: The gap is too long.\n  version: 1\n  checklist:\n  - wording\n  - lessons-follow\n---\n"
    assert (result.exit_code, kept in text, f"'{dates.today()}'" in text) == (
        (0, True, True) if answer == "y" else (2, False, False)
    )


# --- what reviews amount to

ORIGINS = {
    "home": Origin("europe", "regulator"),
    "far": Origin("africa", "university"),
    "far-too": Origin("africa", "operator"),
    "third": Origin("oceania", "government"),
    "near": Origin("europe", "university"),
    "alike": Origin("africa", "regulator"),
    "nowhere": Origin(),
}


def given(centre: str = "", verdict: str = "accept", version: int = 2, **more: Any) -> Review:
    """Return a made-up review."""
    return Review(
        date=more.pop("date", "2026-01-01"), mode="anonymous", verdict=verdict, centre=centre, version=version, **more
    )


def item_with(small: Library, *given: Review, authors: tuple[str, ...] = ("home",)) -> Item:
    """Return the practice of the small library, version 2, with other reviews and authors."""
    people = tuple(Contributor("A. Writer", "author", centre) for centre in authors)
    return replace(small.items["keep-a-register"], reviews=given, contributors=people, version=2)


def standing(item: Item, today: str = "2026-11-25") -> reviews.Standing:
    """Return what the reviews of a made-up item amount to."""
    return reviews.standing(item, lambda centre: ORIGINS.get(centre, Origin()), today)


ANONYMOUS: dict[str, Any] = {"region": "africa", "centre_type": "university"}


@pytest.mark.parametrize(
    ("found", "authors", "state"),
    [
        ((), ("home",), "none"),
        ((given("far", "comment"), given("third", "comment")), ("home",), "none"),
        ((given("far", "dissent"),), ("home",), "reviewed"),
        ((given("far"),), ("home",), "reviewed"),
        ((given("far"), given("third")), ("home",), "cross-reviewed"),
        ((given("far"), given("third", "accept-with-changes")), ("home",), "cross-reviewed"),
        ((given("far"), given("far-too")), ("home",), "cross-reviewed"),
        ((given("far"), given("third"), given("near", "dissent")), ("home",), "cross-reviewed"),
        ((given("far"), given("third", version=1)), ("home",), "reviewed"),
        ((given("far"), given("third", version=0)), ("home",), "reviewed"),
        ((given("far"), given("third", "dissent")), ("home",), "reviewed"),
        ((given("far"), given("near")), ("home",), "reviewed"),
        ((given("far"), given("alike")), ("home",), "reviewed"),
        ((given("far"), given("nowhere")), ("home",), "reviewed"),
        ((given("far"), given("third")), ("home", "third"), "reviewed"),
        ((given("far"), given("far")), ("home",), "reviewed"),
        ((given("far", reviewer="A. B"), given("third", reviewer="a. b")), ("home",), "reviewed"),
        ((given(**ANONYMOUS), given("third")), ("home",), "cross-reviewed"),
        ((given(region="africa"), given("third")), ("home",), "reviewed"),
        ((given("far"), given("third")), ("",), "cross-reviewed"),
        ((given("far"), given("far-too")), ("",), "reviewed"),
        ((given("far"), given("near")), ("",), "reviewed"),
        ((given("far"), given("third")), ("nowhere",), "cross-reviewed"),
    ],
)
def test_states(found: tuple[Review, ...], authors: tuple[str, ...], state: str, small: Library) -> None:
    """Two accepting reviews of the present version, from elsewhere in region and in type, make it cross-reviewed."""
    assert standing(item_with(small, *found, authors=authors)).state == state


@pytest.mark.parametrize(
    ("found", "open_dissents", "is_due"),
    [
        ((), 0, False),
        ((given("far", "comment", date="2001-01-01"),), 0, False),
        ((given(),), 0, False),
        ((given(date="2023-11-25"),), 0, False),
        ((given(date="2023-11-24"),), 0, True),
        ((given(version=1),), 0, True),
        ((given(version=0),), 0, True),
        ((given(version=1), given()), 0, False),
        ((given(verdict="dissent"),), 1, False),
        ((given(verdict="dissent", version=1),), 1, True),
        ((given(verdict="dissent", version=1), given(version=1)), 1, True),
        ((given(verdict="dissent", version=1), given()), 0, False),
        ((given(verdict="dissent"), given()), 1, False),
    ],
)
def test_dissent_and_due(found: tuple[Review, ...], open_dissents: int, is_due: bool, small: Library) -> None:  # noqa: FBT001
    """A dissent stands open until a later version is accepted; an old review, or one of an earlier version, is due."""
    seen = standing(item_with(small, *found))
    assert (len(seen.dissents), seen.is_due) == (open_dissents, is_due)


def test_without_a_day_nothing_is_old(small: Library) -> None:
    """Whoever gives no day gets the same answer on each day."""
    assert not standing(item_with(small, given(date="1999-01-01")), "").is_due


def test_the_register_gives_region_and_type(small: Library) -> None:
    """The origin of a centre comes from the register; a centre that is not there has none."""
    assert small.origin_of("pieas") == Origin("southern-asia", "university")
    assert small.origin_of("iaea-nstdc") == Origin("", "international")
    assert small.origin_of("nothing") == Origin()


# --- the pages


def drawn(library: Library, **more: Any) -> str:
    """Return the page about reviews."""
    [made] = page.pages(Context(library, replace(SITE, **more)))
    assert (made.path, isinstance(made.content, str)) == ("reviews/index.md", True)
    return str(made.content)


def listed(text: str, part: str) -> list[str]:
    """Return the links of the items in one part of the page."""
    body = text.partition(f"{{#{part}}}")[2].partition("\n## ")[0]
    return re.findall(r'<li><a href="\.\./(?:cases|practices)/([^/]+)/(?:#review)?"', body)


def crowd(small: Library, *items: Item) -> Library:
    """Return a library of items, each with the text of the practice."""
    return Library.of([(one, small.streams["keep-a-register"]) for one in items], small.vocabularies)


def test_the_page_of_a_library_with_everything(small: Library) -> None:
    """Each item stands in the parts to which it belongs, and in no other."""
    made = {
        "plain": item_with(small),
        "submitted": replace(item_with(small), status="in-review"),
        "accepted": item_with(small, given(date="2026-01-01")),
        "old": item_with(small, given(date="2020-01-01")),
        "older": item_with(small, given(date="2019-01-01")),
        "disputed": item_with(small, given(verdict="dissent", note="No.")),
        "crossed": item_with(small, given("pieas"), given("iscn-jaea"), authors=("nisas-pnra",)),
        "withdrawn": replace(item_with(small, given(verdict="dissent")), status="withdrawn"),
    }
    library = crowd(small, *(replace(item, id=name) for name, item in made.items()))
    text = drawn(library, today="2026-11-25", drafts=True)
    assert listed(text, "awaiting") == ["plain"]
    assert listed(text, "in-review") == ["submitted"]
    assert listed(text, "dissent") == ["disputed"]
    assert listed(text, "due") == ["older", "old"]
    # The reviewer from the region of the author does not count.
    assert library.standing(library.items["crossed"]).state == "reviewed"


def test_a_large_library_has_a_short_page(small: Library) -> None:
    """Of a thousand items the page names those that have waited longest, and leads to the list of all."""
    item = item_with(small)
    days = [replace(item.history[0], date=f"{2026 - number % 20}-01-01") for number in range(1000)]
    items = [replace(item, id=f"item-{number:04d}", history=(day,)) for number, day in enumerate(days)]
    text = drawn(crowd(small, *items))
    assert listed(text, "awaiting") == [f"item-{number:04d}" for number in range(19, 219, 20)]
    assert 'And 990 more: <a href="none/">the whole list</a>' in text
    assert len(text) < 12_000


def test_an_empty_library(small: Library) -> None:
    """Each part says in words that it is empty."""
    text = drawn(crowd(small))
    for words in ("Every published item has a verdict.", "No dissent stands open.", "No item is due again."):
        assert words in text


def test_awaiting_by_topic(small: Library) -> None:
    """A topic leads to the search for what awaits review there."""
    assert '<a class="chip" href="../search/?topic=radiological-sources&amp;review=none">' in drawn(small)


def test_the_page_of_an_item(tmp_path: Path) -> None:
    """A review stands on the page with its mode, version, points and origin, and an open dissent under the title."""
    old = "    mode: anonymous\n    verdict: accept\n    region: europe\n"
    new = (
        "    mode: anonymous\n    verdict: dissent\n    centre_type: university\n    version: 1\n    note: No.\n"
        "    checklist: [wording]\n"
    )
    library = library_of(tmp_path, published() | {PRACTICE: replaced(base("best-practice"), [(old, new)])})
    text = str(page_of(library.items["keep-a-register"], Context(library, SITE)).content)
    assert "a dissent stands open" in text
    assert "20 November 2026, version 1: Dissent. Anonymous to the public, university. No." in text
    assert "Looked at: plain wording." in text
