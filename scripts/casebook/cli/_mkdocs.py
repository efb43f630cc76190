"""MkDocs, called from our commands: its settings and what it says."""

from __future__ import annotations

import contextlib
import logging
import os
from typing import TYPE_CHECKING, Any

from casebook.artifact import Site
from casebook.finding import CasebookError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.paths import Paths


# The name of the library where no settings of a site say another one.
NAME = "Nuclear Security Casebook"


def site_of(paths: Paths, **values: Any) -> Site:
    """Return where the site will stand by its settings; without settings it has no address."""
    if not paths.config.is_file():
        return Site(NAME, **values)
    with mkdocs_log():
        config = mkdocs_config(paths)
    return Site(config.site_name, config.site_url or "", config.repo_url or "", **values)


def mkdocs_config(paths: Paths, **values: Any) -> Any:
    """Return the settings of the site.

    Raises:
        CasebookError: if the repository has none.
    """
    from mkdocs.config import load_config  # noqa: PLC0415  # slow to import, and not always needed

    if not paths.config.is_file():
        raise CasebookError(f"{paths.relative(paths.config)} is not there; a site needs it")
    return load_config(str(paths.config), **values)


@contextlib.contextmanager
def mkdocs_log() -> Iterator[None]:
    """Show what MkDocs says, one line each; the announcements of Material's maintainers are left out."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s  %(message)s"))
    logger = logging.getLogger("mkdocs")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)
