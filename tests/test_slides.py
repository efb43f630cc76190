"""Slides: filled layouts, notes, nothing that overflows, the same bytes each time, and texts that mean harm."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from tests import support
from tests.support import CASE, PRACTICE, ROOT, SITE, real_corpus

from casebook import build, mkdocs_plugin, slides
from casebook.artifact import Site
from casebook.cli import main
from casebook.model import CaseStudy, LearningPath
from casebook.paths import repository
from casebook.render.items import page_of
from casebook.render.page import Context
from casebook.slides import fit, metrics
from casebook.slides.deck import BULLET, SMALLEST, Slide, entries, run
from casebook.slides.layout import LAYOUTS, TITLE, Box
from casebook.slides.template import _COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from casebook.library import Library

ID, PATH = "lost-source-2001", "first-week"
NOWHERE = Site("Test Casebook")
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
# The sizes of sources, of addresses and of the foot are smaller than that of any text.
_SMALL = {"Sources", "Short address", "Footer", "Slide number"}


@pytest.fixture(scope="module")
def real() -> Library:
    """The library of this repository."""
    return build.library(real_corpus(), (), drafts=True)


@pytest.fixture(scope="module")
def taught(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library with a learning path, and the case and the practice of its steps."""
    return support.library_of(tmp_path_factory.mktemp("path"), support.based("learning-path"))


def made(library: Library, item_id: str = ID, site: Site = SITE) -> Any:
    """Return the slides of an item, read back as another program reads them."""
    return Presentation(io.BytesIO(slides.written(slides.deck(library.items[item_id], library, site))))


def title(slide: Any) -> str:
    """Return the title of a slide."""
    return str(slide.shapes.title.text_frame.text)


def said(slide: Any) -> str:
    """Return the notes of a slide."""
    return str(slide.notes_slide.notes_text_frame.text)


def shown(slide: Any) -> str:
    """Return all words on a slide."""
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def pages(item_id: str, library: Library) -> list[fit.Page]:
    """Return the slides of an item as they are fitted."""
    deck = slides.deck(library.items[item_id], library, SITE)
    return [page for slide in deck.slides for page in fit.pages(slide)]


# --- the deck of a case


def test_a_case_is_told_in_the_order_of_the_plan(real: Library) -> None:
    """The class decides before it knows the case; then come story, causes, questions, lessons, and where it is from."""
    deck = slides.deck(real.items["y-12-2012"], real, SITE)
    assert [slide.title for slide in deck.slides] == [
        "A list of things that do not work, at one of the best protected sites",
        "How we talk about it",
        "Situation",
        "What do you decide?",
        "Three activists reach a uranium storage building: Y-12, Oak Ridge, 2012",
        "What happened",
        "Timeline",
        "Compare",
        "Contributing factors",
        "What changed",
        "To discuss",
        "Lessons",
        "What to do: practices",
        "Often believed, and what is true",
        "On Monday, ask at home",
        "Check yourself",
        "Sources",
        "Where this comes from",
    ]


def test_nothing_is_told_before_the_class_decides(real: Library) -> None:
    """Neither title nor address nor QR code of a case is on a slide before the decision; the notes have them."""
    for case in real.cases[:8]:
        deck = slides.deck(case, real, SITE)
        before = [slide for slide in deck.slides if not slide.told]
        assert len(before) == 4
        words = " ".join(part.text for slide in before for one in slide.entries for part in one.paragraphs)
        assert case.title not in words
        assert case.id not in words + deck.silent_footer
        assert not any(slide.picture for slide in before)
    file = made(real, "y-12-2012")
    first, *rest = file.slides
    assert "y-12" not in shown(first).lower()
    assert "For you alone: this is the case 'Three activists" in said(first)
    assert [SITE.address("c/y-12-2012/") in shown(one) for one in rest[:4]] == [False, False, False, True]


def test_the_notes_have_the_plan_the_answers_and_the_sources(real: Library) -> None:
    """What stands in the notes is what the instructor's edition says, and each cited source as text."""
    file = {title(one): said(one) for one in made(real, "y-12-2012").slides}
    assert "Minutes 3 to 10 of a lesson of 45, or 5 to 17 of a lesson of 75." in file["Situation"]
    assert "You: Show stage 1, or hand it out." in file["Situation"]
    assert "What a good discussion weighs: Let the class feel" in file["What do you decide?"]
    assert "Question 1, about 4 minutes. Sample answer: Often three people hold" in file["To discuss (1 of 3)"]
    assert "Question 1: D is right. Managers of contractors" in file["Check yourself (1 of 2)"]
    assert "- Not A: A total can fall" in file["Check yourself (1 of 2)"]
    assert "\n[7] US Government Accountability Office. Nuclear Security" in file["Timeline (1 of 2)"]
    assert "[^" not in "".join(file.values())


