"""Finding a precedent, in a real browser: the field, the page of results, facets, the finder, and without scripts."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import expect
from tests.browser.test_pages import violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

FIELD = "#site-search"
RESULTS = "#search-results > li"
NEWEST_FIRST = """() => {
  const years = [...document.querySelectorAll(".result-note")].map((note) => Number(note.textContent.split(" · ")[1]));
  return years.length === 10 && years.every((year, at) => at === 0 || year <= years[at - 1]);
}"""
TITLES = f"{RESULTS} > a:first-child"
STATUS = ".search-head [role=status]"


def results(page: Page) -> list[str]:
    """Return the addresses of the results that are shown, the best first, from the root of the site."""
    page.wait_for_selector(RESULTS)
    expect(page.locator(STATUS)).to_contain_text("result")
    links = page.locator(TITLES).evaluate_all("links => links.map(link => link.href)")
    return [str(link).split("/library/", 1)[1] for link in links]


def search(page: Page, address: str, query: str) -> list[str]:
    """Open the page of results with a query string, and return what it finds."""
    page.goto(f"{address}search/?{query}")
    return results(page)


def count(page: Page) -> int:
    """Return how many results the page says there are."""
    words = page.locator(STATUS).inner_text()
    return int(re.sub(r"\D", "", words.split(" result", maxsplit=1)[0]) or 0)


# The field at the top of each page


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_keys_lead_to_the_field_and_arrows_to_a_result(page: Page, address: str, keys: str) -> None:
    """From any page: a key, a question, an arrow, Enter, and the case is open."""
    page.goto(f"{address}about/")
    page.keyboard.press(keys)
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("guards asleep on duty")
    first = page.locator("[role=option]").first
    expect(first).to_contain_text("Peach Bottom")
    page.keyboard.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    assert page.locator(FIELD).get_attribute("aria-activedescendant") == first.get_attribute("id")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/peach-bottom-2007/")


def test_a_slash_in_a_field_is_a_slash(page: Page, address: str) -> None:
    """Who writes into a field is not sent to another one."""
    page.goto(f"{address}cases/")
    page.get_by_label("Filter this list").fill("")
    page.keyboard.type("a/b")
    assert page.get_by_label("Filter this list").input_value() == "a/b"


def test_results_come_while_typing_with_marks_and_parts(page: Page, address: str) -> None:
    """An unfinished word is enough; words are marked; a part of an item has a link of its own that leads there."""
    page.goto(address)
    page.locator(FIELD).click()
    page.keyboard.type("empty clinic radiothera")
    expect(page.locator("[role=option]").first).to_contain_text("Goiânia")
    assert page.locator(".search-panel mark").first.inner_text().casefold() in ("radiotherapy", "empty", "clinic")
    part = page.locator(".panel-part").first
    target = part.get_attribute("href") or ""
    part.click()
    page.wait_for_url(target)
    assert page.locator(f"[id='{target.partition('#')[2]}']").is_visible()


def test_enter_leads_to_all_results_and_escape_closes(page: Page, address: str) -> None:
    """Escape closes the panel and keeps the words; Enter without a choice opens the page of results."""
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("scrap metal")
    expect(page.locator(".site-search .search-panel")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".site-search .search-panel")).to_be_hidden()
    assert page.locator(FIELD).input_value() == "scrap metal"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=scrap+metal")
    assert any(one.startswith(("cases/", "practices/", "exercises/", "paths/")) for one in results(page))


def test_recent_searches_are_kept_and_forgotten(page: Page, address: str) -> None:
    """The last searches stand under the empty field, on this machine only, until the reader forgets them."""
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("two person rule")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    page.goto(address)
    page.locator(FIELD).click()
    recent = page.locator(".panel-recent")
    expect(recent).to_have_text("two person rule")
    page.get_by_role("button", name="Forget these searches").click()
    page.locator(FIELD).click()
    expect(page.locator(".site-search .search-panel")).to_be_hidden()
    assert page.evaluate("localStorage.getItem('casebook-searches')") is None


def test_nothing_found_comes_with_advice(page: Page, address: str) -> None:
    """Words that nothing holds lead to other ways, in the panel and on the page."""
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("xyzzyplugh")
    expect(page.locator(".site-search .panel-status")).to_have_text("Nothing found")
    assert page.locator(".panel-foot a", has_text="Describe your situation").is_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=xyzzyplugh")
    expect(page.locator(STATUS)).to_have_text("No results for “xyzzyplugh”")
    assert page.locator(".advice a", has_text="topic").is_visible()


def test_on_a_phone_the_field_opens_over_the_header(browser: Browser, address: str) -> None:
    """A tap on the glass opens the field across the screen, and results fit it."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)
    assert not page.locator(FIELD).is_visible()
    page.locator(".site-search-open").tap()
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("stolen truck")
    expect(page.locator("[role=option]").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    box = page.locator(".site-search .search-panel").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    context.close()


def test_the_open_panel_is_accessible(page: Page, address: str) -> None:
    """Axe finds nothing at the open panel."""
    page.goto(address)
    page.keyboard.press("/")
    page.keyboard.type("radiotherapy")
    page.wait_for_selector("[role=option]")
    assert violations(page) == []


# The page of results


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("old radiotherapy source left behind", "cases/goiania-1987/"),
        ("sleeping guards", "cases/peach-bottom-2007/"),
        ("borrowed access card", "cases/kashiwazaki-kariwa-2020/"),
        ("sabotage of a turbine", "cases/doel-4-2014/"),
    ],
)
def test_the_questions_of_the_first_page_find_their_case(
    page: Page, address: str, question: str, expected: str
) -> None:
    """Clicking an example question finds the right case among the first three."""
    page.goto(address)
    page.get_by_role("link", name=question, exact=True).click()
    page.wait_for_url("**/search/?q=*")
    assert expected in results(page)[:3]


