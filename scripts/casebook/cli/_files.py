"""Files that our commands write beside those of other people: named by id, kept whole, and nothing lost."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from casebook.cli._shared import trouble
from casebook.finding import nearest, on_one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable


def check_names(names: Iterable[str], known: Collection[str], what: str, command: str) -> None:
    """End when one of the names is not known.

    Args:
        names: what was given.
        known: what there is.
        what: what it would be, and what could be made of it: `item of which a handout can be drawn`.
        command: the command, whose help shows how to name one.
    """
    thing, _, use = what.partition(" ")
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"`casebook {command} --help` shows how to name one; there are {len(known)}"
            trouble(f"there is no {thing} `{on_one_line(name)}` {use}; {hint}")


def refuse_others(files: Iterable[Path], is_ours: Callable[[bytes], bool], what: str, *, force: bool) -> None:
    """End when a file would be lost that is not one of ours; `what` says that: `is no handout`."""
    for file in files:
        if file.exists() and not force and not is_ours(file.read_bytes()):
            trouble(f"{file} {what}, and stays; nothing was written. Replace it with --force")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all."""
    beside = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=".tmp", dir=path.parent)
        beside = Path(name)
        with open(handle, "wb") as file:  # noqa: PTH123  # it is a handle, not a path
            file.write(content)
        beside.chmod(0o644)
        beside.replace(path)
    except OSError as error:
        trouble(f"{path} cannot be written ({error.strerror})")
    finally:
        if beside:
            beside.unlink(missing_ok=True)
