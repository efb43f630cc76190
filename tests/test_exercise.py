"""Exercises: who may read what, where its parts lead, what stays of it, and its clock."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from functools import cache
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.support import CASE, EXERCISE, ROOT, SITE, base, based, library_of, read, real, replaced, write

from casebook import build, handout, promised, render, security
from casebook.artifact import Artifact, Site
from casebook.handout.press import Press
from casebook.model import Exercise
from casebook.paths import repository
from casebook.registry import EXERCISE as KIND
from casebook.render import exercises, items, versions
from casebook.render.exercises import EVERYBODY, LONG, cards_of, play_of
from casebook.render.page import Context
from casebook.search.records import records

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebook.library import Library

ADDRESS = "exercises/the-empty-shelf/"
FOR_FACILITATOR = {f"{ADDRESS}{name}/index.html" for name in ("facilitator", "clock", "cards")}
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{ 7*7 }} javascript:alert(1)"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library of the exercise, its case and its practice."""
    return library_of(tmp_path_factory.mktemp("exercise"), based("exercise"))


@pytest.fixture(scope="module")
def exercise(library: Library) -> Exercise:
    """The exercise."""
    found = library.items["the-empty-shelf"]
    assert isinstance(found, Exercise)
    return found


def drawn(library: Library, site: Site = SITE) -> dict[str, str]:
    """Return the overview of the exercise and the pages below it, by their paths."""
    context = Context(library, site)
    made = [items.page_of(library.items["the-empty-shelf"], context), *exercises.pages(context)]
    return {one.path: str(one.content) for one in made}


@pytest.fixture(scope="module")
def pages(library: Library) -> dict[str, str]:
    """Every page of the site."""
    made = [*render.pages(library, real()[1], SITE), *render.leaves(library, SITE)]
    return {one.path: str(one.content) for one in made}


