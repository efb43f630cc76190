"""The live preview: a saved change shows, a broken item is named and left out, and the rest stays."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest
from tests.browser.conftest import small_repository
from tests.support import CASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

# Far more than is needed: a bound for a machine under load, not a wait.
PATIENCE = 120.0
DRAFT = """---
id: unfinished-2002
title: 'An unfinished case: Town, 2002'
summary: A short text that says what the case will be about, long enough to be one.
status: draft
topics: [insider-threat]
sources:
- {id: s1, title: A report, type: official-report}
---

## What happened

Words. [^s1]
"""


def until(happens: Callable[[], object]) -> None:
    """Wait until something happens; fail when it does not."""
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small repository: what is tried here is the same in a large one, whose builds take longer."""
    return small_repository(tmp_path_factory.mktemp("repository"))


@pytest.fixture(scope="module")
def preview(repository: Path) -> Iterator[tuple[str, Path]]:
    """Return the address of a running `casebook serve` and the file of what it says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = repository / "said.txt"
    command = [sys.executable, "-u", "-m", "casebook.cli", "-C", str(repository), "serve", "--port", str(port)]
    with said.open("w") as out:
        server = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, "NO_COLOR": "1"})
        until(lambda: server.poll() is not None or "Serving on" in said.read_text())
        yield f"http://127.0.0.1:{port}/", said
        server.terminate()
        server.wait(timeout=20)


def fetched(address: str) -> str:
    """Return a page, or its status when there is none."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310  # our own server
            return str(answer.read().decode("utf-8"))
    except urllib.error.HTTPError as error:
        text = f"status {error.code}"
        error.close()
        return text


def test_a_saved_change_shows_in_the_open_browser(preview: tuple[str, Path], repository: Path, page: Page) -> None:
    """Saving a case reloads the page that is open, with the new words."""
    address, _ = preview
    page.goto(f"{address}cases/lost-source-2001/")
    path = repository / CASE
    path.write_text(
        path.read_text("utf-8").replace("## What happened\n", "## What happened\n\nNewly written words.\n"), "utf-8"
    )
    page.get_by_text("Newly written words.").wait_for(timeout=PATIENCE * 1000)


def test_a_broken_case_is_named_and_left_out(preview: tuple[str, Path], repository: Path) -> None:
    """A case that is saved with an error goes, the rest stays, the error is said; mended, it comes back."""
    address, said = preview
    path = repository / CASE
    whole = path.read_text("utf-8")
    path.write_text(whole.replace("outcome: loss", "outcome: losss"), "utf-8")
    until(lambda: "status 404" in fetched(f"{address}cases/lost-source-2001/"))
    line = next(number for number, text in enumerate(whole.splitlines(), 1) if "outcome: loss" in text)
    assert (
        f"{CASE}:{line}:12: unknown-term `losss` is not a term of the vocabulary outcomes (did you mean `loss`?)"
        in said.read_text()
    )
    assert "Keep a register" in fetched(f"{address}practices/keep-a-register/")
    assert "losss" in fetched(f"{address}findings/")
    assert "The checker has" in fetched(address)
    path.write_text(whole, "utf-8")
    until(lambda: "<h1>" in fetched(f"{address}cases/lost-source-2001/"))
    assert "Traceback" not in said.read_text()


def test_the_preview_has_the_pages_of_the_rules(preview: tuple[str, Path]) -> None:
    """The page of a rule, to which the findings lead, answers, and nothing was a traceback."""
    address, said = preview
    assert "unknown-term" in fetched(f"{address}rules/unknown-term/")
    assert "Traceback" not in said.read_text()


def test_drafts_show_in_the_preview_and_are_marked(preview: tuple[str, Path], repository: Path) -> None:
    """A draft has a page with a banner, and lists mark it."""
    address, _ = preview
    draft = repository / "cases/case-studies/unfinished-2002.md"
    draft.write_text(DRAFT, "utf-8")
    until(lambda: "An unfinished case" in fetched(f"{address}cases/unfinished-2002/"))
    assert "it is not on the public site" in fetched(f"{address}cases/unfinished-2002/")
    assert '<span class="status">Draft</span>' in fetched(f"{address}cases/")
