"""The command `casebook slides`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from casebook import build
from casebook import slides as shown
from casebook.cli._files import check_names, refuse_others, write_whole
from casebook.cli._mkdocs import site_of
from casebook.cli._shared import Command, examples, paths_of, read, trouble


@click.command(
    "slides",
    cls=Command,
    epilog=examples(
        "casebook slides goiania-1987",
        "casebook slides goiania-1987 y-12-2012 --out slides",
        "CASEBOOK_URL=https://example.org/casebook/ casebook slides --all --out slides",
    ),
)
@click.argument("ids", nargs=-1, metavar="[ID]...")
@click.option("--all", "everything", is_flag=True, help="Make the slides of all cases and learning paths.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder for the files. Default: this folder.",
)
@click.option("--force", is_flag=True, help="Replace files that are no slides of the Casebook too.")
@click.pass_context
def command(context: click.Context, /, ids: tuple[str, ...], **given: Any) -> None:
    """Make the slides of cases and learning paths ID, as .pptx for PowerPoint, Keynote and LibreOffice; drafts too.

    They have speaker notes with the plan, the answers and the sources. Of a withdrawn item there is one slide that
    says so.

    Slides that are there already are replaced; another file is not. The short address and the QR code need the address
    of the site, from the setting `site_url` or from CASEBOOK_URL; without it the slides name the id.
    """
    if not (ids or given["everything"]):
        trouble("name a case or a learning path, or --all")
    paths = paths_of(context)
    site, corpus = site_of(paths, drafts=True, handouts=True), read(paths)
    library = build.library(corpus, build.check(corpus), drafts=True)
    known = [show.item.id for show in shown.shows(library)]
    check_names(ids, known, "item of which slides can be made", "slides")
    chosen = list(shown.shows(library, None if given["everything"] else dict.fromkeys(ids)))
    out = given["out"]
    others = "holds no slides of the Casebook"
    refuse_others((out / show.name for show in chosen), shown.is_slides, others, force=given["force"])
    for show in chosen:
        write_whole(out / show.name, shown.written(shown.deck(show.item, library, site)))
    click.echo(f"{len(chosen)} {'file' if len(chosen) == 1 else 'files'} written to {out}", err=True)
