"""The command `casebook import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from casebook import build, load, scaffold
from casebook.cli._shared import (
    CLEAN,
    FINDINGS,
    KINDS,
    Command,
    examples,
    paths_of,
    read,
    show,
    trouble,
    weighty,
    write_new,
)
from casebook.finding import Finding, Location, on_one_line
from casebook.registry import KINDS as ALL_KINDS
from casebook.rules import sensitive
from casebook.word.form import form_of, slug

if TYPE_CHECKING:
    from casebook.build import Corpus
    from casebook.paths import Paths
    from casebook.word.filled import Filled


@click.command(
    "import",
    cls=Command,
    epilog=examples(
        "casebook import lost-source.docx",
        "casebook import lost-source.docx --output -   # show it, write nothing",
    ),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.docx")
@click.option("--kind", type=KINDS, help="Kind of item. Without it: the one whose headings stand in the file.")
@click.option(
    "--output", metavar="FILE", help="Write to FILE, or show with '-'. Without it: in its folder below cases/."
)
@click.pass_context
def command(context: click.Context, /, file: Path, kind: str | None, output: str | None) -> None:
    """Make a draft from FILE.docx, a filled template for Microsoft Word.

    Everything that is missing or wrong is shown as `casebook check` shows it, with the place in the Word file. The
    draft is written nonetheless, unless it has no title, or the screen for sensitive content finds something. Nothing
    is ever overwritten.

    Exit code 0: written, and clean; 1: findings; 2: the tool cannot run.
    """
    from casebook.word.filled import filled  # noqa: PLC0415  # slow to import, and no other command needs it
    from casebook.word.package import MAX_FILE  # noqa: PLC0415  # as above

    paths = paths_of(context)
    corpus = read(paths)
    with file.open("rb") as opened:
        raw = opened.read(MAX_FILE + 1)
    forms = {name: form_of(shape, corpus.vocabularies) for name, shape in corpus.shapes.items()}
    result = filled(raw, paths.relative(file), forms, kind or "")
    if isinstance(result, Finding):
        show([result], err=True)
        context.exit(FINDINGS)
    target = _target(result, paths, output)
    text, found = _checked(result, paths.relative(target), corpus)
    show(found, err=True)
    reason = _reason_against(found, result)
    if reason:
        click.echo(f"Nothing was written: {reason}.", err=True)
        context.exit(FINDINGS)
    if output == "-":
        click.echo(text, nl=False)
    else:
        write_new(target, text)
        click.echo(f"{paths.relative(target)}: written", err=True)
    context.exit(FINDINGS if weighty(found) else CLEAN)


def _reason_against(found: list[Finding], result: Filled) -> str:
    """Return why a draft must not be written, or an empty text."""
    codes = {finding.code for finding in found}
    if sensitive.RULE.code in codes:
        return "look at what the screen found first"
    if load.TOO_LARGE.code in codes:
        return "it is too large"
    return "" if "title" in result.values else "the item has no title"


def _target(result: Filled, paths: Paths, output: str | None) -> Path:
    """Return the file of the new item; end when there is an item of that name already, or the name is none."""
    if output not in (None, "-"):
        return Path(str(output))
    name = result.values["id"]
    # An id comes from the file, and could be a path to anywhere.
    if name != slug(name):
        trouble(f"`{on_one_line(name)}` cannot be an id: use lower case letters, digits and hyphens")
    if output is None and any((paths.cases / kind.folder / f"{name}.md").exists() for kind in ALL_KINDS):
        trouble(f"an item `{name}` exists already; nothing was written")
    return paths.cases / result.kind.folder / f"{name}.md"


def _checked(result: Filled, name: str, corpus: Corpus) -> tuple[str, list[Finding]]:
    """Return the file of the item, and what is to be said about it and about the Word file."""
    text = scaffold.item(corpus.shapes[result.kind.name].typed(dict(result.values)), result.body)
    raw = text.encode("utf-8")
    if len(raw) > load.MAX_BYTES:
        message = f"the item would be larger than {load.MAX_BYTES:,} bytes"
        return text, [*result.findings, load.TOO_LARGE.at(Location(name), message, "divide or shorten it")]
    document = load.parse(raw, name, result.kind)
    found = build.check_text(text, name, result.kind, corpus)
    return text, [*result.findings, *result.placed(found, document)]
