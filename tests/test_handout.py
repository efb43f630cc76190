"""Handouts and readers: two pages, accessible, the same bytes each time, in two editions, and asking nobody."""

from __future__ import annotations

import io
import re
import socket
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pypdf
import pytest
import segno
from click.testing import CliRunner, Result
from tests.drawing import Tags
from tests.support import CASE, ROOT, SITE, published, read, real_corpus, write

from casebook import build, handout, mkdocs_plugin, render
from casebook.artifact import Artifact, Site
from casebook.cli import main
from casebook.finding import CasebookError
from casebook.handout import pdf, reader
from casebook.handout.page import context, qr_code
from casebook.handout.press import Press
from casebook.handout.sheet import FITS, INSTRUCTOR, TRAINEE
from casebook.library import Library
from casebook.moved import Move
from casebook.paths import repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from casebook.shape import Shapes

ID = "lost-source-2001"
WITH = replace(SITE, handouts=True)
NOWHERE = Site("Test Casebook")
HOSTILE = "</style></title><script>alert(1)</script><img src='https://a.example/x.png'>{{ 7*7 }}\"; }"


@pytest.fixture(scope="module")
def press() -> Press:
    """The press of this repository."""
    return Press.of(repository(ROOT), ())


def one(library: Library, edition: str = TRAINEE, site: Site = SITE, item: str = ID) -> handout.Sheet:
    """Return the handout of one item."""
    return next(handout.handouts(library, site, [item], [edition]))


def html(sheet: handout.Sheet) -> str:
    """Return a sheet in its roomiest size."""
    return sheet.html(sheet.fits[0])


def words(text: str) -> str:
    """Return a text without its line ends, as a PDF breaks lines where it likes."""
    return re.sub(r"\s+", "", text)


def text_of(document: pypdf.PdfReader) -> str:
    """Return the text of a PDF without spaces."""
    return words("".join(page.extract_text() for page in document.pages))


@pytest.fixture(scope="module")
def drawn(small: Library, press: Press) -> dict[str, bytes]:
    """The handouts of a small case by edition."""
    orders = [press.order(one(small, edition)) for edition in handout.EDITIONS]
    made = list(press.printed(orders))
    assert [printed.faults for printed in made] == [(), ()]
    return dict(zip(handout.EDITIONS, (printed.content for printed in made), strict=True))


# --- the PDF


@pytest.mark.parametrize("edition", handout.EDITIONS)
def test_it_is_accessible(edition: str, drawn: dict[str, bytes], small: Library) -> None:
    """It is tagged, says so (PDF/UA-1), and has language, title, author, bookmarks and alternative text."""
    document = pypdf.PdfReader(io.BytesIO(drawn[edition]))
    root: Any = document.trailer["/Root"]
    assert len(document.pages) <= 2
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712  # an object of pypdf
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712  # as above
    assert root["/StructTreeRoot"]["/K"]
    assert document.metadata is not None
    assert document.metadata.title == small.items[ID].title
    assert document.metadata.author
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()
    assert document.outline[0].title == small.items[ID].title  # type: ignore[union-attr]  # a list begins with its head
    figures = [made for made in _objects(document) if made.get("/S") == "/Figure"]
    assert [made["/Alt"] for made in figures] == [
        f"QR code of https://casebook.example/site/c/{ID}/, {small.items[ID].title}"
    ]
    assert pdf.is_handout(drawn[edition])


def _objects(document: pypdf.PdfReader) -> Iterator[Any]:
    for number in range(1, len(document.xref_objStm) + sum(map(len, document.xref.values()))):
        made = document.get_object(number)
        if isinstance(made, pypdf.generic.DictionaryObject):
            yield made


def test_what_it_says(drawn: dict[str, bytes], small: Library) -> None:
    """Both editions have lessons, questions, address, pages and standing; only one has notes and a plan."""
    case = small.cases[0]
    trainee, instructor = (text_of(pypdf.PdfReader(io.BytesIO(drawn[name]))) for name in (TRAINEE, INSTRUCTOR))
    assert case.teaching is not None
    notes = [words(question.notes) for question in case.teaching.questions if question.notes]
    assert notes
    for text in (trainee, instructor):
        assert all(words(lesson.lesson) in text for lesson in case.lessons)
        assert all(words(question.question) in text for question in case.teaching.questions)
        assert "Page1of" in text
        assert f"https://casebook.example/site/c/{ID}/" in text
        assert "Citeas:" in text
        assert "CCBY4.0" in text
    assert all(note in instructor and note not in trainee for note in notes)
    assert "minutes" in instructor
    assert "notyetpeer-reviewed" in words(html(one(Library.of(_unreviewed(small), small.vocabularies))))


