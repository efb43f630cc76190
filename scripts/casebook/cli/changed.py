"""The command `casebook changed`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebook import build, changed
from casebook.cli._shared import Command, examples, paths_of, read, trouble
from casebook.finding import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

MOST_BYTES = 5_000_000


@click.command(
    "changed",
    cls=Command,
    epilog=examples(
        "casebook changed goiania-1987@1 two-person-rule@1",
        "casebook changed course.html",
        "casebook changed --since 2026-11-01 syllabus.md",
    ),
)
@click.argument("what", nargs=-1, required=True, metavar="FILE|ID[@VERSION]...")
@click.option(
    "--since",
    default="",
    metavar="DAY",
    help="Day of your last course, for items without a version: changes on that day (2026-11-01) or later count.",
)
@click.pass_context
def command(context: click.Context, what: tuple[str, ...], since: str) -> None:
    """Show what has changed in items since you used them: those that are named, or that a text file names.

    In a file (.txt, .md, .html, .csv) it finds addresses of items, citations with a version, and `id@version`. The page
    'Changed since' of the site says the same.

    Exit code 0: nothing has changed; 1: something has; 2: an item or a version is not there, or the tool cannot run.
    """
    if fault := changed.fault_of_day(since) if since else "":
        trouble(fault)
    corpus = read(paths_of(context))
    known = changed.facts(build.library(corpus, build.check(corpus)))
    given = changed.answers(_asked(what, known), known, since)
    for line in changed.report(given, "/"):
        click.echo(line)
    context.exit(changed.outcome(given))


def _asked(what: Iterable[str], known: dict[str, Any]) -> list[changed.Asked]:
    """Return the items that are named, and those that are found in files."""
    asked: list[changed.Asked] = []
    for one in what:
        if Path(one).is_file():
            asked += changed.found(_text(Path(one)), known)
            continue
        items = changed.named([one])
        if not all(item.id for item in items):
            trouble(f"`{on_one_line(one, 200)}` is no file, and no item: write `id` or `id@version`")
        asked += items
    return asked


def _text(path: Path) -> str:
    remedy = "Save it as .txt, .md, .html or .csv, or name the items as id@version"
    try:
        raw = path.read_bytes()
    except OSError as error:
        trouble(f"{path.name} cannot be read ({error.strerror})")
    if len(raw) > MOST_BYTES:
        trouble(f"{path.name} is larger than {MOST_BYTES:,} bytes. {remedy}")
    text = raw.decode("utf-8", errors="replace")
    if "\0" in text:
        trouble(f"{path.name} is no plain text. {remedy}")
    return text
