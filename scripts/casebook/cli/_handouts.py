"""Handouts, drawn for our commands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from casebook import build, handout
from casebook.finding import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.library import Library
    from casebook.paths import Paths


def drawn(
    sheets: Iterable[handout.Sheet], library: Library, paths: Paths
) -> Iterator[tuple[handout.Sheet, handout.Printed]]:
    """Yield sheets as PDF, and say what is wrong with them, such as letters for which there is no typeface."""
    chosen, press = list(sheets), handout.Press.of(paths, build.images(library, paths))
    for sheet, printed in zip(chosen, press.printed([press.order(one) for one in chosen]), strict=True):
        for fault in printed.faults:
            click.echo(f"{sheet.name}: {on_one_line(fault)}", err=True)
        yield sheet, printed
