"""A learning path in a real browser: questions before going on, progress that is kept here, and a new start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATH = "paths/senior-official-fifteen-minutes/"


def test_a_path_is_walked_and_remembered(page: Page, address: str) -> None:
    """A step with open questions asks once more; what is done is still done after a reload, and can be forgotten."""
    page.goto(f"{address}{PATH}")
    steps, progress = page.locator("[data-step]"), page.locator(".path-progress")
    count = steps.count()
    expect(progress).to_contain_text(f"0 of {count} steps done, about 15 minutes left.")
    first, button = steps.first, steps.first.get_by_role("button", name="step 1")
    button.click()
    expect(first.locator(".path-note")).to_contain_text("1 question is still open. Answer first, or press again")
    expect(progress).to_contain_text("0 of")
    first.get_by_role("radio").first.check()
    first.get_by_role("button", name="Check").click()
    expect(first.locator("[data-question]")).not_to_have_attribute("data-state", "")
    button.click()
    expect(progress).to_contain_text(f"1 of {count} steps done, about 10 minutes left.")
    expect(first).to_have_attribute("data-state", "done")
    expect(steps.nth(1)).to_have_attribute("data-state", "next")
    first.get_by_role("link", name="Go on to step 2").click()
    assert page.evaluate("location.hash").startswith("#step-")

    page.reload()
    expect(progress).to_contain_text(f"1 of {count} steps done")
    assert page.evaluate("document.querySelector('.path-progress progress').value") == 1
    expect(first.get_by_role("radio").first).to_be_checked()
    progress.get_by_role("button", name="Start the path again").click()
    expect(progress).to_contain_text(f"0 of {count} steps done")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('casebook-path'))") == []


def test_a_step_can_be_left_without_answers(page: Page, address: str) -> None:
    """Pressing twice goes on without; a step that was done can be open again."""
    page.goto(f"{address}{PATH}")
    step = page.locator("[data-step]").nth(1)
    button = step.get_by_role("button", name="step 2")
    button.click()
    button.click()
    expect(step).to_have_attribute("data-state", "done")
    expect(button).to_have_text("Not done after all")
    button.click()
    expect(page.locator(".path-progress")).to_contain_text("0 of")
