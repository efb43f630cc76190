"""What the commands share: how they find the repository, how they ask and answer, and how they end."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
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


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet, whole or not at all; end when there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123  # it is a handle, not a path
            file.write(text)
        Path(beside).chmod(0o644)
        _link(Path(beside), path)
    except FileExistsError:
        trouble(f"{path} exists already; nothing was written")
    except OSError as error:
        trouble(f"{path} cannot be written ({error.strerror})")
    finally:
        Path(beside).unlink()


def _link(beside: Path, path: Path) -> None:
    """Give a finished file its name. Unlike a rename, a link fails where there is a file already."""
    try:
        path.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:
        # Memory sticks know no links.
        with path.open("xb") as file:
            file.write(beside.read_bytes())


def weighty(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that make a check fail: all but notes."""
    return [finding for finding in findings if finding.severity is not Severity.NOTE]


def asked(question: str, option: str, choices: Iterable[str] = ()) -> str:
    """Return the answer of the person at the terminal; without a person, end and name the option that answers.

    With choices, other answers are refused and the question is asked again.
    """
    if not sys.stdin.isatty():
        trouble(f"{question.partition(' (')[0]} is missing: give it with {option}")
    return str(click.prompt(question, type=_answer(choices), show_choices=False))


def offered(question: str, choices: Iterable[str] = ()) -> str:
    """Return the answer of the person at the terminal, which may be nothing; without a person, nothing."""
    if not sys.stdin.isatty():
        return ""
    allowed = _answer(["", *choices] if choices else ())
    return str(click.prompt(question, default="", show_default=False, type=allowed, show_choices=False))


def _answer(choices: Iterable[str]) -> click.ParamType[Any]:
    known = list(choices)
    return click.Choice(known) if known else click.STRING


def confirmed(question: str) -> None:
    """Go on when the person at the terminal says yes; else end with nothing done."""
    if not sys.stdin.isatty():
        trouble("nothing was written: without a terminal say --yes")
    if not click.confirm(question):
        trouble("nothing was written")


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Put new content in place of the old, whole or not at all: it is written beside the file, which is then replaced.

    Ends with nothing done when the file no longer holds the old content.
    """
    beside = None
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=".tmp", dir=path.parent)
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(new)
        shutil.copymode(path, beside)
        if path.read_bytes() != old:
            trouble(f"{path.name} has changed in the meantime; nothing was written. Try again")
        beside.replace(path)
    except OSError as error:
        trouble(f"{path.name} cannot be written ({error.strerror}), and is as it was")
    finally:
        if beside:
            beside.unlink(missing_ok=True)
