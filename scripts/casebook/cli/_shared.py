"""What the commands share: how they find the repository, how they ask and answer, and how they end."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from casebook import build, report
from casebook.finding import CasebookError, Severity
from casebook.paths import Paths, nearest_root, repository
from casebook.registry import KIND_BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from casebook.finding import Finding

CLEAN, FINDINGS, TROUBLE = 0, 1, 2
KINDS = click.Choice(list(KIND_BY_NAME))


class Command(click.Command):
    """A command that ends with exit code 2 and one line of text when the tool itself cannot run."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except CasebookError as error:
            trouble(str(error))
        except BrokenPipeError:
            # The reader of the pipe has gone; there is nobody left to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(CLEAN)


def trouble(message: str) -> NoReturn:
    """End with one line of text and the exit code for 'the tool cannot run'."""
    click.echo(f"casebook: {message}", err=True)
    sys.exit(TROUBLE)


def examples(*lines: str) -> str:
    """Return the last part of a help text."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def paths_of(context: click.Context) -> Paths:
    """Return the repository on which to work: the one that `-C` names, or the one in or above this folder."""
    return repository(context.obj or nearest_root(Path.cwd()))


@contextlib.contextmanager
def _quietly(label: str) -> Iterator[Any]:
    """Yield a progress function that draws a bar on a terminal and nothing in a pipe."""
    with contextlib.ExitStack() as stack:

        def progress(files: Sequence[Path]) -> Iterable[Path]:
            if not sys.stderr.isatty():
                return files
            return stack.enter_context(click.progressbar(files, label=label, file=sys.stderr))

        yield progress


def read(paths: Paths) -> build.Corpus:
    """Return everything in a repository."""
    with _quietly("Reading") as progress:
        return build.Reader(paths).corpus(progress)


def show(findings: Sequence[Finding], form: str = "text", *, err: bool = False) -> None:
    """Print findings in a format; nothing when there are none and the format is for people."""
    text = report.report(findings, form)
    if text:
        click.echo(text, err=err)


def weighty(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that make a check fail: all but notes."""
    return [finding for finding in findings if finding.severity is not Severity.NOTE]