def test_choices_have_the_letters_that_they_have_everywhere(real: Library) -> None:
    """The letter in the notes is the one on the slide."""
    case = real.items["y-12-2012"]
    assert isinstance(case, CaseStudy)
    assert case.teaching
    question = case.teaching.self_check[0]
    slide = next(one for one in made(real, case.id).slides if title(one).startswith("Check yourself"))
    lines = slide.placeholders[1].text_frame.text.split("\n")
    assert lines[1:5] == [re.sub(r"\[\^\w+\]", "", one) for one in question.choices]
    assert f"Question 1: {'ABCD'[question.choices.index(question.right)]} is right." in said(slide)


def test_marks_are_the_numbers_of_the_sources(small: Library) -> None:
    """A citation in the text is a raised number that the slide of the sources has too."""
    file = list(made(small).slides)
    text = "\n".join(map(shown, file))
    assert "[^" not in text
    raised = {one.text for slide in file for one in slide._element.iter(f"{A}t") if _is_raised(one)}
    listed = set(re.findall(r"^\[\d+\]", next(shown(one) for one in file if title(one) == "Sources"), re.MULTILINE))
    assert raised
    assert {f"[{number}]" for one in raised for number in one.strip("[]").split(",")} <= listed


def _is_raised(text: Any) -> bool:
    return text.getparent().find(f"{A}rPr").get("baseline") is not None


def test_a_case_without_teaching_has_a_deck(small: Library) -> None:
    """A case that says nothing of teaching begins with its title and has no questions."""
    bare = replace(small.cases[0], teaching=None)
    titles = [one.title for one in slides.deck(bare, small, SITE).slides]
    assert titles[:2] == [bare.title, "What happened"]
    assert not {"To discuss", "Check yourself", "How we talk about it", "Compare"} & set(titles)


# --- the deck of a path


def test_a_path_has_a_slide_for_each_step(taught: Library) -> None:
    """Each step has its item, why, minutes and QR code, and its questions with the answers in the notes."""
    file = list(made(taught, PATH).slides)
    assert [title(one) for one in file] == [
        "The first week: a path for new staff",
        "Afterwards you can",
        "The way at a glance",
        f"Step 1: {taught.items[ID].title}",
        "Questions to step 1",
        f"Step 2: {taught.items['keep-a-register'].title}",
        "Questions to step 2",
        "Where this comes from",
    ]
    assert "Case study, about 20 minutes" in shown(file[3])
    assert "Read: The story and the lessons" in shown(file[3])
    assert alternative(file[3]) == [f"QR code of {SITE.address(f'c/{ID}/')}, {taught.items[ID].title}"]
    assert "The holder answers for it until another one has taken it over." in said(file[4])
    assert "The holder answers" not in shown(file[4])


def alternative(slide: Any) -> list[str]:
    """Return the alternative texts of the pictures of a slide."""
    return [one.get("descr", "") for one in slide._element.iter() if one.tag.endswith("}cNvPr") and _is_picture(one)]


def _is_picture(one: Any) -> bool:
    return str(one.getparent().tag).endswith("}nvPicPr")


# --- the file


@pytest.mark.parametrize("site", [SITE, NOWHERE], ids=["with-address", "nowhere"])
@pytest.mark.parametrize("item", [ID, PATH])
def test_every_slide_is_complete(taught: Library, item: str, site: Site) -> None:
    """Each slide has a title of its own, words in every placeholder, notes, a number, a foot, and alternative texts."""
    file = made(taught, item, site)
    titles = [title(one) for one in file.slides]
    assert len(set(titles)) == len(titles)
    assert all(titles)
    for slide in file.slides:
        assert said(slide).strip()
        for shape in slide.placeholders:
            filled = shape.text_frame.text.strip() if shape.has_text_frame else alternative(slide)
            assert filled, (title(slide), shape.name)
        kinds = [shape.placeholder_format.type for shape in slide.shapes]
        assert {PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER} <= set(kinds)
        # Reading order is that of the file: the title first, the foot last.
        assert kinds[0] in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
        assert kinds[-2:] == [PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER]
        assert all(words.startswith("QR code of https://") for words in alternative(slide))
        assert bool(alternative(slide)) <= bool(site.url)
        ids = [shape.shape_id for shape in slide.shapes]
        assert len(ids) == len(set(ids))


