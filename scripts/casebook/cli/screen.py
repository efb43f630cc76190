"""The command `casebook screen`."""

from __future__ import annotations

from pathlib import Path

import click

from casebook import build, report
from casebook.cli._shared import CLEAN, FINDINGS, Command, examples, paths_of, read, show, trouble


@click.command(
    "screen",
    cls=Command,
    epilog=examples(
        "casebook screen",
        "casebook screen cases/case-studies/goiania-1987.md",
        "casebook screen ~/notes/draft.txt",
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(report.FORMATS), default="text", show_default=True)
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], form: str) -> None:
    """Look for sensitive content in all items, or in PATHs: items, folders of items, and any other text file.

    Run it before a text leaves your machine. It reads and sends nothing; it helps to decide, and does not decide.

    Exit code 0: it saw nothing; 1: findings; 2: the tool cannot run.
    """
    corpus = read(paths_of(context))
    blank = [path for path in paths if not build.chosen(corpus, [path]) and not build.other_texts(corpus, [path])]
    if blank:
        trouble(f"no item and no text lies at {corpus.paths.relative(blank[0])}; name a file")
    found = build.screened(corpus, paths)
    show(found, form)
    context.exit(FINDINGS if found else CLEAN)