def _unreviewed(library: Library) -> list[tuple[Any, Any]]:
    return [(replace(item, reviews=()), library.streams[item.id]) for item in library.items.values()]


def test_the_same_bytes(
    drawn: dict[str, bytes], small: Library, press: Press, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Another folder, another time zone and another order of printing give the same bytes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    orders = [press.order(one(small, edition)) for edition in reversed(handout.EDITIONS)]
    again = [printed.content for printed in Press(press.fonts).printed(orders)]
    assert again == [drawn[INSTRUCTOR], drawn[TRAINEE]]


def test_nobody_is_asked(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures, styles and files of others are not fetched, and that is said."""

    def connect(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", connect)
    names = ("https://a.example/x.png", "file:///etc/passwd", "casebook:cases/other/x.png", "data:image/png;base64,aa")
    pictures = "".join(f'<img alt="x" src="{name}">' for name in names)
    page = f'<html lang="en"><title>x</title><link rel="stylesheet" href="https://a.example/x.css">{pictures}'
    fetched = next(press.printed([pdf.Order([page], [1])]))
    assert sum("asks nobody" in fault for fault in fetched.faults) == len(names) + 1
    assert b"root:" not in fetched.content


def test_letters_without_typeface_are_named(press: Press) -> None:
    """A letter of any script is drawn, or it is said that no typeface has it; a letter of nobody is always said."""
    page = '<html lang="en"><title>x</title><p>\U0010fffd 日本 ไทย عربي'
    made = next(press.printed([pdf.Order([page], [1])]))
    text, faults = text_of(pypdf.PdfReader(io.BytesIO(made.content))), "\n".join(made.faults)
    assert "U+10FFFD" in faults
    assert "fonts-noto-core" in faults
    for letter in "日本ไทย":
        assert letter in text or "no typeface of this machine has" in faults


def test_the_longest_items_fit_on_two_pages(press: Press) -> None:
    """The longest item has two pages, in the edition with more text, and all of its lessons."""
    library = build.library(real_corpus(), ())
    longest = sorted(library.items.values(), key=lambda item: -(ROOT / item.path).stat().st_size)[:1]
    sheets = [replace(one(library, INSTRUCTOR, item=item.id), fits=FITS[9:]) for item in longest]
    orders = [press.order(sheet) for sheet in sheets]
    for item, made in zip(longest, press.printed(orders), strict=True):
        assert (made.pages, made.faults) == (2, ()), item.id
        text = text_of(pypdf.PdfReader(io.BytesIO(made.content)))
        assert all(words(lesson.lesson) in text for lesson in getattr(item, "lessons", ()))


# --- sizes, address


def test_sizes_never_grow(small: Library) -> None:
    """Each size has at most the text of the one before, no sentence of a lesson is cut, and 9 points are the least."""
    sheet = one(small)
    lengths = [len(sheet.html(fit)) for fit in FITS]
    assert min(fit.size for fit in FITS) == 9
    assert lengths[-1] < lengths[0]
    assert all(lesson.lesson in sheet.html(FITS[-1]) for lesson in small.cases[0].lessons)
    case = replace(small.cases[0], timeline=small.cases[0].timeline * 9)
    long = Library.of([(case, small.streams[case.id])], small.vocabularies)
    assert re.search(r"And \d+ more steps on the page", one(long).html(FITS[-1]))


def test_the_qr_code_holds_the_address() -> None:
    """The drawn squares are those of the code of the address."""
    address = f"https://casebook.example/site/c/{ID}/"
    path = re.search(r' d="([^"]+)"', str(qr_code(SITE, f"c/{ID}/", "Title")))
    assert path
    x, y, dark = 0.0, 0.0, set()
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[1]):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if command == "h":
            dark |= {(int(x) + step, int(y)) for step in range(int(values[0]))}
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    matrix = segno.make(address, micro=False, error="m").matrix
    assert dark == {(column, row) for row, line in enumerate(matrix) for column, bit in enumerate(line) if bit}


def test_without_an_address(small: Library) -> None:
    """Where the site has no address, no address is made up: the sheet names the id, and has no QR code."""
    made = html(one(small, site=NOWHERE))
    assert "<svg" not in made
    assert f"under the id {ID}" in made
    assert not [link for link in Tags(made).values("href") if link != "https://creativecommons.org/licenses/by/4.0/"]


def test_hostile_text_is_escaped(small: Library) -> None:
    """Text of authors cannot become a tag or a style on paper."""
    case = small.cases[0]
    lessons = tuple(replace(lesson, lesson=HOSTILE) for lesson in case.lessons)
    hostile = replace(case, title=HOSTILE, summary=HOSTILE, lessons=lessons, keywords=(HOSTILE,))
    library = Library.of([(hostile, small.streams[case.id])], small.vocabularies)
    for sheet in (one(library), next(handout.readers(library, SITE, [case.topics[0]]))):
        names = [tag for tag, _ in Tags(html(sheet)).tags]
        assert "script" not in names
        assert "img" not in names
        assert names.count("style") == 1
        assert "49" not in html(sheet).replace(HOSTILE, "")


# --- readers


def test_a_reader_selects_and_says_so() -> None:
    """A reader of a large topic holds some items in full, its main cases first, and names all others."""
    library = build.library(real_corpus(), ())
    topic = library.vocabularies["topics"]["insider-threat"]
    chosen, rest = reader.selection(topic, library)
    assert len(chosen) == reader.MOST_ITEMS
    assert {item.id for item in (*chosen, *rest)} == {item.id for item in library.by_topic[topic.id]}
    made = html(reader.sheet(topic, TRAINEE, context(library, SITE)))
    assert f"{len(chosen)} of {len(chosen) + len(rest)} items in full" in made
    assert all(f"c/{item.id}/" in made for item in rest)
    assert "Grade A; IAEA publication" in made
    assert "; news report" in made
    tags = Tags(made)
    assert sorted(set(tags.ids)) == sorted(tags.ids)
    assert {link[1:] for link in tags.values("href") if link.startswith("#")} <= set(tags.ids)


# --- for ever


REASON = f"The source was wrong.[^s1] {HOSTILE}"


def kept(small: Library, **changes: Any) -> Library:
    """Return the small library with its case changed."""
    items = [(replace(item, **changes) if item.id == ID else item, small.streams[item.id]) for item in _items(small)]
    return Library.of(items, small.vocabularies)


def _items(library: Library) -> list[Any]:
    return list(library.items.values())


@pytest.mark.parametrize("edition", handout.EDITIONS)
def test_a_withdrawn_item_keeps_its_handouts(edition: str, small: Library, press: Press) -> None:
    """Each is one page that says when and why it was withdrawn, what to use, and where; nothing of the text is left."""
    case = small.cases[0]
    gone = kept(small, status="withdrawn", withdrawn_reason=REASON, superseded_by=small.practices[0].id)
    sheet = one(gone, edition)
    assert sheet.path in {known.path for known in handout.sheets(gone, WITH)}
    made = next(press.printed([press.order(sheet)]))
    assert (made.pages, made.faults) == (1, ())
    text = text_of(pypdf.PdfReader(io.BytesIO(made.content)))
    said = ["was withdrawn on 24 November 2026.", REASON.replace("[^s1]", ""), case.title, small.practices[0].title]
    said += [f"https://casebook.example/site/c/{ID}/", "/c/keep-a-register/", "version 1, withdrawn."]
    for words_of_it in said:
        assert words(words_of_it) in text
    assert "<script>" not in html(sheet)
    assert not [lesson for lesson in case.lessons if words(lesson.lesson) in text]
    assert words(case.summary) not in text
    assert case.keywords
    assert '<meta name="keywords" content="">' in html(sheet)


def test_a_topic_without_items_keeps_its_reader(small: Library, press: Press) -> None:
    """Its reader has the introduction, says that there is nothing more, and names no item."""
    topic = next(term for term in small.vocabularies["topics"] if not small.by_topic.get(term.id))
    sheet = next(handout.readers(small, SITE, [topic.id]))
    assert sheet.path in {known.path for known in handout.sheets(small, WITH)}
    made = next(press.printed([press.order(sheet)]))
    text = text_of(pypdf.PdfReader(io.BytesIO(made.content)))
    assert made.faults == ()
    assert words("The library has no case and no practice on this topic now.") in text
    assert words(topic.more["introduction"]) in text
    assert "c//" not in text


def test_former_addresses_of_the_files(small: Library) -> None:
    """A former id of an item and a move keep the addresses of its PDF, in what is promised and in what is written."""
    moves = [Move("topics/gone/reader.pdf", "topics/insider-threat/reader.pdf", "It is part of another topic.")]
    renamed = kept(small, aliases=("an-older-name",))
    found = handout.addresses(renamed, WITH, moves)
    former = {"cases/an-older-name/handout.pdf", "cases/an-older-name/handout-instructor.pdf", moves[0].old}
    assert found - handout.addresses(small, WITH, ()) == former
    papers = [Artifact(sheet.path, sheet.path.encode()) for sheet in handout.sheets(renamed, WITH)]
    written = {made.path: made.data for made in render.former(papers, renamed, WITH, moves)}
    assert {name for name in written if name.endswith(".pdf")} == found
    assert written["cases/an-older-name/handout.pdf"] == f"cases/{ID}/handout.pdf".encode()


# --- the site


def test_links_to_the_files(small: Library, shapes: Shapes) -> None:
    """The pages of items and topics lead to the files with their sizes, and only where the site has them."""
    sizes = {sheet.path: 41_499 for sheet in handout.sheets(small, WITH)}
    pages = {one.path: str(one.content) for one in render.pages(small, shapes, WITH, sizes=sizes)}
    linked = {
        f"{path.removesuffix('index.md')}{link}"
        for path, page in pages.items()
        for link in re.findall(r'href="([a-z-]+\.pdf)"', page)
    }
    empty = {f"topics/{term.id}/" for term in small.vocabularies["topics"] if not small.by_topic.get(term.id)}
    assert linked == {path for path in sizes if not path.startswith(tuple(empty))}
    assert "(PDF, 41 kB)" in pages[f"cases/{ID}/index.md"]
    without = {one.path: str(one.content) for one in render.pages(small, shapes, SITE)}
    assert not [path for path, page in without.items() if ".pdf" in page]


def test_a_build_keeps_what_it_drew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second build draws nothing, a change of one item draws its own sheets, and what is faulty is not kept."""
    asked: list[int] = []

    def printed(_: Press, orders: Sequence[pdf.Order]) -> Iterator[pdf.Printed]:
        asked.append(len(orders))
        for order in orders:
            faults = ("no letter",) if "Faulty" in order.htmls[0] else ()
            yield pdf.Printed(b"%PDF-1.7 " + order.htmls[0].encode(), 2, 0, faults)

    monkeypatch.setattr(Press, "printed", printed)
    paths = write(tmp_path, published())
    for title, drawn_again in ((None, None), (None, 0), ("Faulty", None), ("Faulty", None)):
        corpus = read(paths)
        library = build.library(corpus, ())
        if title:
            items = [
                (replace(item, title=title) if item.id == ID else item, library.streams[item.id])
                for item in library.items.values()
            ]
            library = Library.of(items, library.vocabularies)
        made = mkdocs_plugin._handouts(library, WITH, paths)
        assert {artifact.path for artifact in made} == {sheet.path for sheet in handout.sheets(library, WITH)}
        assert all(artifact.content[:4] == b"%PDF" for artifact in made)
        assert drawn_again is None or asked[-1] == drawn_again
    assert asked[0] == len(made)
    assert asked[2] == asked[3] > 0


# --- the command


def command(folder: Path, *given: str | Path) -> Result:
    """Run `casebook handout` on a small repository, and write into `out` beside it."""
    if not (folder / "cases").is_dir():
        write(folder, published())
    return CliRunner().invoke(main, ["-C", str(folder), "handout", *map(str, given), "--out", str(folder / "out")])


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (
            ["lost-source-2010"],
            "there is no item `lost-source-2010` of which a handout can be drawn; did you mean `lost-source-2001`?",
        ),
        (["--topic", "insider"], "there is no topic `insider`"),
        ([ID, "--edition", "teacher"], "there is no edition `teacher`; editions: trainee, instructor, both"),
        ([ID, "--edition", "trainees"], "did you mean `trainee`?"),
        ([], "name an item, a topic with --topic, or --all"),
    ],
    ids=["item", "topic", "edition", "misspelt", "nothing"],
)
def test_what_is_not_there(given: list[str], message: str, tmp_path: Path) -> None:
    """A word that is not known is named in one line, with what there is, and nothing is written."""
    result = command(tmp_path, *given)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_without_pango(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the machine lacks Pango, one line names the packages; the usual build does not ask for it."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(CasebookError, match=r"libpango-1\.0-0"):
        pdf.needs()
    for result in (command(tmp_path, ID), CliRunner().invoke(main, ["-C", str(tmp_path), "build", "--handouts"])):
        assert result.exit_code == 2
        assert result.stderr == f"casebook: {pdf.PANGO}\n"


def test_files_of_others_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A handout is replaced; a file that is none stays, unless it is forced, and then nothing half is left."""
    content = f"%PDF-1.7 {pdf.MAKER}".encode()
    monkeypatch.setattr(Press, "printed", lambda _, orders: (pdf.Printed(content, 2, 0) for _ in orders))
    for _ in range(2):
        assert command(tmp_path, ID, "--edition", "both").exit_code == 0
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir()) == [f"{ID}-handout-instructor.pdf", f"{ID}-handout.pdf"]
    mine = out / f"{ID}-handout.pdf"
    mine.write_bytes(b"%PDF-1.7 my own")
    result = command(tmp_path, ID)
    assert (result.exit_code, mine.read_bytes()) == (2, b"%PDF-1.7 my own")
    assert "is no handout, and stays" in result.stderr
    assert command(tmp_path, ID, "--force").exit_code == 0
    assert mine.read_bytes() == content
    assert (tmp_path / CASE).is_file()
