"""The command `casebook check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebook import build, history, ledger, report
from casebook.cli._fix import Fix, always, never, on_demand
from casebook.cli._shared import CLEAN, FINDINGS, Command, examples, paths_of, read, show, trouble, weighty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.finding import Finding


@click.command(
    "check",
    cls=Command,
    epilog=examples(
        "casebook check",
        "casebook check cases/case-studies/goiania-1987.md",
        "casebook check --fix --dry-run",
        "casebook check --fix --did-you-mean cases/case-studies/goiania-1987.md",
        "casebook check --format sarif > findings.sarif",
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(report.FORMATS), default="text", show_default=True)
@click.option(
    "--notes/--no-notes", default=None, help="Show what drafts still need. Default: only when PATHs are named."
)
@click.option("--fix", is_flag=True, help="Correct what is safe, show each change, and then what remains.")
@click.option("--dry-run", "--diff", "dry", is_flag=True, help="With --fix: show the changes and write nothing.")
@click.option(
    "--did-you-mean",
    "guess",
    is_flag=True,
    help="With --fix: replace an unknown term, field or source id that is like one known word only. "
    "Without it, a terminal asks for each.",
)
@click.option("--base", metavar="REV", help="A commit whose ledger must still be whole. Default: the last one.")
@click.pass_context
def command(
    context: click.Context,
    /,
    paths: tuple[Path, ...],
    form: str,
    *,
    notes: bool | None,
    fix: bool,
    dry: bool,
    guess: bool,
    base: str | None,
) -> None:
    """Check all items, or those in PATHs, and show every finding.

    Exit code 0: clean (notes about drafts do not count); 1: findings; 2: the tool cannot run. With --fix the findings
    are those that remain.
    """
    if (dry or guess) and not fix:
        trouble("--dry-run and --did-you-mean go with --fix")
    corpus = read(paths_of(context))
    if paths and not build.chosen(corpus, paths):
        show([], form)
        trouble("no item of this repository lies at the given paths")
    if fix:
        choose = always if guess else on_demand if sys.stdin.isatty() and not dry else never
        corpus = Fix(choose, dry=dry, err=form != "text").run(corpus, paths)
    found = build.check(corpus, paths)
    if not paths:
        found = sorted([*found, *_lost_lines(corpus, base)])
    show(found if (notes if notes is not None else bool(paths)) else weighty(found), form)
    context.exit(FINDINGS if weighty(found) else CLEAN)


def _lost_lines(corpus: build.Corpus, base: str | None) -> Iterator[Finding]:
    """Yield each address that the ledger had at a commit and has no more; nothing where there is no history."""
    path = corpus.paths.releases / ledger.NAME
    name = corpus.paths.relative(path)
    if base and not history.is_commit(corpus.paths, base):
        trouble(f"there is no commit `{base}` in the history of this repository")
    if not (base or path.is_file()):
        return
    before = history.content(corpus.paths, base or "HEAD", name)
    if before is not None:
        yield from ledger.lost_lines(corpus.ledger, ledger.ledger_of(before.decode("utf-8", errors="replace"), name))
