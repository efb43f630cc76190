"""The command `casebook changed`."""

from __future__ import annotations

from pathlib import Path

import click

from casebook import build, changed
from casebook.cli._shared import Command, examples, paths_of, read, trouble
from casebook.finding import on_one_line

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
    given = [_text(Path(one)) if _is_file(one) else _item(one) for one in what]
    corpus = read(paths_of(context))
    known = changed.facts(build.library(corpus, build.check(corpus)))
    asked = [item for one in given for item in (changed.found(one, known) if isinstance(one, str) else [one])]
    answers = changed.answers(asked, known, since)
    for line in changed.report(answers, "/"):
        click.echo(line)
    context.exit(changed.outcome(answers))


def _is_file(word: str) -> bool:
    try:
        return Path(word).is_file()
    except OSError:
        # A pasted text is too long for the name of a file.
        return False


def _item(word: str) -> changed.Asked:
    items = [item for item in changed.named([word]) if item.id]
    if not items:
        trouble(f"`{on_one_line(word, 200)}` is no file, and no item: write `id` or `id@version`")
    return items[0]


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
