"""Every path of a repository of this shape, once."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from casebook.finding import CasebookError, on_one_line


@dataclass(frozen=True, slots=True)
class Paths:
    """The places of a Casebook repository below `root`."""

    root: Path

    @property
    def cases(self) -> Path:
        """Folder of the items, one folder for each kind."""
        return self.root / "cases"

    @property
    def schema(self) -> Path:
        """Folder of the JSON Schemas."""
        return self.root / "schema"

    @property
    def vocabularies(self) -> Path:
        """Folder of the controlled vocabularies."""
        return self.schema / "vocabularies"

    @property
    def screen(self) -> Path:
        """The checks of the screen for sensitive content."""
        return self.schema / "screen.yml"

    @property
    def releases(self) -> Path:
        """Folder of the released versions, and of the ledger of addresses."""
        return self.root / "releases"

    @property
    def licences(self) -> tuple[Path, ...]:
        """The licence of the content, and that of the code and the schemas."""
        return (self.root / "LICENSE-CONTENT.md", self.root / "LICENSE")

    @property
    def docs(self) -> Path:
        """Folder of the hand-written pages and the theme."""
        return self.root / "docs"

    @property
    def config(self) -> Path:
        """Configuration of the site."""
        return self.root / "mkdocs.yml"

    @property
    def site(self) -> Path:
        """Folder of the built site."""
        return self.root / "site"

    @property
    def handouts(self) -> Path:
        """Folder in which a build keeps handouts, so that the next one need not draw them again."""
        return self.root / "build" / "handouts"

    @property
    def typeface(self) -> Path:
        """Folder of the typeface of the site, one file for each part of its letters."""
        return self.node_modules / "@fontsource-variable" / "inter" / "files"

    @property
    def assets(self) -> Path:
        """Folder of our own browser code, style and pictures."""
        return self.docs / "assets"

    @property
    def node_modules(self) -> Path:
        """Folder of the npm packages that set-up installs."""
        return self.root / "node_modules"

    def relative(self, path: Path) -> str:
        """Return a path as findings show it: below the root, with `/`; else as it is."""
        try:
            return on_one_line(tidy(path).relative_to(self.root).as_posix())
        except ValueError:
            return on_one_line(path.as_posix())


def tidy(path: Path) -> Path:
    """Return a path from the root of the disk without `..`; links stay links."""
    return Path(os.path.normpath(path.absolute()))


def nearest_root(start: Path) -> Path:
    """Return the folder at or above `start` that has the shape of a repository, else `start` itself."""
    start = tidy(start)
    found = (
        folder for folder in (start, *start.parents) if (folder / "cases").is_dir() and (folder / "schema").is_dir()
    )
    return next(found, start)


def repository(root: Path) -> Paths:
    """Return the paths of the repository at `root`.

    Raises:
        CasebookError: if the folder does not have the shape of a Casebook repository.
    """
    paths = Paths(tidy(root))
    for folder in (paths.cases, paths.schema, paths.vocabularies):
        if not folder.is_dir():
            raise CasebookError(
                f"{root} is not a Casebook repository: it has no folder {folder.relative_to(paths.root).as_posix()}/. "
                "Run in the repository, or name it with `-C DIR`."
            )
    return paths