def test_a_typed_question_is_searched(page: Page, address: str) -> None:
    """The question box of the first page leads to the results, and Enter does it."""
    page.goto(address)
    page.get_by_label("What are you worried about?").fill("scrap metal")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=scrap+metal")
    assert page.locator("#search-field").input_value() == "scrap metal"
    assert len(results(page)) > 3


def test_one_result_is_one_row_with_the_link_first(page: Page, address: str) -> None:
    """Each row begins with the link of its item, and parts of it lead to anchors that exist."""
    search(page, address, "q=lost+source")
    rows = page.locator(RESULTS)
    assert rows.count() == 10
    for row in rows.all():
        assert row.locator(":scope > *").first.evaluate("element => element.tagName") == "A"
    part = page.locator(".result-part a").first
    target = part.get_attribute("href") or ""
    part.click()
    page.wait_for_url(target)
    assert page.locator(f"[id='{target.partition('#')[2]}']").count() == 1


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("放射源 铱", "cases/nanjing-2014/"),
        ("핵안보 교육", "cases/insa-korea-2014/"),
        ("核不拡散", "cases/iscn-japan-2010/"),
        ("โคบอลต์", "cases/samut-prakarn-2000/"),
        ("監視カメラ", ""),
        ("Goiania", "cases/goiania-1987/"),
        ("GOIÂNIA", "cases/goiania-1987/"),
        ("Goyania", "cases/goiania-1987/"),
        ("HEU", "glossary/#highly-enriched-uranium"),
    ],
)
def test_other_scripts_accents_and_errors(page: Page, address: str, question: str, expected: str) -> None:
    """Words of other languages, with or without accents, and misspelt places are found."""
    found = search(page, address, f"q={quote_plus(question)}")
    assert expected in found[:2] if expected else found


