"""Slides: a deck for each case and each learning path, as `.pptx` with real layouts, notes and alternative texts.

Their addresses hold for ever: the deck of an item that was withdrawn says so.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING

from casebook.artifact import Artifact
from casebook.model import EDITORS, CaseStudy, LearningPath
from casebook.render import former
from casebook.slides import notice
from casebook.slides.case import CaseDeck
from casebook.slides.file import written
from casebook.slides.path import PathDeck
from casebook.slides.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.model import Item
    from casebook.moved import Move
    from casebook.slides.deck import Deck

__all__ = ["Show", "addresses", "deck", "has_slides", "is_slides", "key", "shows", "written"]

NAME = "slides.pptx"
_CORE = "docProps/core.xml"


@dataclass(frozen=True, slots=True)
class Show:
    """A file of slides to be made: its place on the site, and the name of its file outside the site."""

    item: Item
    path: str
    name: str


def has_slides(item: Item) -> bool:
    """Say whether items of this kind have slides."""
    return isinstance(item, CaseStudy | LearningPath)


def shows(library: Library, ids: Iterable[str] | None = None) -> Iterator[Show]:
    """Yield the files of slides of some items, or of all; those of withdrawn ones say that they are."""
    for item_id in library.items if ids is None else ids:
        item = library.items[item_id]
        if has_slides(item):
            yield Show(item, f"{item.address}{NAME}", f"{item.id}-{NAME}")


def deck(item: Item, library: Library, site: Site) -> Deck:
    """Return the deck of a case or a learning path.

    Raises:
        TypeError: if items of this kind have no slides.
    """
    words = Words(item, library, site)
    if not item.is_shown:
        return words.deck(notice.slides(words))
    if isinstance(item, CaseStudy):
        return words.deck(CaseDeck(item, words).slides())
    if isinstance(item, LearningPath):
        return words.deck(PathDeck(item, words).slides())
    raise TypeError(item.kind.name)


def addresses(library: Library, site: Site, moves: Iterable[Move]) -> set[str]:
    """Return the addresses of all slides of a site, former ones too. None is made for it."""
    planned = (Artifact(show.path, b"") for show in shows(library))
    return {one.path for one in former(planned, library, site, moves) if one.path.endswith(NAME)}


def key(made: Deck) -> str:
    """Return a name that stands for the bytes of a deck: another content has another one."""
    return hashlib.sha256(_stamp() + repr(made).encode("utf-8", "backslashreplace")).hexdigest()


@cache
def _stamp() -> bytes:
    """Return what all files depend on besides their decks: the code that fits and writes, and its libraries."""
    versions = [f"{name} {metadata.version(name)}" for name in ("python-pptx", "lxml", "segno")]
    digest = hashlib.sha256(" ".join([*versions, zlib.ZLIB_RUNTIME_VERSION]).encode())
    package = resources.files("casebook")
    parts = [one for one in (package / "slides").iterdir() if one.name.endswith(".py")]
    shared = [package / "qr.py", package / "socialcard" / "wrap.py", package / "socialcard" / "fonts.py"]
    for file in sorted((*parts, *shared), key=lambda one: one.name):
        digest.update(file.read_bytes())
    return digest.digest()


def is_slides(content: bytes) -> bool:
    """Say whether a file holds slides that this room made."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return EDITORS.encode("utf-8") in archive.read(_CORE)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, OSError):
        return False