def test_the_file_says_what_it_is(small: Library) -> None:
    """Title, author, language, keywords and days come from the item; nothing is left of the empty presentation."""
    raw = slides.written(slides.deck(small.items[ID], small, SITE))
    file, item = Presentation(io.BytesIO(raw)), small.items[ID]
    about = file.core_properties
    assert (about.title, about.author, about.language) == (item.title, "Casebook editors", "en-GB")
    assert (f"{about.created:%Y-%m-%d}", f"{about.modified:%Y-%m-%d}") == (item.first_published, item.last_changed)
    assert about.keywords
    assert about.revision == item.version
    assert [one.name for one in file.slide_layouts] == [one.name for one in LAYOUTS.values()]
    assert (file.slide_width or 0) * 9 == (file.slide_height or 0) * 16
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        names = archive.namelist()
        everything = b"".join(map(archive.read, names))
    assert names[0] == "[Content_Types].xml"
    assert not [one for one in names if "printer" in one or "thumbnail" in one or one.endswith("app.xml")]
    assert b"Steve Canny" not in everything
    assert b"Calibri" not in b"".join(zipfile.ZipFile(io.BytesIO(raw)).read(f"ppt/theme/theme{n}.xml") for n in (1,))


def test_runs_have_a_language(taught: Library) -> None:
    """A screen reader knows in which language each word is."""
    for slide in made(taught).slides:
        for element in (slide._element, slide.notes_slide._element):
            assert all(one.find(f"{A}rPr").get("lang") for one in element.iter(f"{A}r"))


def test_the_same_deck_gives_the_same_bytes(small: Library) -> None:
    """Two files of one deck are equal, and another content has another name among those that are kept."""
    deck = slides.deck(small.items[ID], small, SITE)
    assert slides.written(deck) == slides.written(slides.deck(small.items[ID], small, SITE))
    assert slides.is_slides(slides.written(deck))
    assert not slides.is_slides(b"PK no zip")
    other = slides.deck(replace(small.items[ID], title="Another title"), small, SITE)
    assert slides.key(deck) == slides.key(slides.deck(small.items[ID], small, SITE)) != slides.key(other)


def test_the_deck_is_parted(small: Library) -> None:
    """PowerPoint shows the parts of a deck, and every slide is in one."""
    file = made(small)
    listed = [one.get("id") for one in file.part._element.iter() if str(one.tag).endswith("2010/main}sldId")]
    assert listed == [one.get("id") for one in file.slides._sldIdLst]


def test_colours_can_be_read() -> None:
    """Text on each background has the contrast that WCAG 2.2 asks for on level AA."""
    pairs = [("dk1", "lt2"), ("dk2", "lt2"), ("hlink", "lt2"), ("lt1", "accent1")]
    for ink, paper in pairs:
        high, low = sorted((_light(_COLOURS[ink]), _light(_COLOURS[paper])), reverse=True)
        assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, paper)


