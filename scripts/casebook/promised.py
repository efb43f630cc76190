"""The addresses that a site promises for ever, and those that a built site does not answer."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from casebook.lost import LOST
from casebook.model import CaseStudy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from casebook.artifact import Artifact
    from casebook.finding import Finding
    from casebook.ledger import Ledger
    from casebook.library import Library
    from casebook.paths import Paths

INDEX = "index.html"
# What is part of a page and never linked by itself, and what only a site with an address of its own has. A picture of
# an item is part of its page: it may be another one tomorrow, and goes when the item is withdrawn.
_PARTS = re.compile(
    r"(?:assets|findings)/.*|.*\.(?:png|jpe?g|webp)|.*/(?:qr\.svg|oembed\.json|linkset\.json)"
    r"|sitemap\.xml(?:\.gz)?|robots\.txt"
)
_ID = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_REMEDY = "say in releases/moved.yml where it leads now"
# A page that leads on, or says why there is nothing more to see, answers for each of its parts.
_FOR_ALL_PARTS = ('http-equiv="refresh"', "data-withdrawn")


def addresses(artifacts: Iterable[Artifact], library: Library, paths: Paths) -> set[str]:
    """Return the addresses that a site promises: pages, lessons, words of the glossary, data and downloads.

    Args:
        artifacts: everything that is generated.
        library: the items that are shown.
        paths: the repository, for the hand-written pages.
    """
    written = (path.relative_to(paths.docs).as_posix() for path in paths.docs.rglob("*.md"))
    files = (*(artifact.path for artifact in artifacts), *written)
    return {found for file in files if (found := address(file))} | set(_anchors(library))


def address(file: str) -> str:
    """Return the address at which a file of the site is promised, or an empty text.

    A page has that of its folder; the first page has `index.html`, because a line of the ledger cannot be empty.
    """
    if _PARTS.fullmatch(file):
        return ""
    if not file.endswith((".md", f"/{INDEX}")):
        return file
    page = re.sub(r"(?:^|(?<=/))index\.(?:md|html)$", "", file)
    return f"{page.removesuffix('.md')}/" if page.endswith(".md") else page or INDEX


def unanswered(ledger: Ledger, folder: Path, elsewhere: Collection[str] = ()) -> Iterator[str]:
    """Yield each address of a ledger that a built site does not answer.

    Args:
        ledger: every published address.
        folder: the built site.
        elsewhere: addresses that the published site answers, and that this build was not asked to make.
    """

    @cache
    def parts(file: Path) -> frozenset[str] | None:
        html = file.read_text(encoding="utf-8", errors="replace")
        if any(mark in html for mark in _FOR_ALL_PARTS):
            return None
        return frozenset("".join(groups) for groups in _ID.findall(html))

    for one in ledger.lines:
        path, _, part = one.partition("#")
        file = folder / (f"{path}{INDEX}" if path.endswith("/") else path)
        if one in elsewhere:
            continue
        known = parts(file) if part and file.is_file() else None
        if not file.is_file() or (known is not None and part not in known):
            yield one


def findings(ledger: Ledger, lost: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each address of a ledger that nothing would answer."""
    for one in lost:
        yield LOST.at(ledger.at(one), f"`{one}` was published, and the site does not answer it", _REMEDY)


def _anchors(library: Library) -> Iterator[str]:
    for item in library.items.values():
        if isinstance(item, CaseStudy) and item.is_shown:
            yield from (f"{item.address}#{lesson.id}" for lesson in item.lessons)
    yield from (f"glossary/#{term.id}" for term in library.vocabularies["glossary"])
