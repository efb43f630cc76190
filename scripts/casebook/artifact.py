"""What the site is made of: an `Artifact` is one page or data file, a `Site` says where it will stand."""

from __future__ import annotations

import json
import posixpath
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the site.

    `path` is below the root of the site, with `/`; a page is Markdown with front matter at `…/index.md`. `source` is
    the file of the repository that a reader would edit, or empty.
    """

    path: str
    content: str | bytes
    source: str = ""

    @property
    def data(self) -> bytes:
        """The content as it is on a disk."""
        return self.content.encode("utf-8") if isinstance(self.content, str) else self.content


@dataclass(frozen=True, slots=True)
class Site:
    """Where the site will stand: its name, its address (empty: anywhere), its repository, and whether drafts show.

    `branch` is the one of the repository into which contributions go.
    `today` is the day for which it is made, `YYYY-MM-DD`; without it nothing on the site becomes old.
    `handouts` says whether the site holds the handouts and readers as PDF.
    """

    name: str
    url: str = ""
    repository: str = ""
    drafts: bool = False
    branch: str = "main"
    today: str = ""
    handouts: bool = False

    def address(self, path: str) -> str:
        """Return the full address of a path of the site, or the path from its root when the site has no address."""
        return f"{self.url.rstrip('/')}/{path}" if self.url else f"/{path}"


CONTENT_LICENCE = "CC BY 4.0"
CONTENT_LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"


def relative(target: str, start: str) -> str:
    """Return the relative address that leads from one address of the site to another, both from its root."""
    path, mark, fragment = target.partition("#")
    found = posixpath.relpath(f"/{path}", f"/{start}")
    directory = "/" if path.endswith("/") or not path else ""
    return f"{found}{directory}{mark}{fragment}"


def script(path: str, name: str, value: Any) -> Artifact:
    """Return data as a script that sets a global name: unlike JSON it can be loaded from a disk too."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Artifact(path, f"self.{name} = JSON.parse({json.dumps(text, ensure_ascii=False)});\n")