def test_facets_combine_count_and_go_one_by_one(page: Page, address: str) -> None:
    """A count says how many are left; choices combine, stand in the address, and are taken away one by one."""
    search(page, address, "q=source")
    hospital = page.locator("details[data-facet=setting]")
    hospital.locator("summary").first.click()
    hospital.locator("details summary").click()
    label = hospital.locator("label", has_text="Hospital")
    said = int(label.locator(".count").inner_text())
    label.click()
    page.wait_for_url("**/search/?q=source&setting=hospital")
    expect(page.locator(STATUS)).to_contain_text(f"{said} result")
    assert count(page) == said
    page.locator("details[data-facet=outcome] summary").first.click()
    page.locator("details[data-facet=outcome] label", has_text="Harm").click()
    page.wait_for_url("**/search/?q=source&outcome=harm&setting=hospital")
    expect(page.locator(".chosen")).to_have_count(2)
    assert count(page) < said
    page.get_by_role("button", name="Remove Setting: Hospital or medical centre").click()
    page.wait_for_url("**/search/?q=source&outcome=harm")
    expect(page.locator(".chosen")).to_have_text(["Remove Outcome: Harm"])
    expect(page.locator(".chosen")).to_be_focused()
    page.go_back()
    page.wait_for_url("**/search/?q=source&outcome=harm&setting=hospital")
    expect(page.locator(".chosen")).to_have_count(2)


def test_every_facet_of_the_issue_is_there(page: Page, address: str) -> None:
    """All facets can be chosen from."""
    page.goto(f"{address}search/")
    page.wait_for_selector("details[data-facet=kind]")
    names = page.locator("details.facet").evaluate_all("boxes => boxes.map(box => box.dataset.facet)")
    assert set(names) >= {
        "kind", "topic", "factor", "setting", "region", "country", "decade", "outcome", "material", "organisation",
        "state", "audience", "level",
    }  # fmt: skip


def test_an_address_can_be_shared(page: Page, browser: Browser, address: str) -> None:
    """Another reader with the same address sees the same results in the same order."""
    query = "q=theft+of+material&kind=case-study&region=europe&sort=event"
    mine = search(page, address, query)
    context = browser.new_context()
    other = context.new_page()
    assert search(other, address, query) == mine
    assert other.locator("select[name=sort]").input_value() == "event"
    context.close()


def test_sorting_by_date(page: Page, address: str) -> None:
    """By date of event the newest stands first, and the order stands in the address."""
    search(page, address, "q=source&kind=case-study")
    page.get_by_label("Sort by").select_option("event")
    page.wait_for_url("**&sort=event")
    expect(page.locator(RESULTS)).to_have_count(10)
    # The address changes at once and the list a moment later, with as many results as before.
    page.wait_for_function(NEWEST_FIRST)
    years = [int(note.split(" · ")[1]) for note in page.locator(".result-note").all_inner_texts()]
    assert years == sorted(years, reverse=True)
    page.get_by_label("Sort by").select_option("added")
    page.wait_for_url("**&sort=added")


def test_facets_without_a_question_list_everything(page: Page, address: str) -> None:
    """Without a question the choices alone make a list, newest event first, and more can be shown."""
    search(page, address, "topic=insider-threat")
    total = count(page)
    assert total > 10
    page.get_by_role("button", name=re.compile("^Show 10 more")).click()
    expect(page.locator(RESULTS)).to_have_count(min(20, total))
    expect(page.locator(TITLES).nth(10)).to_be_focused()


@pytest.mark.parametrize("query", ["kind=nonsense", "q=%20%20", ""])
def test_without_a_question_there_are_items_alone(page: Page, address: str, query: str) -> None:
    """Blank words and an unknown kind are no question and no choice: the items are listed."""
    found = search(page, address, query)
    assert all(one.startswith(("cases/", "practices/")) for one in found)
    assert count(page) == page.evaluate("fetch('../api/v1/library.json').then(r => r.json()).then(l => l.items.length)")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("q=source&topic=nonsense", "There is no such choice, so it was left out: Topic: nonsense."),
        ("q=source&colour=red", "There is no such choice, so it was left out: colour: red."),
        ("q=source&topic=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "Topic: <img src=x onerror=alert(1)>."),
        (f"q={'source+' * 900}", "The question was long; its first 2,000 letters were read."),
        ("q=Goyania", "No item has “goyania”; these have “goiania”."),
    ],
)
def test_bad_input_is_answered_in_words(page: Page, address: str, query: str, words: str) -> None:
    """Unknown choices, long questions and errors in spelling are said, and results come all the same."""
    assert search(page, address, query)
    expect(page.locator(".search-notes")).to_contain_text(words)


