"""The door for people: the `casebook` command. Each command is a module of this folder and is found by its place."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from pathlib import Path
from typing import cast

import click

from casebook import __version__
from casebook.cli._shared import Command, examples


def _commands() -> list[click.Command]:
    names = (module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return [cast("Command", import_module(f"{__name__}.{name}").command) for name in names]


@click.group(
    commands=_commands(),
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples(
        "casebook check",
        "casebook new case-study my-case-2020",
        "casebook -C ../other-casebook check --format json",
        'eval "$(_CASEBOOK_COMPLETE=bash_source casebook)"   # completion; also zsh_source, fish_source',
    ),
)
@click.version_option(__version__, prog_name="casebook")
@click.option(
    "-C",
    "directory",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Work on the repository in DIR. Without it: the one in or above this folder.",
)
@click.pass_context
def main(context: click.Context, directory: Path | None) -> None:
    """Check, preview and build a Nuclear Security Casebook."""
    context.obj = directory