@cache
def plain(html: str) -> str:
    """Return the words of a page as a reader has them."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html)))


def where(words: str, pages: Mapping[str, str]) -> set[str]:
    """Return the paths of the pages on which words stand; the page of fields has examples of its own."""
    wanted = re.sub(r"\s+", " ", words)
    return {path for path, html in pages.items() if path != "schema/index.md" and wanted in plain(html)}


def told(exercise: Exercise) -> list[str]:
    """Return everything that spoils an exercise, part by part."""
    found: list[str] = []
    for inject in exercise.injects:
        found += [*inject.text.split("\n\n"), inject.only_when, *inject.expected, *inject.questions]
        found += [branch.when for branch in inject.branches]
    return [one for one in found if one]


def test_what_spoils_stands_on_the_pages_of_the_facilitator(exercise: Exercise, pages: Mapping[str, str]) -> None:
    """No word of an inject, of what is expected and of a branch stands on another page: of players, list or search."""
    spoilers = told(exercise)
    assert len(spoilers) > 20
    for words in spoilers:
        found = where(words, pages)
        assert f"{ADDRESS}facilitator/index.html" in found, words
        assert found <= FOR_FACILITATOR, words
    for title in ("The count is wrong", "A lorry is on the road"):
        assert where(title, pages) <= FOR_FACILITATOR
    for words in ("Read the whole script the day before", "Take half an hour, and do it at once"):
        assert where(words, pages) == {f"{ADDRESS}facilitator/index.html"}


def test_what_good_play_is_stands_on_the_sheet(exercise: Exercise, pages: Mapping[str, str]) -> None:
    """The criteria are for observers and the facilitator."""
    allowed = {f"{ADDRESS}facilitator/index.html", f"{ADDRESS}evaluation/index.html"}
    for one in exercise.evaluation:
        assert where(one.good, pages) == where(one.weak, pages) == allowed


def test_what_a_role_knows_stands_on_its_own_page(exercise: Exercise, pages: Mapping[str, str]) -> None:
    """Only the player of a role, and the facilitator, reads what the role alone knows; all read its brief."""
    knowing = [role for role in exercise.roles if role.knows]
    assert 0 < len(knowing) < len(exercise.roles)
    own = {role.id: f"{ADDRESS}players/{role.id}/index.html" for role in exercise.roles}
    for role in exercise.roles:
        public = {f"{ADDRESS}index.md", f"{ADDRESS}facilitator/index.html", f"{ADDRESS}players/index.html"}
        assert where(role.brief, pages) == {*public, *own.values()}
        if role.knows:
            assert where(role.knows, pages) == {f"{ADDRESS}facilitator/index.html", own[role.id]}


def test_players_are_not_led_to_what_spoils(pages: Mapping[str, str]) -> None:
    """A page of players leads to no page of the facilitator but over the overview, and to no page of another role."""
    for path, html in pages.items():
        if path.startswith(f"{ADDRESS}players/"):
            links = set(re.findall(r'href="([^"]+)"', html))
            assert not [one for one in links if re.search(r"facilitator|clock/|cards/|evaluation", one)]
    role = pages[f"{ADDRESS}players/regulator/index.html"]
    assert 'href="../index.html"' in role
    assert "move-manager/" not in role


def test_pages_below_are_for_no_search_engine(pages: Mapping[str, str]) -> None:
    """None of the pages below the overview is found by a search engine, and the overview is."""
    below = {path: html for path, html in pages.items() if path.startswith(ADDRESS) and path.endswith(".html")}
    assert len(below) == len(KIND.pages) + 4
    assert all('<meta name="robots" content="noindex">' in html for html in below.values())
    assert "noindex" not in pages[f"{ADDRESS}index.md"]
    assert {f"{ADDRESS}{name}/index.html" for name in KIND.pages} <= set(below)


def test_the_overview_has_a_line_before_what_spoils(pages: Mapping[str, str]) -> None:
    """The links for the facilitator stand behind the word 'Spoilers', those for players before it."""
    page = pages[f"{ADDRESS}index.md"]
    before, _, after = page.partition("Spoilers.")
    assert 'href="players/"' in before
    for name in ("facilitator", "clock", "cards", "evaluation"):
        assert f'href="{name}/"' in after
        assert f'href="{name}/"' not in before
    assert "handout.pdf" not in page
    assert "A lost source: Sampletown, 2001" in page
    assert "Sources {#sources}" not in page


def test_the_overview_leads_to_the_papers_where_there_are_some(library: Library) -> None:
    """The PDFs are named where the site has them."""
    page = drawn(library, replace(SITE, handouts=True))[f"{ADDRESS}index.md"]
    assert page.count('href="handout.pdf"') == page.count('href="handout-instructor.pdf"') == 2
    assert "two pages" not in page


def test_the_script(library: Library, exercise: Exercise, pages: Mapping[str, str]) -> None:
    """Each inject has its number, its receivers, where it comes from and leads to, and what it goes back to."""
    cards = cards_of(exercise, library)
    assert [card.number for card in cards] == [1, 2, 3, 4, 5, 6]
    assert [card.to for card in cards[1:4]] == [
        "Manager of the move, Head of the old unit",
        "Head of the old unit",
        EVERYBODY,
    ]
    assert [(way.number, way.when) for way in cards[2].comes_from] == [(2, "Nobody has called the regulator by now.")]
    assert [way.number for way in cards[1].leads_to] == [3, 4]
    assert [one.lesson.id for one in cards[0].ground.lessons] == ["compare-the-list"]
    page = pages[f"{ADDRESS}facilitator/index.html"]
    assert 'href="../../../cases/lost-source-2001/index.html#compare-the-list"' in page
    assert 'href="../../../practices/keep-a-register/index.html"' in page
    assert page.count('id="inject-') == 6
    assert all(f'href="#inject-{inject.id}"' in page for inject in exercise.injects)


def test_cases_and_practices_lead_to_exercises(library: Library, pages: Mapping[str, str]) -> None:
    """Each names the exercises that grew from it or need it once, with the reason."""
    case, practice = library.items["lost-source-2001"], library.items["keep-a-register"]
    assert [one.why for one in items.exercises_of(case, library)] == [
        "A source that stayed behind when a company moved."
    ]
    unnamed = replace(library, exercises_by_case={})
    assert [one.why for one in items.exercises_of(case, unnamed)] == ["Its players need lesson 1."]
    assert [one.why for one in items.exercises_of(practice, library)] == ["Its players need this practice."]
    for path in ("cases/lost-source-2001/index.md", "practices/keep-a-register/index.md"):
        assert "To play: table-top exercises" in pages[path]
        assert 'href="../../exercises/the-empty-shelf/"' in pages[path]


def test_what_is_not_shown_is_not_linked(tmp_path: Path) -> None:
    """A lesson of a case that is withdrawn is left out, and so are the case and a practice that is a draft."""
    gone = replaced(base("case-study"), [("status: published", "status: withdrawn\nwithdrawn_reason: It was wrong.")])
    library = library_of(tmp_path, {**based("exercise"), CASE: gone})
    found = library.items["the-empty-shelf"]
    assert isinstance(found, Exercise)
    assert all(not card.ground.lessons for card in cards_of(found, library))
    page = drawn(library)[f"{ADDRESS}facilitator/index.html"]
    assert "lost-source-2001" not in page
    assert "Where it comes from" not in page


def test_cards_are_as_large_as_their_texts(library: Library, exercise: Exercise) -> None:
    """Four to a page, and two when a text is long."""
    long = replace(exercise.injects[0], text="word " * (LONG // 5 + 1))
    assert play_of(exercise, library)["to_a_page"] == 4
    assert play_of(replace(exercise, injects=(long,)), library)["to_a_page"] == 2


def test_cards_of_players_have_no_marks(library: Library, exercise: Exercise, pages: Mapping[str, str]) -> None:
    """A player reads minute, receivers, channel and text: no number, no title, and nothing that tells of a branch."""
    players, _, own = pages[f"{ADDRESS}cards/index.html"].partition("For the facilitator</h2>")
    _, _, players = players.partition("For the players</h2>")
    [first, *_] = re.findall(r"<article.*?</article>", players, flags=re.DOTALL)
    assert first.startswith('<article class="card">')
    wanted = "To: Radiation protection officer Telephone call from the store keeperThe store keeper calls"
    assert plain(first).partition("To:")[0].strip()[:-1] == "0"
    assert wanted in plain(first)
    assert players.count("<article") == own.count("<article") == len(exercise.injects)
    [paper] = handout.handouts(library, SITE, [exercise.id], [handout.INSTRUCTOR])
    _, _, printed = paper.html(paper.fits[0]).partition("Inject cards to cut")
    printed, _, _ = printed.partition("Evaluation sheet")
    for deck in (players, printed):
        assert "branch" not in deck
        assert "only-when" not in deck
        assert 'class="number"' not in deck
    assert own.count('<span class="tag branch">branch</span>') == own.count("card only-when") == 2
    assert re.findall(r'class="number">(\d)', own) == ["1", "2", "3", "4", "5", "6"]


def test_the_overview_does_not_tell_what_it_is_found_under(library: Library, pages: Mapping[str, str]) -> None:
    """The words for the search stay with the search, where an item is fiction; other items show them."""
    page = pages[f"{ADDRESS}index.md"]
    for words in (
        "Found under",
        "Questions to which this is an answer",
        "missing source, hospital move",
        "Who calls the regulator",
    ):
        assert words not in page
    assert "Found under" in pages["cases/lost-source-2001/index.md"]
    [record] = [one for one in records(library, []) if one.address == ADDRESS]
    assert list(record.keywords) == ["missing source", "hospital move"]
    assert "Clearance: fiction, decided on 25 November 2026." in page


def test_a_draft_with_holes_is_drawn(tmp_path: Path) -> None:
    """A draft of three fields has all its pages, without players, roles and injects."""
    summary = "It is not yet more than a thought, and has no role and no inject so far."
    fields = f"title: A draft with holes\nsummary: {summary}\ntopics: [insider-threat]"
    text = f"---\n{fields}\n---\n\n## Scenario\n\nA place.\n"
    library = library_of(tmp_path, {EXERCISE: text}, drafts=True)
    pages = drawn(library)
    assert {f"{ADDRESS}{name}/index.html" for name in KIND.pages} <= set(pages)
    assert "Only this preview shows it" in pages[f"{ADDRESS}players/index.html"]


def test_hostile_words_do_nothing(library: Library, exercise: Exercise) -> None:
    """Whatever stands in a text field of an exercise is shown as text on every page and on paper."""
    role = replace(exercise.roles[0], title=HOSTILE, brief=HOSTILE, knows=HOSTILE)
    inject = replace(exercise.injects[1], title=HOSTILE, text=HOSTILE, channel=HOSTILE, only_when=HOSTILE)
    inject = replace(inject, expected=(HOSTILE,), questions=(HOSTILE,))
    inject = replace(inject, branches=(replace(inject.branches[0], when=HOSTILE),))
    changed = replace(exercise, roles=(role,), injects=(exercise.injects[0], inject, *exercise.injects[2:]))
    changed = replace(changed, objectives=(HOSTILE,), equipment=(HOSTILE,))
    hostile = replace(library, items={**library.items, changed.id: changed}, exercises=[changed])
    shown = [page for path, page in drawn(hostile).items() if path.startswith(ADDRESS) and path.endswith(".html")]
    papers = [sheet.html(sheet.fits[0]) for sheet in handout.handouts(hostile, SITE, [changed.id])]
    for html in (*shown, *papers):
        body = html.partition("<body")[2].partition(">")[2]
        assert security.active_part(re.sub(r"<style>.*?</style>", "", body, flags=re.DOTALL)) == ""
        assert "<script>alert" not in html
    assert any("&lt;script&gt;alert" in html for html in shown)


# --- what stays


def test_addresses_are_promised(library: Library, pages: Mapping[str, str]) -> None:
    """Each page of an exercise is an address that stays."""
    known = promised.addresses([Artifact(path, "") for path in pages], library, repository(ROOT))
    wanted = {f"{ADDRESS}{name}/" for name in KIND.pages}
    wanted |= {f"{ADDRESS}players/{role}/" for role in ("head-of-unit", "regulator")}
    assert {ADDRESS, *wanted} <= known


def test_a_withdrawn_exercise_answers_everywhere(tmp_path: Path) -> None:
    """Each page below it leads to the one that says why it was withdrawn."""
    gone = [("status: published", "status: withdrawn\nwithdrawn_reason: The script had a fault.")]
    pages = drawn(library_of(tmp_path, based("exercise", gone)))
    below = [*KIND.pages, "players/head-of-unit", "players/regulator"]
    for name in below:
        up = "../" * (1 + name.count("/"))
        assert f"url={up}index.html" in pages[f"{ADDRESS}{name}/index.html"]


def test_a_role_that_was_released_once_answers(tmp_path: Path) -> None:
    """The page of a role that a version had and the exercise no longer has leads to the briefing."""
    paths = write(tmp_path, based("exercise"))
    corpus = read(paths)
    released = replace(
        _released(corpus), data={**_released(corpus).data, "roles": [{"id": "night-porter", "title": "Night porter"}]}
    )
    library = build.library(replace(corpus, releases=[released]), ())
    pages = drawn(library)
    assert "url=../index.html" in pages[f"{ADDRESS}players/night-porter/index.html"]
    assert "url=" not in pages[f"{ADDRESS}players/regulator/index.html"]
    version = versions.version_page(released, versions.Shelf(Context(library, SITE)))
    assert "Who wants to play should not read on." in str(version.content)


def _released(corpus: build.Corpus) -> Any:
    from casebook import release  # noqa: PLC0415  # only this test freezes

    entry = build.entry_of(corpus, EXERCISE)
    where = (entry.document.kind, entry.document.stem, 1, "")
    return release.frozen(entry.data, entry.document.body, *where, corpus.vocabularies, {})


def test_a_renamed_exercise_leads_on_from_each_page(tmp_path: Path) -> None:
    """Below a former id each page leads to the same page below the present one."""
    renamed = [("id: the-empty-shelf\n", "id: the-empty-shelf\naliases: [the-move]\n")]
    library = library_of(tmp_path, based("exercise", renamed))
    made = [Artifact(path, html) for path, html in drawn(library).items()]
    found = {one.path: str(one.content) for one in render.former(made, library, SITE, ())}
    for name in (*KIND.pages, "players/regulator"):
        up = "../" * (2 + name.count("/"))
        assert f"url={up}the-empty-shelf/{name}/index.html" in found[f"exercises/the-move/{name}/index.html"]
    assert "url=../the-empty-shelf/index.html" in found["exercises/the-move/index.html"]


# --- on paper


def test_the_papers_of_players_hold_no_more_than_their_briefing(library: Library, exercise: Exercise) -> None:
    """The edition for players can be sent to all; the other one has everything."""
    players, facilitator = (
        plain(sheet.html(sheet.fits[0])) for sheet in handout.handouts(library, SITE, [exercise.id])
    )
    secrets = [role.knows for role in exercise.roles if role.knows]
    for one in (*told(exercise), *secrets, *(one.good for one in exercise.evaluation)):
        words = re.sub(r"\s+", " ", one)
        assert words not in players
        assert words in facilitator, words
    for role in exercise.roles:
        assert role.brief in players
    assert "The hospital of Brennmark is made up" in players


def test_the_papers_of_the_facilitator_as_pdf(library: Library, exercise: Exercise) -> None:
    """They are drawn without a fault, with a page for each role, and with the cards on sheets of four."""
    press = Press.of(repository(ROOT), ())
    [sheet] = handout.handouts(library, SITE, [exercise.id], [handout.INSTRUCTOR])
    assert sheet.path == f"{ADDRESS}handout-instructor.pdf"
    [printed] = press.printed([press.order(sheet)])
    assert printed.faults == ()
    # Four pages of script, one for each role, two of cards, one evaluation sheet.
    assert printed.pages == 4 + len(exercise.roles) + 2 + 1


# --- the clock


def clock(steps: Iterable[tuple[Any, ...]]) -> list[dict[str, Any]]:
    """Return the states of the clock of the exercise after each step; moments are in milliseconds."""
    injects = [
        {"id": "first", "minute": 0, "isBranch": False, "ways": []},
        {
            "id": "second",
            "minute": 15,
            "isBranch": False,
            "ways": [{"when": "Nobody calls.", "to": "call"}, {"when": "All call.", "to": "calls"}],
        },
        {"id": "second-too", "minute": 15, "isBranch": False, "ways": []},
        {"id": "call", "minute": 20, "isBranch": True, "ways": [{"when": "Still nobody.", "to": "again"}]},
        {"id": "calls", "minute": 20, "isBranch": True, "ways": []},
        {"id": "again", "minute": 25, "isBranch": True, "ways": []},
        {"id": "last", "minute": 40, "isBranch": False, "ways": []},
    ]
    beside = Path(sys.executable).with_name("node")
    done = subprocess.run(
        [str(beside) if beside.exists() else "node", str(ROOT / "tests" / "exercise" / "run.js")],
        input=json.dumps({"play": {"injects": injects, "seconds": 3600}, "steps": list(steps)}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


MINUTE = 60_000


def test_injects_come_at_their_minutes() -> None:
    """The first comes with the start, the others when their minute is there; one of a branch never by itself."""
    times = [("at", start) for start in range(MINUTE, 61 * MINUTE, MINUTE)]
    begun, *later = clock([("toggled", 0), *times])
    assert begun["moments"] == [["first"]]
    shown = {state["elapsed"] // 60: state["moments"] for state in later}
    assert shown[14] == [["first"]]
    assert shown[15] == shown[39] == [["first"], ["second", "second-too"]]
    assert shown[40] == [["first"], ["second", "second-too"], ["last"]]
    assert (later[-1]["running"], later[-1]["digits"]) == (False, "60:00")


def test_start_stop_and_speed() -> None:
    """A clock that stands does not move; twice and five times as fast is measured from the moment of the change."""
    states = clock(
        [
            ("at", 5 * MINUTE),
            ("toggled", 10 * MINUTE),
            ("at", 11 * MINUTE),
            ("paced", 5, 12 * MINUTE),
            ("at", 14 * MINUTE),
            ("toggled", 14 * MINUTE),
            ("at", 18 * MINUTE),
            ("paced", 3, 18 * MINUTE),
        ]
    )
    assert [state["digits"] for state in states] == [
        *("00:00", "00:00", "01:00", "02:00", "12:00", "12:00", "12:00", "12:00")
    ]
    assert [state["running"] for state in states] == [False, True, True, True, True, False, False, False]
    assert states[-1]["speed"] == 1


def test_branches() -> None:
    """A branch is open as soon as its inject was shown, comes at once, and opens the next one."""
    states = clock(
        [("toggled", 0), ("forward", MINUTE), ("taken", "call"), ("taken", "call"), ("forward", 2 * MINUTE), ("at", 0)]
    )
    assert [state["ways"] for state in states[:3]] == [[], ["call", "calls"], ["calls", "again"]]
    assert states[2]["moments"] == states[3]["moments"] == [["first"], ["second", "second-too", "call"]]
    assert states[2]["seen"] == 1
    assert states[4]["moments"][-1] == ["last"]
    assert states[4]["digits"] == "40:00"
    assert states[5]["digits"] == "40:00"


def test_back_and_forward() -> None:
    """Back shows what came before and leaves the clock; forward comes back, and from the newest goes on in time."""
    steps = [("toggled", 0), ("forward", 0), ("back",), ("back",), ("forward", 0), ("forward", 0), ("forward", 0)]
    states = clock([*steps, ("lookedAt", 9), ("lookedAt", 0)])
    assert [state["seen"] for state in states] == [0, 1, 0, 0, 1, 2, 2, 2, 0]
    assert [state["digits"] for state in states] == ["00:00", *["15:00"] * 4, *["40:00"] * 4]
    assert "next" not in states[-1]


def test_a_clock_that_was_left_stands() -> None:
    """After five minutes without a sign the machine slept: nothing that came meanwhile is shown."""
    states = clock([("toggled", 0), ("at", 5 * MINUTE), ("at", 11 * MINUTE), ("at", 12 * MINUTE)])
    assert [state["digits"] for state in states] == ["00:00", "05:00", "05:00", "05:00"]
    assert [state["running"] for state in states] == [True, True, False, False]


def test_what_cannot_be_read_begins_again() -> None:
    """What another program left in the place of the state counts for nothing."""
    unreadable = [
        *("", "null", "[]", "{", '{"elapsed": "5"}'),
        '{"elapsed": -1, "last": 0, "seen": 0, "shown": []}',
        '{"elapsed": 1, "last": 0, "seen": 0, "shown": {}}',
    ]
    for state in clock([("kept", text) for text in unreadable]):
        assert (state["elapsed"], state["running"], state["shown"], state["speed"]) == (0, False, [], 1)


def test_what_was_kept_comes_back_without_what_is_gone() -> None:
    """Injects that the exercise no longer has are left out, and what is looked at is among the others."""
    shown = [{"id": "first", "at": 0}, {"id": "gone", "at": 60}, None, {"id": "second", "at": "x"}]
    kept = {"elapsed": 99_999, "last": 7, "running": 1, "speed": 9, "seen": 5.5, "shown": shown, "other": 1}
    [state] = clock([("kept", json.dumps(kept))])
    assert state["shown"] == [{"id": "first", "at": 0}]
    assert (state["elapsed"], state["running"], state["speed"], state["seen"]) == (3600, False, 1, 0)


def test_the_page_gives_the_clock_what_it_needs(exercise: Exercise, pages: Mapping[str, str]) -> None:
    """Without a script the clock is a list of all injects, folded; it says minute, condition and branches."""
    page = pages[f"{ADDRESS}clock/index.html"]
    found = re.findall(r'<li data-inject="([^"]+)" data-minute="(\d+)"( data-only-when)?', page)
    assert found == [(one.id, str(one.minute), " data-only-when" if one.only_when else "") for one in exercise.injects]
    private = re.findall(r'<li data-inject="([^"]+)"(?:(?!</li>).)*?<div class="words" data-private>', page, re.DOTALL)
    assert private == [one.id for one in exercise.injects if one.to]
    assert 0 < len(private) < len(exercise.injects)
    assert page.count("<details><summary>Minute") == len(exercise.injects)
    assert "<details open" not in page
    assert re.findall(r'data-to="([^"]+)" data-when="([^"]+)"', page)[0] == (
        "the-regulator-calls",
        "Nobody has called the regulator by now.",
    )
    assert re.search(r'<section class="stage"[^>]* hidden>', page)
