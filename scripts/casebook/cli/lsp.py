"""The command `casebook lsp`."""

from __future__ import annotations

import click

from casebook.cli._shared import Command, examples
from casebook.paths import repository


@click.command("lsp", cls=Command, epilog=examples("casebook lsp", "casebook -C ../casebook lsp"))
@click.pass_context
def command(context: click.Context) -> None:
    """Serve an editor: findings while typing, completion, explanations, and jumps to what an id names.

    It speaks the Language Server Protocol over standard input and output, and is started by the editor. Without -C it
    works on the repository that the editor has open. It reads and sends nothing elsewhere, and writes no file.
    """
    from casebook.cli._language_server import server  # noqa: PLC0415  # slow to import, and no other command needs it

    server(repository(context.obj) if context.obj else None).start_io()
