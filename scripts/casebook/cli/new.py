"""The command `casebook new`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from casebook import build, scaffold
from casebook.cli._interview import Interview, exists, needed
from casebook.cli._shared import KINDS, Command, examples, paths_of, read, show, trouble, weighty, write_new

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.finding import Finding
    from casebook.shape import Shape

_MOST_NOTES = 12


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
@click.option("--source-type", help="Type of the first source, a term of source-types. Default: official-report.")
@click.option("--url", help="Address of the first source.")
@click.pass_context
def command(context: click.Context, /, kind: str, name: str | None, **given: str | None) -> None:
    """Write the draft of a new item of KIND. On a terminal it asks for what is not given."""
    corpus = read(paths_of(context))
    paths, shape, asks = corpus.paths, corpus.shapes[kind], sys.stdin.isatty()
    if name and exists(paths, name):
        trouble(f"an item `{name}` exists already")
    try:
        answers = Interview(corpus, shape).answers(name, given) if asks else _given(name, given, shape)
    except click.Abort:
        click.echo(err=True)
        trouble("ended before the last answer; nothing was written")
    path = paths.cases / shape.kind.folder / f"{answers.id}.md"
    text = scaffold.draft(shape, answers)
    found = build.check_text(text, paths.relative(path), shape.kind, corpus)
    if weighty(found):
        show(weighty(found), err=True)
        trouble("nothing was written; mend what is named and try again")
    write_new(path, text)
    click.echo(f"{paths.relative(path)}: written. Next: fill it in, and run `casebook check {paths.relative(path)}`.")
    if asks:
        _show_open(found)


def _given(name: str | None, given: Mapping[str, str | None], shape: Shape) -> scaffold.Answers:
    """Return the answers of a script; end and name the option where one is missing."""
    if not name:
        trouble("Id is missing: give it with ID after the kind")
    for option, words in needed(shape).items():
        if not given[option]:
            trouble(f"{words} is missing: give it with --{option}")
    title, summary, topic, source, url = (given[one] or "" for one in ("title", "summary", "topic", "source", "url"))
    return scaffold.Answers(name, title, summary, topic, source, url, given["source_type"] or scaffold.SOURCE_TYPE)


def _show_open(notes: Sequence[Finding]) -> None:
    """Say what the draft still needs before it can be published."""
    open_ends = list(dict.fromkeys(note.message.removeprefix("before publication: ") for note in notes))
    click.echo(f"Before publication it still needs ({len(open_ends)}):")
    for words in open_ends[:_MOST_NOTES]:
        click.echo(f"  - {words}")
    if len(open_ends) > _MOST_NOTES:
        click.echo(f"  and {len(open_ends) - _MOST_NOTES} more; the check names them all")
