"""The command `casebook build`."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebook import build, handout, moment, slides
from casebook.artifact import Artifact, Site
from casebook.cli._handouts import drawn
from casebook.cli._mkdocs import NAME, mkdocs_config, mkdocs_log
from casebook.cli._shared import FINDINGS, Command, examples, paths_of, read, show, trouble, weighty

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebook.paths import Paths


@click.command(
    "build",
    cls=Command,
    epilog=examples(
        "casebook build",
        "casebook build --site ../casebook-site",
        "casebook build --handouts",
        "casebook build --pages build/pages",
    ),
)
@click.option(
    "--site", "target", type=click.Path(file_okay=False, path_type=Path), help="Folder of the site. Default: site/."
)
@click.option(
    "--pages",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the pages as Markdown and the data files into this empty folder instead, for another generator.",
)
@click.option("--drafts", is_flag=True, help="Show items that are not published too, for a preview.")
@click.option("--handouts", is_flag=True, help="Make handouts and readers as PDF, and slides, too; this needs Pango.")
@click.pass_context
def command(
    context: click.Context,
    target: Path | None,
    pages: Path | None,
    drafts: bool,  # noqa: FBT001
    handouts: bool,  # noqa: FBT001
) -> None:
    """Check everything and build the site, strictly: a finding or a warning ends the build.

    The site is built beside the old one and then put in its place, so that a failed build leaves the old one as it was.
    The same commit gives the same bytes on any day; SOURCE_DATE_EPOCH names another moment than that of the commit.
    Handouts and slides are kept in build/handouts/, and the next build makes only those that have changed.
    """
    paths = paths_of(context)
    if handouts:
        handout.needs()
    if pages is None:
        _build_site(paths, (target or paths.site).absolute(), context, drafts=drafts, handouts=handouts)
        return
    corpus = read(paths)
    findings = weighty(build.check(corpus))
    if findings:
        show(findings, err=True)
        context.exit(FINDINGS)
    library = build.library(corpus, findings, drafts=drafts)
    seconds = moment.moment(paths, os.environ, library.last_changed)
    site = Site(NAME, drafts=drafts, today=moment.day_of(seconds), handouts=handouts)
    sheets, shows = (handout.sheets(library, site), slides.shows(library)) if handouts else ((), ())
    with moment.told(seconds):
        papers = [Artifact(sheet.path, printed.content) for sheet, printed in drawn(sheets, library, paths)]
        papers += [Artifact(one.path, slides.written(slides.deck(one.item, library, site))) for one in shows]
        artifacts = list(build.artifacts(library, corpus, site, handouts=papers))
    _write_all(artifacts, pages)
    click.echo(f"{len(artifacts):,} files written to {pages}")


def _write_all(artifacts: Iterable[Artifact], folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        trouble(f"the folder {folder} is not empty")
    for artifact in artifacts:
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(artifact.data)


def _build_site(paths: Paths, target: Path, context: click.Context, *, drafts: bool, handouts: bool) -> None:
    from mkdocs.commands.build import build as mkdocs_build  # noqa: PLC0415  # slow to import, and not always needed

    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    try:
        with mkdocs_log():
            config = mkdocs_config(paths, site_dir=str(beside), strict=True)
            config.plugins["casebook"].config["drafts"] = drafts
            config.plugins["casebook"].config["handouts"] |= handouts
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
    except (click.ClickException, SystemExit) as error:
        shutil.rmtree(beside, ignore_errors=True)
        click.echo(f"{getattr(error, 'message', '') or 'The build failed'}. {_kept(target)}", err=True)
        context.exit(FINDINGS)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    _swap(beside, target)
    click.echo(f"The site is in {target}", err=True)


def _kept(target: Path) -> str:
    return f"{target} is as it was." if target.exists() else "Nothing was written."


def _swap(beside: Path, target: Path) -> None:
    beside.chmod(0o755)
    old = beside.with_name(f"{beside.name}.old")
    if target.exists():
        target.rename(old)
    beside.rename(target)
    shutil.rmtree(old, ignore_errors=True)