def _light(colour: str) -> float:
    parts = [int(colour[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return sum(weight * one for weight, one in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# --- what fits


def test_nothing_overflows_in_any_deck(real: Library) -> None:
    """Of every case and path of this repository each text fits its box, and no bullet is smaller than 18 points."""
    for item in (*real.cases, *real.paths):
        found = pages(item.id, real)
        assert 10 <= len(found) <= 36, item.id
        assert sum(page.slide.title == item.title for page in found) == 1, f"{item.id}: its title takes two slides"
        for page in found:
            _assert_fits(page, item.id)


def _assert_fits(page: fit.Page, name: str) -> None:
    layout = LAYOUTS[page.slide.layout]
    for index, part in ((1, page.entries), (2, page.right)):
        if part:
            assert fit.height(part, layout.box(index), page.size) <= layout.box(index).height, (name, page.title)
    head = layout.box(TITLE)
    assert fit.title_height(page.title, head, page.title_size) <= head.height, (name, page.title)
    assert page.size >= (12 if page.slide.title == "Sources" else SMALLEST), (name, page.title)


def test_what_is_written_has_the_size_that_was_fitted(taught: Library) -> None:
    """No run is smaller than its slide says, and nothing falls back on the size of a layout."""
    for slide in made(taught).slides:
        for shape in slide.placeholders:
            sizes = [int(one.find(f"{A}rPr").get("sz")) // 100 for one in shape._element.iter(f"{A}r")]
            small = title(slide) == "Sources" or any(name in shape.name for name in _SMALL)
            assert all(one >= (12 if small else SMALLEST) for one in sizes), (title(slide), shape.name)


def test_boxes_stand_on_the_slide_and_apart() -> None:
    """No placeholder of a layout leaves the slide, and none lies on another."""
    for layout in LAYOUTS.values():
        for one in layout.boxes:
            assert one.x >= 0
            assert one.x + one.width <= 960
            assert one.y + one.height <= 500, f"{layout.name}: {one.name} lies on the foot"
        for first, second in pairwise(layout.boxes):
            assert not _overlap(first, second), (layout.name, first.name, second.name)


def _overlap(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


def test_the_widths_are_those_of_the_typeface() -> None:
    """The table agrees with Liberation Sans, which is as wide as Arial, where the machine has it."""
    image_font = pytest.importorskip("PIL.ImageFont")
    text = "The quick brown fox jumps over the lazy dog, 1234567890 times: “no”, he said – twice (at least)."  # noqa: RUF001
    for name, bold in (("LiberationSans-Regular.ttf", False), ("LiberationSans-Bold.ttf", True)):
        try:
            font = image_font.truetype(name, 1000)
        except OSError:
            pytest.skip("Liberation Sans is not on this machine")
        real_width = font.getlength(text, features=["-kern"]) / 1000 if _has_raqm() else font.getlength(text) / 1000
        assert real_width <= metrics.width(text, bold=bold) <= real_width * 1.05


def _has_raqm() -> bool:
    features = pytest.importorskip("PIL.features")
    return bool(features.check("raqm"))


def test_a_long_list_becomes_several_slides() -> None:
    """Slides of one list have titles that count them, and the list is parted evenly."""
    slide = Slide("Steps", entries(["A step that takes a line of its own and some words more. " * 3] * 10))
    found = list(fit.pages(slide))
    assert [one.title for one in found] == [f"Steps ({number} of {len(found)})" for number in range(1, len(found) + 1)]
    assert len(found) > 1
    counts = [len(one.entries) for one in found]
    assert max(counts) - min(counts) <= 1


# --- texts that mean harm


HOSTILE = {
    "long-word": "W" * 900,
    "long-word-east-asian": "核" * 700,
    "controls": "a\x00b\x07c\x1b\ufffe\ud800</a:t><script>alert(1)</script>&lt;![CDATA[",
    "right-to-left": "الأمن النووي \u202eevil\u202c 核セキュリティ ความมั่นคง",
    "many-marks": "a" + "\u0301" * 500,
    "nothing": "   ",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_make_a_file_that_opens(small: Library, text: str) -> None:
    """Whatever a text holds, the file is whole, the words fit, and no sign stands in it that XML cannot hold."""
    case = small.cases[0]
    lessons = tuple(replace(one, lesson=text) for one in case.lessons)
    steps = tuple(replace(one, event=text) for one in case.timeline)
    bad = replace(case, title=f"Case {text}", summary=text, lessons=lessons, timeline=steps)
    library = replace(small, items={**small.items, ID: bad})
    file = made(library)
    for slide in file.slides:
        words = shown(slide) + said(slide)
        assert not re.search("[\x00-\x08\x0e-\x1f\u202a-\u202e\ufffe\ud800-\udfff]", words)
        assert title(slide)
    for page in pages(ID, library):
        _assert_fits(page, text[:9])


def test_right_to_left_runs_from_the_right(small: Library) -> None:
    """A paragraph in Arabic is set from the right."""
    case = replace(small.cases[0], summary="الأمن النووي", teaching=None)
    library = replace(small, items={**small.items, ID: case})
    slide = next(one for one in made(library).slides if title(one) == "What happened")
    look = slide.placeholders[1].text_frame.paragraphs[0]._p.pPr
    assert (look.get("rtl"), look.get("algn")) == ("1", "r")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://[javascript"])
def test_a_link_leads_to_the_web_alone(small: Library, url: str) -> None:
    """An address that is not of the web, or that nobody can read, is no link."""
    case = small.cases[0]
    bad = replace(case, sources=tuple(replace(one, url=url) for one in case.sources))
    raw = slides.written(slides.deck(bad, small, SITE))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        rels = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".rels"))
    assert b"javascript" not in rels


def test_runs_keep_the_blanks_between_them() -> None:
    """Cleaning a run does not glue it to the next one."""
    assert run(" a\x00  b ").text == " a b "
    assert entries(["x"])[0].paragraphs[0].style == BULLET


# --- on the site, and for oneself


def test_a_withdrawn_item_says_so(tmp_path: Path) -> None:
    """The address of the slides of a withdrawn case still answers, with one slide that says why."""
    case = support.base("case-study").replace("status: published", "status: withdrawn\nwithdrawn_reason: It was wrong.")
    library = support.library_of(tmp_path, {CASE: case, PRACTICE: support.base("best-practice")})
    assert [show.path for show in slides.shows(library)] == [f"cases/{ID}/slides.pptx"]
    file = list(made(library).slides)
    assert [title(one) for one in file] == [f"Withdrawn: {library.items[ID].title}"]
    assert "It was wrong." in shown(file[0])


def test_cases_and_paths_have_slides_at_fixed_addresses(taught: Library) -> None:
    """Practices have none; former ids answer too."""
    assert slides.addresses(taught, SITE, []) == {f"cases/{ID}/slides.pptx", f"paths/{PATH}/slides.pptx"}
    old = replace(taught.items[ID], aliases=("old-name",))
    known = replace(taught, items={**taught.items, ID: old})
    assert "cases/old-name/slides.pptx" in slides.addresses(known, SITE, [])
    assert isinstance(taught.items[PATH], LearningPath)


def test_pages_lead_to_slides_where_the_site_has_them(taught: Library) -> None:
    """Case and path link to their slides with format and size; a practice does not, nor a site without handouts."""
    sizes = {f"cases/{ID}/slides.pptx": 98_765}
    for site, count in ((SITE, 0), (replace(SITE, handouts=True), 1)):
        context = Context(taught, site, sizes=sizes)
        drawn = {item.id: str(page_of(item, context).content) for item in taught.items.values()}
        assert drawn[ID].count('href="slides.pptx"') == drawn[PATH].count('href="slides.pptx"') == count
        assert "slides.pptx" not in drawn["keep-a-register"]
    assert "</a> (PPTX, 99 kB)" in drawn[ID]


def test_the_build_keeps_slides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second build makes only what has changed, and forgets what nobody needs."""
    library = support.library_of(tmp_path, support.based("case-study"))
    paths = repository(tmp_path)
    first = mkdocs_plugin._slides(library, SITE, paths)
    (paths.handouts / "old.pptx").write_bytes(b"old")
    monkeypatch.setattr(slides, "written", lambda _: pytest.fail("nothing has changed"))
    assert mkdocs_plugin._slides(library, SITE, paths) == first
    assert [one.path for one in first] == [f"cases/{ID}/slides.pptx"]
    assert [one.suffix for one in paths.handouts.iterdir()] == [".pptx"]


def run_command(folder: Path, *arguments: str) -> Result:
    """Run `casebook slides` in a repository."""
    return CliRunner().invoke(main, ["-C", str(folder), "slides", *arguments], catch_exceptions=False)


def test_the_command_writes_slides(tmp_path: Path) -> None:
    """It writes what was named, and leaves the files of others."""
    support.write(tmp_path, support.based("case-study"))
    out = tmp_path / "out"
    done = run_command(tmp_path, ID, "--out", str(out))
    assert (done.exit_code, done.stderr) == (0, f"1 file written to {out}\n")
    file = out / f"{ID}-slides.pptx"
    assert f"{ID} · Nuclear Security Casebook · CC BY 4.0" in shown(Presentation(str(file)).slides[-1])
    file.write_bytes(b"mine")
    done = run_command(tmp_path, ID, "--out", str(out))
    assert (done.exit_code, file.read_bytes()) == (2, b"mine")
    assert "holds no slides of the Casebook, and stays; nothing was written" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["keep-a-register"], "there is no item `keep-a-register` of which slides can be made"),
        ([], "name a case or a learning path, or --all"),
    ],
)
def test_the_command_says_what_it_needs(tmp_path: Path, arguments: Iterable[str], words: str) -> None:
    """Names that are not known are trouble, with a remedy."""
    support.write(tmp_path, support.based("case-study"))
    done = run_command(tmp_path, *arguments)
    assert done.exit_code == 2
    assert words in done.stderr
    assert not list(tmp_path.glob("*.pptx"))


def test_nothing_that_is_made_is_in_the_repository() -> None:
    """The template is code: no presentation is kept."""
    assert not list((ROOT / "scripts").rglob("*.pptx"))
