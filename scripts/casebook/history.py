"""The history of the repository, as git has it: which commits changed a file, and what it held then."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from casebook.finding import CasebookError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from casebook.paths import Paths


def commits(paths: Paths) -> dict[str, list[str]]:
    """Return the commits that changed each file under cases/, the newest first, by the path of the file.

    Raises:
        CasebookError: if this is no git repository, or its history is cut off.
    """
    if _git(paths, "rev-parse", "--is-shallow-repository").strip() == "true":
        raise CasebookError("the history of this clone is cut off; run `git fetch --unshallow` first")
    cases = paths.relative(paths.cases)
    text = _git(paths, "log", "--format=%x00%H", "--name-only", "-z", "--no-renames", "--relative", "--", cases)
    found: dict[str, list[str]] = {}
    commit = ""
    # Each commit begins with an empty field; its files follow.
    for part in text.split("\0"):
        name = part.strip("\n")
        if len(name) == _HASH and "/" not in name:
            commit = name
        elif name:
            found.setdefault(name, []).append(commit)
    return found


def is_commit(paths: Paths, name: str) -> bool:
    """Say whether a name means a commit of the repository."""
    try:
        _run(paths, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except CasebookError:
        return False
    return True


def content(paths: Paths, commit: str, path: str) -> bytes | None:
    """Return what a file held at a commit; None where it was not there or this is no git repository."""
    try:
        return _run(paths, "show", "--end-of-options", f"{commit}:./{path}")
    except CasebookError:
        return None


def changed(paths: Paths, *folders: Path) -> list[str]:
    """Return the files in folders that differ from the last commit, or are not in it."""
    names = [paths.relative(folder) for folder in folders]
    text = _git(paths, "status", "--porcelain", "--untracked-files=all", "-z", "--", *names)
    return [part[3:] for part in text.split("\0") if part]


_HASH = 40


def _git(paths: Paths, *arguments: str) -> str:
    return _run(paths, *arguments).decode("utf-8", errors="replace")


def _run(paths: Paths, *arguments: str) -> bytes:
    command: Sequence[str] = ["git", "-c", "core.quotePath=false", *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, cwd=paths.root)  # noqa: S603  # our own words
    except OSError as error:
        raise CasebookError(f"git cannot be run ({error.strerror}); it is needed here") from error
    if done.returncode:
        words = done.stderr.decode("utf-8", errors="replace").strip().split("\n")[0]
        raise CasebookError(f"git says: {words}")
    return done.stdout