@pytest.mark.parametrize(
    "question",
    [
        "<script>document.title='gone'</script>",
        "<img src=x onerror=\"document.title='gone'\">",
        "\x00\x01\u202e",
        "%E0%A4%A",
        "a" * 5000,
    ],
)
def test_markup_and_control_characters_do_nothing(page: Page, address: str, question: str) -> None:
    """What is typed is text and nothing else; the page stays sound."""
    page.goto(f"{address}search/?q={quote_plus(question)}")
    expect(page.locator(STATUS)).to_contain_text("result")
    page.locator("#search-field").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_contain_text("result")
    assert page.title().startswith("Search")
    assert page.locator("#search-results script, #search-results img, .search-head img").count() == 0


def test_a_lost_connection_is_said(page: Page, address: str, complaints: list[str]) -> None:
    """When the index cannot be loaded the page says so, and searching again works when it is back."""
    page.route("**/assets/search/**", lambda route: route.abort())
    page.goto(f"{address}search/?q=source")
    expect(page.locator(STATUS)).to_contain_text("could not be loaded")
    page.unroute("**/assets/search/**")
    complaints.clear()
    page.get_by_role("button", name="Search", exact=True).click()
    assert results(page)


def test_a_search_asks_nobody_else(page: Page, address: str, asked: list[str]) -> None:
    """All requests of a search go to the site itself."""
    search(page, address, "q=sabotage&kind=case-study")
    page.goto(f"{address}find/")
    page.get_by_label("Or describe your situation").fill("a store that nobody guards")
    page.get_by_role("button", name="Find precedents").click()
    page.wait_for_selector("#find-results > li")
    assert [url for url in asked if not url.startswith((address, "data:"))] == []


# The precedent finder


def find(page: Page) -> list[str]:
    """Press the button of the finder and return the titles that it finds."""
    page.get_by_role("button", name="Find precedents").click()
    page.wait_for_selector("#find-results > li")
    return page.locator("#find-results > li > a:first-child").all_inner_texts()


def test_the_finder_gives_precedents_with_reasons(page: Page, address: str) -> None:
    """Setting, what is protected, worry and stage lead to cases, each with the reason in words, and to a first step."""
    page.goto(f"{address}find/")
    page.get_by_label("Where do you work?").select_option("hospital")
    page.get_by_label("What do you protect?").select_option("disused-source")
    page.get_by_label("At what stage?").select_option("end-of-life")
    page.get_by_text("More exactly: what could go wrong").click()
    page.get_by_label("No end-of-life provision").check()
    titles = find(page)
    assert any("Goiânia" in title for title in titles[:3])
    row = page.locator("#find-results > li").nth(next(at for at, title in enumerate(titles) if "Goiânia" in title))
    why = row.locator(".result-why").inner_text()
    assert why.startswith("Why: Same setting: hospital or medical centre;")
    assert "no end-of-life provision" in why
    first = page.locator(".find-first")
    expect(first).to_contain_text("What to do first")
    assert first.locator("a[href*='#first-step']").count() == 2
    assert first.locator("a", has_text="Lesson of:").count() == 1


