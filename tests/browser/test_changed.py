"""What an instructor does with 'Changed since', in a real browser: paste, read, keep the address, come back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect
from tests.browser.test_pages import violations

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page, Route

PASTED = """<p>Read <a href="https://old.example/casebook/cases/goiania-1987/v/1/">the case</a>, and
Casebook editors (2026). Nuclear Security Casebook, best practice two-person-rule, version 1.
karlsruhe-2001@7, goianai-1987@1, acerinox-1998@1 and /cases/kashiwazaki-kariwa-2020/</p>"""
STATES = ["Withdrawn", "Not found", "Not found", "Changed", "Version not named", "Not changed"]


def later(site: Path) -> str:
    """Return the script with the versions as it may be in a year: one item has changed, one is withdrawn."""
    text = (site / "assets/changes/versions.js").read_text(encoding="utf-8")
    facts: dict[str, Any] = json.loads(json.loads(text[text.index("(") + 1 : text.rindex(")")]))
    items = {item["id"]: item for item in facts["items"]}
    # What the library itself has changed meanwhile does not count here.
    for item in items.values():
        item["versions"] = [[1, "2026-11-24", "First publication."]]
    items["goiania-1987"]["versions"].append([2, "2027-11-25", "<b>A figure</b> was corrected.", 1])
    items["acerinox-1998"] |= {"withdrawn": "The source was wrong.", "successor": "goiania-1987"}
    return f"self.casebookVersions = JSON.parse({json.dumps(json.dumps(facts))});"


def version(site: Path, item_id: str) -> int:
    """Return the version of an item on the site."""
    items = json.loads((site / "api/v1/library.json").read_text(encoding="utf-8"))["items"]
    return next(int(item["version"]) for item in items if item["id"] == item_id)


def states(page: Page) -> list[str]:
    """Return the states of the answers on the page, in their order."""
    return page.locator(".answers .state").all_inner_texts()


def test_paste_read_keep_and_come_back(page: Page, address: str, site: Path, asked: list[str]) -> None:
    """A pasted page is answered; the address in the bar asks for the same again; nothing is asked of the server."""

    def answer(route: Route) -> None:
        route.fulfill(body=later(site), content_type="text/javascript")

    page.route("**/assets/changes/versions.js", answer)
    page.goto(f"{address}changed-since/")
    asked.clear()
    field = page.get_by_label("Your course page")
    field.fill(PASTED)
    # From the field to the file, the day with its three parts and its calendar, and the button: without a mouse.
    field.focus()
    for _ in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    assert states(page) == STATES
    # A browser looks at the icon of the page again when the address in the bar changes.
    assert {one.rpartition("/")[2] for one in asked} <= {"mark.svg"}
    changed = page.locator(".answers tr", has_text="goiania-1987").nth(2)
    expect(changed).to_contain_text("Version 2, 25 November 2027: <b>A figure</b> was corrected.")
    compare = changed.get_by_role("link", name="Compare")
    assert compare.evaluate("link => link.href") == f"{address}cases/goiania-1987/v/2/changes/"
    expect(page.get_by_role("link", name="Use instead")).to_have_attribute("href", f"{address}cases/goiania-1987/")
    expect(page.locator(".answers")).to_contain_text("There is no item goianai-1987. Did you mean goiania-1987?")
    expect(page.locator(".answers")).to_contain_text("karlsruhe-2001 has version 1 only, and no version 7.")
    expect(page.get_by_role("status")).to_contain_text("Name the version that you have")

    kept = page.locator("[data-changed-address]").inner_text()
    assert kept == page.url
    assert kept == (
        f"{address}changed-since/?items="
        "acerinox-1998@1,karlsruhe-2001@7,goiania-1987@1,kashiwazaki-kariwa-2020,two-person-rule@1"
    )
    assert f"  {address}cases/goiania-1987/" in (page.locator("[data-changed-report]").text_content() or "")
    assert violations(page) == []
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390

    page.goto(f"{kept}&since=2027-11-25")
    assert states(page) == ["Withdrawn", "Not found", "Changed", "Not changed", "Not changed"]
    page.goto(f"{address}changed-since/?items=goiania-1987&since=2027-13-01")
    expect(page.get_by_role("status")).to_have_text(
        "2027-13-01 is no day. Write it as year, month and day: 2026-11-24."
    )
    assert states(page) == []


def test_files_and_a_memory_stick(page: Page, site: Path, tmp_path: Path) -> None:
    """It works from a disk; a file of text is read, and one that is no text is refused in words."""
    case, practice = (f"{one}@{version(site, one)}" for one in ("goiania-1987", "two-person-rule"))
    page.goto(f"{(site / 'changed-since' / 'index.html').as_uri()}?items={case}")
    assert states(page) == ["Not changed"]
    link = page.locator(".answers").get_by_role("link", name="Goiânia")
    assert link.evaluate("link => link.href") == (site / "cases/goiania-1987/index.html").as_uri()
    course, word = tmp_path / "course.csv", tmp_path / "course.docx"
    course.write_text(f"{practice};week 2\n{case};week 3\n", encoding="utf-8")
    word.write_bytes(b"PK\x03\x04\0\0")
    page.get_by_label("Or open a file").set_input_files(course)
    expect(page.locator(".answers .state")).to_have_text(["Not changed"] * 2)
    assert page.url.endswith(f"?items={practice},{case}")
    page.get_by_label("Or open a file").set_input_files(word)
    expect(page.get_by_role("status")).to_contain_text("course.docx is no plain text. Save it as .txt")
    assert states(page) == []
    page.get_by_role("button", name="Begin again").click()
    page.get_by_role("button", name="Show what has changed").click()
    expect(page.get_by_role("status")).to_contain_text("Paste a text into the box first")
    assert case not in page.locator("[data-changed-report]:visible").all_inner_texts()


def test_without_scripts_the_page_says_where_to_look(page: Page, address: str) -> None:
    """Where the script with the versions does not arrive, the page says what to do instead of nothing."""
    page.route("**/assets/changes/versions.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(f"{address}changed-since/")
    expect(page.get_by_role("status")).to_contain_text("could not be loaded")
    assert page.locator("noscript").inner_text().count("changes/") == 1
    expect(page.get_by_label("Your course page")).to_be_hidden()
