"""The command `casebook schema`."""

from __future__ import annotations

import json

import click

from casebook.cli._shared import KINDS, Command, examples, paths_of
from casebook.shape import load_shapes
from casebook.vocabulary import load_vocabularies


@click.command(
    "schema",
    cls=Command,
    epilog=examples("casebook schema case-study", "casebook schema best-practice > best-practice.schema.json"),
)
@click.argument("kind", type=KINDS)
@click.pass_context
def command(context: click.Context, kind: str) -> None:
    """Print the JSON Schema of KIND, self-contained, with all vocabularies in it."""
    paths = paths_of(context)
    shapes = load_shapes(paths, load_vocabularies(paths)[0])
    click.echo(json.dumps(shapes[kind].schema, ensure_ascii=False, indent=2))
