"""What an instructor does with a course of their own, in a real browser: choose, order, note, share, take along."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING, Any

import docx
import pptx
import pytest
import rispy
from playwright.sync_api import expect
from pybtex.database import parse_string
from tests.browser.conftest import SITE_URL
from tests.browser.test_pages import COLOURS, PALETTE, violations
from tests.packages import MISSING, SCHEMAS, cartridge, valid, xml

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

CASE, PRACTICE, OTHER = "goiania-1987", "two-person-rule", "karlsruhe-2001"
CASE_TITLE = "A radiotherapy source left behind in an empty clinic: Goiânia, 1987"
NOTE = "Read <b>stage 1</b> & decide.\n# No heading; [no](link) *at all*"
COURSE = (
    "#c=1;Insiders%3B%20week%201;~Day%201;two-person-rule@1;goiania-1987@1~45~"
    "Read%20%3Cb%3Estage%201%3C%2Fb%3E%20%26%20decide%2E%0A%23%20No%20heading%3B%20%5Bno%5D%28link%29%20%2Aat%20all%2A"
)
# A former id, an item that is gone, one that never was, and words that are no markup.
SHARED = (
    "#c=1;%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E;~Day%201;goiania-old@1~45~%3Cb%3EOurs%3C%2Fb%3E;"
    "two-person-rule@1;acerinox-1998@1;nothing-such;../etc"
)
BROKEN = '{"shape": 1, "title": [], "entries": [null, {"id": "<"}, {"id": "a", "note": {}}]}'


def later(site: Path) -> str:
    """Return the script with the versions as it may be in a year."""
    text = (site / "assets/changes/versions.js").read_text(encoding="utf-8")
    facts: dict[str, Any] = json.loads(json.loads(text[text.index("(") + 1 : text.rindex(")")]))
    items = {item["id"]: item for item in facts["items"]}
    items[CASE]["aliases"] = ["goiania-old"]
    items["acerinox-1998"] |= {"withdrawn": "The source was wrong.", "successor": CASE}
    items[PRACTICE]["versions"].append([9, "2027-11-25", "<b>A rule</b> was corrected."])
    return f"self.casebookVersions = JSON.parse({json.dumps(json.dumps(facts))});"


def chosen(page: Page, address: str) -> None:
    """Add two items where they stand, put them in the other order, and give a heading, minutes and a note."""
    page.goto(f"{address}cases/{CASE}/")
    count = page.locator("a[data-basket-count]")
    expect(count).to_be_hidden()
    page.get_by_role("button", name="Add to my course").click()
    expect(page.locator("[data-basket-status]")).to_contain_text("Added. Your course has 1 item.")
    page.goto(f"{address}practices/")
    page.locator("tr", has=page.locator(f"a[data-basket={PRACTICE}]")).get_by_role("button").click()
    expect(count).to_have_accessible_name("My course, 2 items")
    count.click()
    page.get_by_label("Title of the course").fill("Insiders; week 1")
    page.get_by_role("button", name="Move up: The two-person rule").press("Enter")
    expect(page.locator("[data-basket-said]")).to_contain_text("now in place 1 of 2.")
    expect(page.locator(":focus")).to_have_accessible_name(re.compile("^Move down: The two-person rule"))
    page.get_by_label("Minutes").nth(1).fill("45")
    page.get_by_label("Note").nth(1).fill(NOTE)
    page.get_by_role("button", name="Add a heading").click()
    page.keyboard.type("Day 1")
    for _ in range(2):
        page.get_by_role("button", name="Move up: Day 1").click()


@pytest.fixture
def course(page: Page, address: str) -> Page:
    """The page with the same course, taken over from an address."""
    page.goto(f"{address}basket/{COURSE}")
    page.get_by_role("button", name="Take it over").click()
    return page


def shown(page: Page) -> list[str]:
    """Return the entries of the course on the page: ids of items, and headings."""
    names = "one => one.querySelector('[data-field=heading]')?.value ?? one.querySelector('a').href.split('/').at(-2)"
    found: list[str] = page.locator(".basket-list > li").evaluate_all(f"all => all.map({names})")
    return found


def taken(page: Page, button: str) -> tuple[str, bytes]:
    """Press a button and return name and content of the file that comes."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_from_two_items_to_a_course(page: Page, address: str) -> None:
    """Items are added while browsing; order, minutes and note stay after a reload, and stand in the address."""
    chosen(page, address)
    page.reload()
    assert shown(page) == ["Day 1", PRACTICE, CASE]
    written = page.get_by_label("Address of this course").input_value()
    assert re.sub(r"@\d+", "@1", written) == f"{address}basket/{COURSE}"
    assert [taken(page, button)[0] for button in ("Markdown", "RIS")] == ["insiders-week-1.md", "insiders-week-1.ris"]


