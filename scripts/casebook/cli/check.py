"""The command `casebook check`."""

from __future__ import annotations

from pathlib import Path

import click

from casebook import build, report
from casebook.cli._shared import CLEAN, FINDINGS, Command, examples, paths_of, read, show, trouble, weighty


@click.command(
    "check",
    cls=Command,
    epilog=examples(
        "casebook check",
        "casebook check cases/case-studies/goiania-1987.md",
        "casebook check --format sarif > findings.sarif",
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(report.FORMATS), default="text", show_default=True)
@click.option(
    "--notes/--no-notes", default=None, help="Show what drafts still need. Default: only when PATHs are named."
)
@click.pass_context
def command(context: click.Context, paths: tuple[Path, ...], form: str, notes: bool | None) -> None:  # noqa: FBT001
    """Check all items, or those in PATHs, and show every finding.

    Exit code 0: clean (notes about drafts do not count); 1: findings; 2: the tool cannot run.
    """
    corpus = read(paths_of(context))
    found = build.check(corpus, paths)
    show(found if (notes if notes is not None else bool(paths)) else weighty(found), form)
    if paths and not build.chosen(corpus, paths):
        trouble("no item of this repository lies at the given paths")
    context.exit(FINDINGS if weighty(found) else CLEAN)
