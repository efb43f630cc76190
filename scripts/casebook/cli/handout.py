"""The command `casebook handout`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from casebook import build
from casebook import handout as papers
from casebook.cli._files import check_names, refuse_others, write_whole
from casebook.cli._handouts import drawn
from casebook.cli._mkdocs import site_of
from casebook.cli._shared import FINDINGS, Command, examples, paths_of, read, trouble
from casebook.finding import nearest, on_one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


_BOTH = "both"


@click.command(
    "handout",
    cls=Command,
    epilog=examples(
        "casebook handout goiania-1987",
        "casebook handout goiania-1987 two-person-rule --edition instructor --out handouts",
        "casebook handout --topic insider-threat",
        "CASEBOOK_URL=https://example.org/casebook/ casebook handout --all --out handouts",
    ),
)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--topic", "topics", multiple=True, metavar="ID", help="Draw the reader of this topic; may be repeated.")
@click.option("--all", "everything", is_flag=True, help="Draw the handouts of all items and the readers of all topics.")
@click.option(
    "--edition",
    metavar="EDITION",
    default=papers.TRAINEE,
    show_default=True,
    help="trainee: with room for answers; instructor: with a plan and notes; or both.",
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder for the files. Default: this folder.",
)
@click.option("--force", is_flag=True, help="Replace files that are no handouts too.")
@click.pass_context
def command(context: click.Context, /, ids: tuple[str, ...], topics: tuple[str, ...], **given: Any) -> None:
    """Draw the handouts of items ID, two pages each, as accessible PDF; drafts too.

    Of an exercise, the edition for trainees is that of the players, and the one for instructors has everything else:
    script, sheets of the roles, inject cards and evaluation sheet.
    Of a withdrawn item it is one page that says so.

    A handout that is there already is replaced; another file is not. The short address and the QR code on it need the
    address of the site, from the setting `site_url` or from CASEBOOK_URL; without it a handout names the id.

    Exit code 0: drawn; 1: drawn, but something is wrong with a sheet, such as letters without a typeface; 2: trouble.
    """
    papers.needs()
    editions = _editions(given["edition"])
    paths = paths_of(context)
    site, corpus = site_of(paths, drafts=True, handouts=True), read(paths)
    library = build.library(corpus, build.check(corpus), drafts=True)
    if not (ids or topics or given["everything"]):
        trouble("name an item, a topic with --topic, or --all")
    _check(ids, papers.on_paper(library), "item")
    _check(topics, library.vocabularies["topics"].terms, "topic")
    sheets = [*papers.handouts(library, site, ids, editions), *papers.readers(library, site, topics, editions)]
    chosen = list(papers.sheets(library, site, editions)) if given["everything"] else sheets
    out = given["out"]
    refuse_others((out / sheet.name for sheet in chosen), papers.is_handout, "is no handout", force=given["force"])
    faulty = 0
    for sheet, printed in drawn(chosen, library, paths):
        write_whole(out / sheet.name, printed.content)
        faulty += len(printed.faults)
    click.echo(f"{len(chosen)} {'file' if len(chosen) == 1 else 'files'} written to {out}", err=True)
    context.exit(FINDINGS if faulty else 0)


def _editions(name: str) -> Collection[str]:
    known = (*papers.EDITIONS, _BOTH)
    if name not in known:
        hint = nearest(name, known)
        trouble(f"there is no edition `{on_one_line(name)}`; {hint or 'editions: ' + ', '.join(known)}")
    return papers.EDITIONS if name == _BOTH else (name,)


def _check(names: Iterable[str], known: Collection[str], what: str) -> None:
    check_names(names, known, f"{what} of which a handout can be drawn", "handout")