def test_a_course_is_kept_and_undone(course: Page, address: str) -> None:
    """What is changed in one tab is changed in the others; what is removed comes back."""
    course.reload()
    assert shown(course) == ["Day 1", PRACTICE, CASE]
    assert course.get_by_label("Minutes").nth(1).input_value() == "45"
    assert course.get_by_label("Note").nth(1).input_value() == NOTE
    expect(course.locator("[data-basket-total]")).to_have_text("Together: 2 items, 55 min")
    assert violations(course) == []
    # Colours change at once, and not while they are looked at.
    course.emulate_media(reduced_motion="reduce")
    course.evaluate(PALETTE, "slate")
    assert violations(course, rules=COLOURS) == []
    course.set_viewport_size({"width": 320, "height": 700})
    assert course.evaluate("document.documentElement.scrollWidth") <= 320

    other = course.context.new_page()
    other.goto(f"{address}cases/{CASE}/")
    button = other.locator("button[data-basket]")
    expect(button).to_have_text("✓ In my course")
    button.click()
    expect(course.locator(".basket-list > li")).to_have_count(2)
    course.get_by_label("Add an item").fill(f"First {address}cases/{CASE}/v/1/, then {OTHER}@1.")
    course.get_by_role("button", name="Add", exact=True).click()
    assert shown(course) == ["Day 1", PRACTICE, CASE, OTHER]
    expect(button).to_have_text("✓ In my course")
    course.get_by_role("button", name="Remove: The two-person rule").click()
    assert shown(course) == ["Day 1", CASE, OTHER]
    course.get_by_role("button", name="Undo").click()
    assert shown(course) == ["Day 1", PRACTICE, CASE, OTHER]
    link = course.get_by_role("link", name="what has changed since").get_attribute("href") or ""
    assert re.search(r"changed-since/\?items=two-person-rule@\d,goiania-1987@1,karlsruhe-2001@1$", link)


def test_a_course_goes_along_in_every_form(course: Page) -> None:
    """Each file holds the course and opens in a strict reader of its format."""
    asked: list[str] = []
    course.on("request", lambda request: asked.append(request.url))
    name, data = taken(course, "Markdown")
    text = data.decode("utf-8")
    assert name == "insiders-week-1.md"
    head = "# Insiders; week 1\n\nReading list, 55 min.\n\n## Day 1 (55 min)\n\n"
    assert text.startswith(f"{head}1. [The two-person rule")
    assert f"\n2. [{CASE_TITLE}]({SITE_URL}cases/{CASE}/): case study, version " in text
    assert r"Read \<b\>stage 1\</b\> \& decide." in text
    assert r"\# No heading; \[no\](link) \*at all\*" in text
    assert [one for one in asked if not one.startswith("blob:")] == [one for one in asked if "basket-exports.js" in one]

    name, data = taken(course, "Word (.docx)")
    document = docx.Document(io.BytesIO(data))
    words = [(one.style.name, one.text) for one in document.paragraphs if one.style]
    assert words[:2] == [("Title", "Insiders; week 1"), ("Normal", "Reading list, 55 min")]
    assert words[2] == ("Heading 1", "Day 1 (55 min)")
    assert ("Note", "Read <b>stage 1</b> & decide.") in words
    links = [link.address for one in document.paragraphs for link in one.hyperlinks]
    assert links == [f"{SITE_URL}practices/{PRACTICE}/", f"{SITE_URL}cases/{CASE}/"]

    slides = pptx.Presentation(io.BytesIO(taken(course, "PowerPoint (.pptx)")[1])).slides
    titles = [one.shapes.title.text for one in slides if one.shapes.title]
    assert titles == ["Insiders; week 1", "Day 1", titles[2], CASE_TITLE, "Discuss"]
    lessons = [one.text_frame.paragraphs for one in slides[3].placeholders]
    assert [len(one) for one in lessons] == [1, 4, 1]
    assert lessons[1][0].text == "Lessons"
    assert lessons[2][0].runs[0].hyperlink.address == f"{SITE_URL}cases/{CASE}/"

    entries = parse_string(taken(course, "BibTeX")[1].decode("utf-8"), "bibtex").entries
    assert len(entries) == 2
    records = rispy.loads(taken(course, "RIS")[1].decode("utf-8"))
    assert [one["title"] for one in records][1] == CASE_TITLE
    titles = [one["title"] for one in json.loads(taken(course, "CSL-JSON")[1])]
    assert titles == [one["title"] for one in records]
    lines = taken(course, "Text")[1].decode("utf-8").split("\n\n")
    assert CASE in lines[1]


