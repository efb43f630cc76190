"""The command `casebook similar`."""

from __future__ import annotations

from pathlib import Path

import click

from casebook import build
from casebook import similar as similarity
from casebook.cli._shared import Command, examples, paths_of, read


@click.command(
    "similar",
    cls=Command,
    epilog=examples(
        "casebook similar cases/case-studies/goiania-1987.md",
        "casebook similar --topics cases/best-practices",
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="PATH...", required=True)
@click.option("--topics", is_flag=True, help="Show only the topics of the items, one in a line.")
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], topics: bool) -> None:  # noqa: FBT001
    """Show which items share most with those in PATHs, and why; drafts count.

    An item with an error, and a file that is no item, is passed over.
    """
    corpus = read(paths_of(context))
    library = build.library(corpus, build.check(corpus), drafts=True)
    shown = (similarity.topics if topics else similarity.lines)(library, build.chosen(corpus, paths))
    for line in shown:
        click.echo(line)
