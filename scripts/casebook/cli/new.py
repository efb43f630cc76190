"""The command `casebook new`."""

from __future__ import annotations

import click

from casebook import build, scaffold
from casebook.cli._shared import KINDS, Command, asked, examples, paths_of, read, show, trouble, weighty, write_new
from casebook.registry import KIND_BY_NAME
from casebook.shape import load_shapes
from casebook.vocabulary import load_vocabularies


@click.command(
    "new",
    cls=Command,
    epilog=examples(
        "casebook new case-study",
        "casebook new case-study lost-source-2020 --title 'A lost source: Town, 2020' --topic radiological-sources",
    ),
)
@click.argument("kind", type=KINDS)
@click.argument("name", metavar="ID", required=False)
@click.option("--title", help="What happened or what is done, in a few words.")
@click.option("--summary", help="Two to four sentences that stand alone.")
@click.option("--topic", help="Id of the main topic.")
@click.option("--source", help="Title of the first source.")
@click.option("--url", help="Address of the first source.")
@click.pass_context
def command(context: click.Context, /, kind: str, name: str | None, **given: str | None) -> None:
    """Write the draft of a new item of KIND. Asks for what is not given."""
    paths = paths_of(context)
    vocabularies, _ = load_vocabularies(paths)
    shape = load_shapes(paths, vocabularies)[kind]
    name = name or asked("Id (lower case letters, digits, hyphens)", "ID after the kind")
    path = paths.cases / shape.kind.folder / f"{name}.md"
    if any((paths.cases / one.folder / f"{name}.md").exists() for one in KIND_BY_NAME.values()):
        trouble(f"an item `{name}` exists already")
    topics = ", ".join(term.id for term in vocabularies["topics"] if not term.parent)
    answers = scaffold.Answers(
        id=name,
        title=given["title"] or asked("Title", "--title"),
        summary=given["summary"] or asked("Summary, two to four sentences", "--summary"),
        topic=given["topic"] or asked(f"Main topic ({topics})", "--topic"),
        source=given["source"] or asked("Title of the first source", "--source"),
        url=given["url"] or "",
    )
    text = scaffold.draft(shape, answers)
    findings = weighty(build.check_text(text, paths.relative(path), shape.kind, read(paths)))
    if findings:
        show(findings, err=True)
        trouble("nothing was written; mend what is named and try again")
    write_new(path, text)
    click.echo(f"{paths.relative(path)}: written. Next: fill it in, and run `casebook check {paths.relative(path)}`.")