def test_a_course_becomes_a_cartridge(course: Page) -> None:
    """The package keeps the rules and the schemas of IMS, and holds notes, discussions and quizzes of its items."""
    name, data = taken(course, "Common Cartridge")
    assert name == "insiders-week-1.imscc"
    files = cartridge(data)
    expect(course.locator("[data-basket-said]")).to_have_text(f"{name} is in your downloads.")
    assert b"&lt;b&gt;stage 1&lt;/b&gt; &amp; decide." in files[f"pages/{CASE}._note.html"].replace(b"<p>Read ", b"")
    manifest = xml(files["imsmanifest.xml"])
    titles = [str(one.text) for one in manifest.iterfind(".//{*}item/{*}item/{*}title")]
    assert titles[0] == "Day 1"
    assert CASE_TITLE in titles
    assert f"quizzes/{CASE}.quiz.xml" in files
    assert f"discussions/{CASE}.question-1.xml" in files
    assert files[f"links/{CASE}.item.xml"].count(f"{SITE_URL}cases/{CASE}/".encode()) == 1
    if not SCHEMAS.is_dir():
        pytest.skip(MISSING)
    for path, content in files.items():
        if path.endswith(".xml"):
            valid(content)


def test_a_shared_address_is_looked_at_and_taken_over(course: Page, browser: Browser, address: str, site: Path) -> None:
    """Who opens the address of a course takes it over; an address from anywhere does no harm and hides nothing."""
    shared = course.get_by_label("Address of this course").input_value()
    context = browser.new_context()
    page = context.new_page()
    page.goto(shared)
    expect(page.get_by_role("heading", name="A course that somebody shares: Insiders; week 1")).to_be_visible()
    assert violations(page) == []
    assert shown(page) == []
    page.get_by_role("button", name="Take it over").click()
    assert page.url == f"{address}basket/"
    assert shown(page) == ["Day 1", PRACTICE, CASE]
    assert page.get_by_label("Note").nth(1).input_value() == NOTE
    assert page.get_by_label("Address of this course").input_value() == shared

    facts = later(site)
    page.route("**/changes/versions.js", lambda route: route.fulfill(body=facts, content_type="text/javascript"))
    page.goto("about:blank")
    page.goto(f"{address}basket/{SHARED}")
    panel = page.locator("[data-basket-shared]")
    expect(panel).to_contain_text("<img src=x onerror=alert(1)>")
    expect(panel).to_contain_text("1 entry of the address could not be read.")
    expect(panel).to_contain_text("goiania-old is now goiania-1987.")
    assert shown(page) == ["Day 1", PRACTICE, CASE]
    page.get_by_role("button", name="Replace my course").click()
    rows = page.locator(".basket-list > li")
    expect(rows).to_have_count(5)
    expect(rows.nth(1)).to_contain_text(CASE_TITLE)
    assert page.get_by_label("Note").nth(0).input_value() == "<b>Ours</b>"
    expect(rows.nth(2)).to_contain_text("Changed Version 9, 25 November 2027: <b>A rule</b> was corrected.")
    expect(rows.nth(3)).to_contain_text("Withdrawn")
    expect(rows.nth(4)).to_contain_text("There is no item nothing-such.")
    rows.nth(2).get_by_role("button", name="take version 9").click()
    expect(rows.nth(2)).not_to_contain_text("Changed")
    page.goto(f"{address}basket/#c=1;%E0%A4%A")
    expect(page.locator("[data-basket-said]")).to_contain_text("it cannot be read")
    page.evaluate("kept => localStorage.setItem('casebook-course', kept)", BROKEN)
    page.goto(f"{address}cases/{CASE}/")
    expect(page.get_by_role("button", name="Add to my course")).to_be_visible()
    context.close()


