"""The moment for which a site is made: it comes from the repository, so that a commit gives the same bytes on any day.

`SOURCE_DATE_EPOCH` is the standard for it: https://reproducible-builds.org/specs/source-date-epoch/
"""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from casebook.finding import CasebookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from casebook.paths import Paths

VARIABLE = "SOURCE_DATE_EPOCH"
# Noon of the last day of the calendar, far enough from its end for every time zone.
_LAST = int(datetime(9999, 12, 31, 12, tzinfo=UTC).timestamp())


def moment(paths: Paths, environment: Mapping[str, str], newest: str) -> int:
    """Return the moment for which a site is made, in seconds since the beginning of 1970, UTC.

    It is what the environment says, else when the last commit was made, else the newest day in the histories.

    Args:
        paths: the repository.
        environment: the variables of the environment.
        newest: the newest day in the histories, `YYYY-MM-DD`, or an empty text.

    Raises:
        CasebookError: if the environment says something that is no such number.
    """
    said = environment.get(VARIABLE, "")
    if said:
        if not (said.isascii() and said.isdigit() and int(said[:18]) <= _LAST):
            raise CasebookError(f"{VARIABLE} must be a number of seconds since 1970, and is `{said[:40]}`")
        return int(said)
    committed = _last_commit(paths)
    if committed is not None:
        return committed
    return int(datetime.fromisoformat(f"{newest or '1970-01-01'}T00:00:00+00:00").timestamp())


def day_of(seconds: int) -> str:
    """Return the day of a moment as `YYYY-MM-DD` (UTC)."""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


@contextmanager
def told(seconds: int) -> Iterator[None]:
    """Tell every tool that keeps the standard that a moment is the present one."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(seconds)
    try:
        yield
    finally:
        os.environ.pop(VARIABLE)
        if before is not None:
            os.environ[VARIABLE] = before


def _last_commit(paths: Paths) -> int | None:
    """Return when the last commit of the repository was made; None where there is no git or no commit."""
    command = ["git", "-C", str(paths.root), "log", "-1", "--no-show-signature", "--format=%ct"]
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)  # noqa: S603  # no shell
    except OSError:
        return None
    said = done.stdout.strip()
    return int(said) if done.returncode == 0 and said.isdigit() else None