def test_the_finder_reads_a_description(page: Page, address: str) -> None:
    """A pasted paragraph is enough; what was read from it is shown and can be taken away; the address stays empty."""
    page.goto(f"{address}find/")
    page.get_by_label("Or describe your situation").fill(
        "Our hospital moves to a new building next month. The old cobalt machine still stands in the cellar, and "
        "nobody knows who has to pay for taking it away."
    )
    titles = find(page)
    assert any(name in " ".join(titles[:3]) for name in ("Goiânia", "A way out for disused sources"))
    assert "Your words:" in page.locator(".result-why").first.inner_text() or "your words:" in page.content()
    chips = page.locator(".find-read button")
    before = chips.count()
    assert before >= 2
    chips.first.click()
    expect(chips).to_have_count(before - 1)
    expect(chips.first).to_be_focused()
    assert page.url == f"{address}find/"
    assert page.evaluate("localStorage.length") == 0 or "cobalt" not in page.evaluate("JSON.stringify(localStorage)")


def test_what_the_finder_found_is_accessible(page: Page, address: str) -> None:
    """Axe finds nothing at the reasons, the first steps and the open choices."""
    page.goto(f"{address}find/")
    page.get_by_text("More exactly: what could go wrong").click()
    page.get_by_label("Or describe your situation").fill(
        "A source was lost on the road and the driver told nobody about it"
    )
    find(page)
    assert violations(page) == []


def test_an_empty_situation_is_answered_in_words(page: Page, address: str) -> None:
    """Nothing chosen and nothing written: the page says what to do, and beginning again clears it."""
    page.goto(f"{address}find/")
    page.get_by_role("button", name="Find precedents").click()
    said = page.locator("[data-finder-status]")
    expect(said).to_contain_text("Choose something above, or describe your situation")
    page.get_by_role("button", name="Begin again").click()
    expect(said).to_be_empty()
    expect(page.locator("[data-finder-results]")).to_be_empty()


def test_search_and_finder_work_from_disk(page: Page, site: Path, asked: list[str]) -> None:
    """From a memory stick: the finder finds, its links open, the field searches, and nothing asks the network."""
    page.goto(f"{(site / 'find' / 'index.html').as_uri()}")
    page.get_by_label("Or describe your situation").fill("guards asleep at night")
    assert any("Peach Bottom" in title for title in find(page)[:2])
    page.locator("#find-results a", has_text="Peach Bottom").first.click()
    page.wait_for_url("**/cases/peach-bottom-2007/index.html")
    page.keyboard.press("/")
    page.keyboard.type("turbine")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/index.html?q=turbine")
    assert results(page)[0] == "cases/doel-4-2014/index.html"
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []


# Without scripts


def test_without_scripts_forms_and_lists_lead_on(browser: Browser, address: str) -> None:
    """The field leads to a page that says what is missing, with lists that lead to every case."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.locator("#ask").fill("scrap metal")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=scrap+metal")
    expect(page.locator(".banner").first).to_contain_text("needs JavaScript")
    assert not page.locator("[data-search-page]").is_visible()
    page.get_by_role("link", name="By setting").click()
    page.get_by_role("link", name="Hospital or medical centre").first.click()
    page.locator("a", has_text="Goiânia").first.click()
    page.wait_for_url("**/cases/goiania-1987/")
    page.goto(f"{address}find/")
    assert not page.locator("form[data-finder]").is_visible()
    expect(page.locator(".banner").first).to_contain_text("needs JavaScript")
    context.close()


def test_every_address_in_the_index_exists(site: Path) -> None:
    """Each record and each part leads to a page, and to an anchor on it."""
    folder = next(path for path in (site / "assets" / "search").iterdir() if path.is_dir())
    pages: dict[str, set[str]] = {}
    for path in folder.glob("record-*.js"):
        shown: list[Any] = json.loads(path.read_text(encoding="utf-8").split(",", 1)[1].rstrip().removesuffix(")"))
        address, _, anchor = str(shown[2]).partition("#")
        wanted = {anchor, *(part[0] for part in shown[5])} - {""}
        if address not in pages:
            html = (site / address / "index.html").read_text(encoding="utf-8")
            pages[address] = set(re.findall(r'\bid="?([^"\s>]+)', html))
        assert wanted <= pages[address], (address, wanted - pages[address])
