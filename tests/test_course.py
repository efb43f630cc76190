"""Course packages: what is in them, and that other people's programs can read them."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

import pytest
from tests import gift as read_gift
from tests import packages
from tests.courses import GAME, ID, PRACTICE, SHOWN, WAY, rich
from tests.packages import MISSING, SCHEMAS, unpacked, xml
from tests.support import CASE, SITE, base, based, library_of, published, read, real_corpus, replaced, write

from casebook import build, course, promised
from casebook.archive import zipped
from casebook.artifact import Artifact, Site
from casebook.course import cartridge, gift, htmlzip, qti, scorm
from casebook.course.courses import Shelf
from casebook.course.model import Discussion, Page, Quiz, WebLink, data
from casebook.course.prose import harmless
from casebook.discussion import questions_of
from casebook.finding import CasebookError
from casebook.model import CaseStudy

if TYPE_CHECKING:
    from pathlib import Path

    from casebook.course.model import Course, Module
    from casebook.library import Library

NOWHERE = Site("Test Casebook")
needs_schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason=MISSING)
STAGED = """\
  minutes: 45
  decision:
    title: A company moves
    role: You are the inspector.
    situation: A company moves next week.
    question: What do you ask?
"""


@pytest.fixture(scope="module")
def shelf(small: Library) -> Shelf:
    """The modules of a small library with everything."""
    return Shelf(rich(small), SITE)


@cache
def real() -> Shelf:
    """Return the modules of the whole library."""
    corpus = real_corpus()
    return Shelf(build.library(corpus, ()), SITE)


def courses(shelf: Shelf) -> list[Course]:
    """Return all courses of a library."""
    topics = [shelf.topic(topic) for topic in shelf.library.vocabularies["topics"]]
    return [*(shelf.course_of(item) for item in shelf.library.items.values()), *topics]


def course_of(shelf: Shelf, item_id: str) -> Course:
    """Return the course of an item."""
    return shelf.course_of(shelf.library.items[item_id])


def ids(module: Module) -> list[str]:
    """Return the ids of the resources of a module, without that of the module."""
    return [one.id.removeprefix(f"{module.id}.") for one in module.resources]


def test_what_a_case_has(shelf: Shelf) -> None:
    """Nothing gives the end of a case away before its decision, and what is for the instructor says so."""
    (module,) = course_of(shelf, ID).modules
    assert ids(module) == ["stages", "decision", "item", "page", "text", "question-1", "quiz", "teach"]
    links = {one.id: one for one in module.of(WebLink)}
    address = f"{SITE.url}cases/{ID}/"
    assert {one.address for one in links.values()} == {address, f"{address}stage/1/", f"{address}teach/"}
    assert [one.id for one in links.values() if one.role == "Instructor"] == [f"{ID}.teach"]
    decision, question = module.of(Discussion)
    assert "<p>First.</p>\n<p>Then.</p>" in decision.html
    assert question.title == "Question 1: Who learns first that a company moves?"
    assert f'<a href="{address}#ask-before-moving">To lesson 1</a>' in question.html
    short, full = module.of(Page)
    assert "<li>Ask where each source goes before a company moves.</li>" in short.html
    assert f'href="{SITE.url}practices/{PRACTICE}/"' in short.html
    assert short.frame == f"{SITE.url}embed/case-study/{ID}/"
    assert "stayed in the old hall.<sup>[1]</sup>" in full.html
    assert "Look for the landlord" not in json.dumps(data(module))


def test_what_a_practice_has(shelf: Shelf) -> None:
    """A practice comes with the questions that fit every practice, as its handout does."""
    (module,) = course_of(shelf, PRACTICE).modules
    assert ids(module) == ["item", "page", "text", *(f"question-{number}" for number in range(1, 5))]
    asked = [one.question for one in questions_of(shelf.library.items[PRACTICE])]
    assert [one.question for one in module.of(Discussion)] == asked


def test_what_an_exercise_has(shelf: Shelf) -> None:
    """Players see the scenario and the roles, and nothing of what is for the facilitator or for one of them."""
    (module,) = course_of(shelf, GAME).modules
    assert ids(module) == ["item", "page", "players", "clock", "facilitator"]
    assert [one.id for one in module.of(WebLink) if one.role == "Instructor"] == [
        f"{GAME}.clock",
        f"{GAME}.facilitator",
    ]
    (page,) = module.of(Page)
    assert "A gate." in page.html
    assert "<strong>Chief of guards</strong>: You lead the guards." in page.html
    for secret in ("The plan.", "The end.", "The secret"):
        assert secret not in json.dumps(data(module))


def test_what_a_path_has(shelf: Shelf) -> None:
    """A path has a module for each step, also where two steps read the same item."""
    made = course_of(shelf, WAY)
    assert [one.id for one in made.modules] == ["_about", "start-here", "then-this", "again", "_after"]
    about, first, *_, after = made.modules
    assert ids(about) == ["item", "page"]
    assert (first.why, first.minutes) == ("It shows why.", 15)
    assert ids(first) == ["why", "stages", "item", "page", "text", "teach", "quiz"]
    assert "Read: The lessons." in next(first.of(Page)).html
    assert "Stand up." in next(after.of(Page)).html
    assert len({one.id for one in made.resources}) == len(list(made.resources))


def test_what_a_topic_has(shelf: Shelf) -> None:
    """A topic is introduced, then come cases, practices, exercises and paths, and questions that fit each practice."""
    case = shelf.library.items[ID]
    made = shelf.topic(shelf.library.vocabularies["topics"][case.topics[0]])
    assert [one.id for one in made.modules] == ["_about", ID, PRACTICE, GAME, WAY, "_practices"]
    about, _, practice, *_, questions = made.modules
    assert ids(practice) == ["item", "page", "text"]
    assert ids(questions) == [f"question-{number}" for number in range(1, 5)]
    assert next(about.of(WebLink)).address == f"{SITE.url}topics/{case.topics[0]}/"
    assert "Three things to remember" in next(about.of(Page)).html


def test_every_package_keeps_the_rules(shelf: Shelf) -> None:
    """Hostile words stay words in every format, and every file of a package is in its place."""
    for one in courses(shelf):
        for name, content in packages.cartridge(cartridge.cartridge(one)).items():
            assert b"<script" not in content, name
        folder = unpacked(htmlzip.archive(one))
        assert {"index.html", "style.css", "README.txt"} <= set(folder)
        for name in folder:
            if name.endswith(".html"):
                packages.page(name, folder, offline=True)
                assert b"<script" not in folder[name]
        read_gift.read(gift.questions(one))


@needs_schemas
def test_cartridges_fit_the_schemas(shelf: Shelf) -> None:
    """Manifest, links, discussions and quizzes fit the schemas of IMS, and quizzes the rules beside them."""
    for one in courses(shelf):
        for name, content in unpacked(cartridge.cartridge(one)).items():
            if name.endswith(".xml"):
                packages.valid(content)


@needs_schemas
def test_the_schemas_refuse_what_is_wrong(shelf: Shelf) -> None:
    """A cartridge that is not one is seen, so that the test above can fail."""
    files = unpacked(cartridge.cartridge(course_of(shelf, ID)))
    manifest = files["imsmanifest.xml"]
    with pytest.raises(AssertionError, match="schemaversion"):
        packages.valid(manifest.replace(b"1.1.0", b"1.2.0"))
    quiz = files[f"quizzes/{ID}.quiz.xml"]
    with pytest.raises(AssertionError, match="RULE 4a"):
        packages.valid(quiz.replace(b"cc.multiple_response.v0p1", b"cc.multiple_choice.v0p1"))


def test_every_cartridge_of_the_library() -> None:
    """Each cartridge of the real library keeps the rules, and fits the schemas where they are."""
    seen: set[tuple[str, bytes]] = set()
    fitting: set[bytes] = set()
    for one in courses(real()):
        files = packages.cartridge(cartridge.cartridge(one), seen)
        for name, content in files.items() if SCHEMAS.is_dir() else ():
            if name.endswith(".xml") and content not in fitting:
                packages.valid(content)
                fitting.add(content)


def test_every_question_of_the_library_is_gift() -> None:
    """What is asked in the real library is read again as it was asked."""
    for one in courses(real()):
        asked = [question for module in one.modules for question in _asked(module)]
        found = [
            (known.words, [words for words, _, _ in known.choices]) for known in read_gift.read(gift.questions(one))
        ]
        assert found == asked


def _asked(module: Module) -> list[tuple[str, list[str]]]:
    quizzes = [(one.question, [c.text for c in one.choices]) for quiz in module.of(Quiz) for one in quiz.questions]
    return [*quizzes, *((one.question, []) for one in module.of(Discussion))]


def test_gift_says_what_was_asked(shelf: Shelf) -> None:
    """Choices, feedback and answers come back whole, signs of the format among them; citations are left out."""
    found = {one.name: one for one in read_gift.read(gift.questions(course_of(shelf, ID)))}
    one = found[f"{ID} who-takes-charge"]
    assert one.words == f"Who answers? {SHOWN}"
    assert one.general == "The holder of the licence."
    assert sorted(one.choices) == sorted(
        [
            *(("The holder", "That is right.", True), (SHOWN, "No.", False)),
            *(("50% it is", SHOWN, False), ("%50% it is", "No.\nNever.", False)),
        ]
    )
    assert found[f"{ID} in-your-words"].general == "Call the owner."
    assert found[f"{ID} decision"].words.splitlines()[0] == "You are the inspector."
    assert {one.category for one in found.values()} == {course_of(shelf, ID).title}


def test_choices_stand_in_one_order(shelf: Shelf) -> None:
    """A quiz, GIFT and the page of a case show choices in the order that the question has."""
    case = shelf.library.items[ID]
    assert isinstance(case, CaseStudy)
    assert case.teaching
    (quiz,) = course_of(shelf, ID).modules[0].of(Quiz)
    assert [one.text for one in quiz.questions[1].choices] == list(case.teaching.self_check[1].choices)
    assert [qti.profile(one) for one in quiz.questions] == [qti.ONE, qti.SEVERAL, qti.ESSAY]


def test_without_an_address(small: Library) -> None:
    """A site that does not know its address leaves links and cards out, and keeps pages and questions."""
    shelf = Shelf(rich(small), NOWHERE)
    (module,) = course_of(shelf, ID).modules
    assert ids(module) == ["decision", "page", "text", "question-1", "quiz"]
    for one in courses(shelf):
        files = packages.cartridge(cartridge.cartridge(one))
        assert not list(packages.addresses(files))
        assert b"<iframe" not in b"".join(files.values())
        assert b'href="/' not in b"".join(files.values())


def test_a_withdrawn_item_says_why(tmp_path: Path) -> None:
    """A link to the package of an item that was withdrawn still answers, and says why."""
    reason = ("status: published", "status: withdrawn\nwithdrawn_reason: The source was wrong.")
    library = library_of(tmp_path, published(reason))
    made = course_of(Shelf(library, SITE), ID)
    assert made.description == "Withdrawn: The source was wrong."
    assert ids(made.modules[0]) == ["item", "page"]
    packages.cartridge(cartridge.cartridge(made))


def test_packages_are_files_of_the_site(tmp_path: Path) -> None:
    """Packages stand at their addresses, also under a former id, and are promised; their links lead to pages."""
    renamed, staged = (f"id: {ID}", f"id: {ID}\naliases: [an-older-name]"), ("  minutes: 45\n", STAGED)
    case = replaced(base("case-study"), [renamed, staged])
    files = {**based("exercise"), **based("learning-path"), CASE: case}
    corpus = read(write(tmp_path, files))
    library = build.library(corpus, ())
    made = {one.path: one for one in build.artifacts(library, corpus, SITE)}
    names = ("course.imscc", "course.zip", "questions.gift.txt")
    topics = [f"topics/{topic.id}/" for topic in library.vocabularies["topics"]]
    for place in (f"cases/{ID}/", "cases/an-older-name/", f"practices/{PRACTICE}/", *topics):
        for name in names:
            assert f"{place}{name}" in made
            assert promised.address(f"{place}{name}") == f"{place}{name}"
    assert made["cases/an-older-name/course.imscc"].data == made[f"cases/{ID}/course.imscc"].data
    offering = {f"cases/{ID}/": 3, "topics/source-register/": 3, "topics/nuclear-forensics/": 0, f"paths/{WAY}/": 4}
    for place, count in offering.items():
        page = str(made[f"{place}index.md"].content)
        assert len(re.findall(r'href="(?:course\.imscc|questions\.gift\.txt|course\.zip|scorm\.zip)"', page)) == count
    answered = {f"{SITE.url}{path.removesuffix('index.md').removesuffix('index.html')}" for path in made}
    found = [address for one in made.values() if one.path.endswith(".imscc") for address in _links(one)]
    assert {"stage/1/", "teach/", "players/", "clock/", "facilitator/"} <= {_end(address) for address in found}
    assert set(found) <= answered
    value = json.loads(_json(made[f"assets/courses/{ID}.js"]))
    assert value["module"] == json.loads(json.dumps(data(Shelf(library, SITE).modules[ID])))
    assert promised.address(f"assets/courses/{ID}.js") == ""


def _links(file: Artifact) -> list[str]:
    return list(packages.addresses(unpacked(file.data)))


def _end(address: str) -> str:
    """Return the part of an address below that of its item."""
    return "/".join(address.removeprefix(SITE.url).split("/")[2:])


def _json(file: Artifact) -> str:
    match = re.fullmatch(r"self\.casebookCourse = JSON\.parse\((.*)\);\n", str(file.content))
    assert match
    return str(json.loads(match[1]))


def test_the_same_bytes(small: Library) -> None:
    """Two builds give the same packages, and the day in them is that of the newest item."""
    first, second = ({one.path: one.data for one in course.files(rich(small), SITE)} for _ in range(2))
    assert first == second
    assert zipped([Artifact("a.txt", "a")], "") == zipped([Artifact("a.txt", "a")], "1980-01-01")
    assert course_of(Shelf(small, SITE), ID).day == "2026-11-24"


def test_a_gap_of_the_rules_ends_the_build() -> None:
    """A page that could act on its own is refused, as on the site."""
    with pytest.raises(CasebookError, match="something active"):
        harmless("<p onclick='alert(1)'>x</p>", ID)


def test_scorm_is_one_sco(shelf: Shelf) -> None:
    """The manifest has what SCORM 1.2 asks for: schema, one organization, one SCO, and all files."""
    made = course_of(shelf, WAY)
    files = unpacked(scorm.package(made))
    assert next(iter(files)) == "imsmanifest.xml"
    root = xml(files["imsmanifest.xml"])
    names = {"cp": scorm.NAMESPACE}

    def words(path: str) -> list[str]:
        return [str(one) for one in root.xpath(path, namespaces=names)]  # type: ignore[union-attr]

    assert words("/cp:manifest/cp:metadata/*/text()") == ["ADL SCORM", "1.2"]
    assert words("//cp:organizations/@default") == words("//cp:organization/@identifier") == ["organization"]
    assert words("//cp:item/@identifierref") == words("//cp:resource/@identifier") == ["sco"]
    assert words("//cp:resource/@type") == ["webcontent"]
    assert words(f"//cp:resource/@*[namespace-uri()='{scorm.ADL}'][local-name()='scormtype']") == ["sco"]
    assert words("//cp:resource/@href") == ["index.html"]
    assert sorted(words("//cp:file/@href")) == sorted(name for name in files if name != "imsmanifest.xml")
    for name in files:
        if name.endswith(".html"):
            packages.page(name, files, offline=name != "index.html")
    page = files["index.html"].decode()
    assert page.count("<script") == 1
    assert re.findall(r'data-step="([^"]*)"', page) == ["start-here", "then-this", "again"]
    assert "teach/" not in page
