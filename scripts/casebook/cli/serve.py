"""The command `casebook serve`."""

from __future__ import annotations

import click

from casebook.cli._mkdocs import mkdocs_log
from casebook.cli._shared import Command, examples, paths_of, trouble


@click.command("serve", cls=Command, epilog=examples("casebook serve", "casebook serve --port 8080"))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.pass_context
def command(context: click.Context, port: int, host: str) -> None:
    """Serve the site, drafts included, and show every change as soon as it is saved.

    An item with an error is left out and named; the rest stays.
    """
    from mkdocs.commands.serve import serve as mkdocs_serve  # noqa: PLC0415  # slow to import, and not always needed

    paths = paths_of(context)
    click.echo(f"The preview will be at http://{host}:{port}/ (end it with Ctrl+C)", err=True)
    try:
        with mkdocs_log():
            mkdocs_serve(str(paths.config), dev_addr=f"{host}:{port}")
    except OSError as error:
        trouble(f"port {port} cannot be used ({error.strerror}); choose another one with --port")
    except click.ClickException as error:
        trouble(error.message)
