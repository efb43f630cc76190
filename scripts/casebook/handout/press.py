"""Prints sheets, many at a time, and says what the bytes of a sheet depend on."""

from __future__ import annotations

import hashlib
import os
import re
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from multiprocessing import get_context
from typing import TYPE_CHECKING

from casebook.handout.page import PICTURE
from casebook.handout.pdf import Order, Printed, Printer, faces, versions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebook.artifact import Artifact
    from casebook.handout.sheet import Sheet
    from casebook.paths import Paths

# Fewer sheets than this are printed at once; processes would cost more than they bring.
_FEW = 6
_MOST_PROCESSES = 4
_USED = re.compile(rf'src="{PICTURE}([^"]+)"')


@dataclass(frozen=True)
class Press:
    """What is needed to print: the files of the typeface, and the pictures of the items by their paths on the site."""

    fonts: Mapping[str, bytes] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @classmethod
    def of(cls, paths: Paths, pictures: Iterable[Artifact]) -> Press:
        """Return the press of a repository; without npm packages it has the typefaces of the machine alone."""
        found = {name: paths.typeface / name for name in faces()}
        fonts = {name: path.read_bytes() for name, path in found.items() if path.is_file()}
        return cls(fonts, {one.path: one.content for one in pictures if isinstance(one.content, bytes)})

    @cached_property
    def stamp(self) -> bytes:
        """What all sheets depend on: the code of this room, the typeface, WeasyPrint and Pango.

        Raises:
            CasebookError: if the machine lacks Pango.
        """
        digest = hashlib.sha256(versions().encode("utf-8"))
        folder = resources.files(__package__)
        names = sorted(one.name for one in folder.iterdir() if one.name.endswith((".py", ".css")))
        templates = sorted(one.name for one in (folder / "templates").iterdir())
        for path in (*names, *(f"templates/{name}" for name in templates)):
            digest.update((folder / path).read_bytes())
        for name, content in sorted(self.fonts.items()):
            digest.update(name.encode("utf-8") + content)
        return digest.digest()

    def key(self, sheet: Sheet) -> str:
        """Return a name that stands for the bytes of a sheet: another content has another one.

        The roomiest size holds everything that a tighter one can hold.
        """
        html = sheet.html(sheet.fits[0])
        digest = hashlib.sha256(self.stamp + html.encode("utf-8"))
        for content in self._used(html).values():
            digest.update(content)
        return digest.hexdigest()

    def order(self, sheet: Sheet) -> Order:
        """Return what is to be printed of a sheet."""
        htmls = [sheet.html(fit) for fit in sheet.fits]
        weights = [len(html) * fit.size**2 for html, fit in zip(htmls, sheet.fits, strict=True)]
        return Order(htmls, weights, sheet.most_pages, self._used(htmls[0]))

    def printed(self, orders: Sequence[Order]) -> Iterator[Printed]:
        """Yield the PDFs in the order in which they were asked for; many are printed in several processes.

        Raises:
            CasebookError: if the machine lacks Pango.
        """
        if not orders:
            return
        versions()
        processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
        if len(orders) < _FEW or processes == 1:
            yield from (self._printer.printed(order) for order in orders)
            return
        with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (dict(self.fonts),)) as pool:
            yield from pool.map(_print, orders)

    @cached_property
    def _printer(self) -> Printer:
        return Printer(self.fonts)

    def _used(self, html: str) -> dict[str, bytes]:
        names = sorted(set(_USED.findall(html)))
        return {f"{PICTURE}{name}": self.pictures[name] for name in names if name in self.pictures}


_printers: list[Printer] = []


def _begin(fonts: Mapping[str, bytes]) -> None:
    """Prepare the one printer of a process."""
    _printers.append(Printer(fonts))


def _print(order: Order) -> Printed:
    return _printers[-1].printed(order)