def test_a_course_from_a_memory_stick(page: Page, site: Path) -> None:
    """From a disk everything works too, and nothing is asked of anybody else."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "basket/index.html").as_uri() + f"#c=1;On%20disk;{CASE};{PRACTICE}~5")
    page.get_by_role("button", name="Take it over").click()
    assert CASE in taken(page, "Text")[1].decode("utf-8")
    cartridge(taken(page, "Common Cartridge")[1])
    assert {one.partition(":")[0] for one in asked} == {"file"}
    page.get_by_label("Add an item").fill("first-line-officer")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="steps instead").click()
    expect(page.locator(".basket-list > .basket-heading")).to_have_count(1)
    assert page.locator(".basket-list > .basket-item").count() > 5
    page.emulate_media(media="print")
    expect(page.locator("[data-basket-paper]")).to_contain_text(f"{SITE_URL}cases/{CASE}/")
    expect(page.locator("[data-basket-paper] h1")).to_be_visible()
    expect(page.get_by_label("Title of the course")).to_be_hidden()


def test_without_scripts_the_page_says_what_it_is(browser: Browser, address: str) -> None:
    """Nobody is left with an empty page or a button that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}basket/")
    assert "This page needs JavaScript" in (page.locator("noscript").text_content() or "")
    page.goto(f"{address}cases/{CASE}/")
    expect(page.get_by_role("button", name="Add to my course")).to_be_hidden()
    context.close()


def test_what_is_missing_is_said(browser: Browser, address: str) -> None:
    """Parts that do not arrive and a browser that keeps nothing are told; what can be made is made."""
    context = browser.new_context()
    page = context.new_page()
    said = page.locator("[data-basket-said]")
    page.route(f"**/courses/{CASE}.js", lambda route: route.abort())
    page.goto(f"{address}basket/{COURSE}")
    page.get_by_role("button", name="Take it over").click()
    files = cartridge(taken(page, "Common Cartridge")[1])
    expect(said).to_contain_text(re.compile(f"Not whole: of .{CASE_TITLE}. only the link[.]$"))
    assert f"links/{CASE}.item.xml" in files
    page.route("**/js/basket-exports.js", lambda route: route.abort())
    page.reload()
    page.get_by_role("button", name="Markdown").click()
    expect(said).to_contain_text("The file could not be made")
    page.route("**/basket/facts.js", lambda route: route.abort())
    page.reload()
    expect(said).to_contain_text("It is still kept: try again later.")

    page.unroute_all()
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})")
    page.goto(f"{address}cases/{CASE}/")
    page.get_by_role("button", name="Add to my course").click()
    expect(page.locator("[data-basket-status]")).to_contain_text("This browser keeps nothing")
    page.goto(f"{address}basket/{COURSE}")
    page.get_by_role("button", name="Take it over").click()
    expect(said).to_contain_text("Its address keeps it.")
    assert shown(page) == ["Day 1", PRACTICE, CASE]
    page.get_by_role("button", name="Remove: The two-person rule").click()
    assert shown(page) == ["Day 1", CASE]
    context.close()
