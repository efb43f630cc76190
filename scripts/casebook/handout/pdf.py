"""From HTML to PDF with WeasyPrint: tagged (PDF/UA-1), the same bytes for the same input, and without asking anybody.

Source of the rules: ISO 14289-1 (PDF/UA-1). WeasyPrint is imported where it is used, because it needs Pango, which
the usual build does not.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from casebook.finding import CasebookError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PANGO = (
    "handouts need Pango, which this machine does not have: on Debian and Ubuntu `apt-get install libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0`, on macOS `brew install pango`"
)
# The beginning of the identifier of each PDF, which stands in the file as it is.
MAKER = "casebook handout"
# How important a message of WeasyPrint is from which on it tells of a fault: the level of a warning.
_WARNING = 30
# Files of the typeface, and the families that they are here: each has its own, and letters are taken where they are.
_FACES = {
    "Inter": "inter-latin-wght-normal.woff2",
    "Inter Ext": "inter-latin-ext-wght-normal.woff2",
    "Inter Vietnamese": "inter-vietnamese-wght-normal.woff2",
    "Inter Cyrillic": "inter-cyrillic-wght-normal.woff2",
    "Inter Greek": "inter-greek-wght-normal.woff2",
}
_FONT = "casebook:font/"
_MOST_NAMED = 5
_TYPEFACES = "on Debian and Ubuntu install `fonts-noto-core` and `fonts-noto-cjk`"
# The empty place below a question; its height in millimetres, at least and at most.
_ROOM = '<div class="room">'
LEAST_ROOM, MOST_ROOM = 8.0, 40.0
# Pixels of CSS in a millimetre, the margin at the top, and the height of the text on a page, as in the style.
_PIXELS, _TOP, _PAGE = 96 / 25.4, 14, 267


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed: HTML in every size, the roomiest first, how many pages at most, and its pictures.

    `weights` say how much place each size is expected to take, in any unit.
    """

    htmls: Sequence[str]
    weights: Sequence[float]
    most_pages: int = 0
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, the number of its pages, which size it has, and what is wrong with it, such as letters without a font."""

    content: bytes
    pages: int
    size: int
    faults: tuple[str, ...] = ()


def load_weasyprint() -> Any:
    """Return WeasyPrint.

    Raises:
        CasebookError: if the machine lacks Pango.
    """
    try:
        import weasyprint  # noqa: PLC0415  # it needs Pango
    except (ImportError, OSError) as error:
        raise CasebookError(PANGO) from error
    return weasyprint


def needs() -> None:
    """Make sure that handouts can be drawn on this machine.

    Raises:
        CasebookError: if the machine lacks Pango.
    """
    load_weasyprint()


def versions() -> str:
    """Return the versions of what draws, on which the bytes depend.

    Raises:
        CasebookError: if the machine lacks Pango.
    """
    weasyprint = load_weasyprint()
    from weasyprint.text.ffi import pango  # noqa: PLC0415  # it needs Pango

    return f"WeasyPrint {weasyprint.__version__}, Pango {pango.pango_version()}"


def faces() -> tuple[str, ...]:
    """Return the names of the files of the typeface that sheets use."""
    return tuple(_FACES.values())


def is_handout(content: bytes) -> bool:
    """Say whether a file is a PDF that this room made, by its identifier."""
    return content.startswith(b"%PDF-") and MAKER.encode("ascii") in content


@cache
def style() -> str:
    """Return the style of all sheets."""
    return resources.files(__package__).joinpath("style.css").read_text(encoding="utf-8")


class Printer:
    """Prints sheets with one set of fonts: `fonts` are files of the typeface by name, which may be none.

    Raises:
        CasebookError: if the machine lacks Pango.
    """

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        """Read style and fonts once for all sheets."""
        self._weasyprint = load_weasyprint()
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415  # it needs Pango

        self._fonts = FontConfiguration()
        known = {f"{_FONT}{name}": content for name, content in fonts.items()}
        faces = "".join(
            f'@font-face {{ font-family: "{family}"; src: url("{_FONT}{name}") }}\n'
            for family, name in _FACES.items()
            if name in fonts
        )
        self._style = self._weasyprint.CSS(string=faces + style(), font_config=self._fonts, url_fetcher=_only(known))

    def printed(self, order: Order) -> Printed:
        """Return the PDF in the roomiest size that has as few pages as asked, else in the tightest one."""
        faults: dict[str, None] = {}
        letters: dict[str, None] = {}
        listen = _listener(faults, letters)
        self._weasyprint.LOGGER.addFilter(listen)
        try:
            size, document = self._fitted(order)
            digest = hashlib.sha256(order.htmls[size].encode("utf-8"))
            identifier = f"{MAKER} {digest.hexdigest()[:16]}".encode("ascii")
            with _no_clock():
                content = document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True, pdf_identifier=identifier)
        finally:
            self._weasyprint.LOGGER.removeFilter(listen)
        if letters:
            faults[_without_typeface(list(letters))] = None
        pages = len(document.pages)
        if order.most_pages and pages > order.most_pages:
            faults[f"it has {pages} pages in place of {order.most_pages}"] = None
        return Printed(content, pages, size, tuple(faults))

    def _fitted(self, order: Order) -> tuple[int, Any]:
        """Return the roomiest size that fits, and the document laid out in it with room below its questions."""
        size, document = self._roomiest(order)
        places = order.htmls[size].count(_ROOM)
        if places and len(document.pages) == order.most_pages:
            room = min(LEAST_ROOM + (1 - _fill(document) % 1) * _PAGE / places, MOST_ROOM)
            for share in (0.97, 0.85, 0.6):
                wider = self._laid_out(order, size, room * share)
                if len(wider.pages) <= order.most_pages:
                    return size, wider
        return size, document

    def _roomiest(self, order: Order) -> tuple[int, Any]:
        """Return the roomiest size that fits, and the document in it; what one try fills says which is the next."""
        too_large, fitting = -1, len(order.htmls)
        size, best = (len(order.htmls) - 1) // 3, None
        while True:
            document = self._laid_out(order, size)
            if not order.most_pages or len(document.pages) <= order.most_pages:
                fitting, best = size, document
            else:
                too_large = size
            if fitting - too_large == 1 or too_large == len(order.htmls) - 1:
                return fitting if best else size, best or document
            expected = [weight * _fill(document) / order.weights[size] for weight in order.weights]
            guess = next((at for at, fill in enumerate(expected) if fill < order.most_pages), len(expected) - 1)
            if guess == size == fitting:
                return fitting, best
            size = min(max(guess, too_large + 1), fitting - 1, len(order.htmls) - 1)

    def _laid_out(self, order: Order, size: int, room: float = LEAST_ROOM) -> Any:
        source = self._weasyprint.HTML(string=order.htmls[size], url_fetcher=_only(order.pictures))
        space = self._weasyprint.CSS(string=f".room {{ height: {room:.1f}mm }}")
        return source.render(
            font_config=self._fonts, stylesheets=[self._style, space], pdf_variant="pdf/ua-1", pdf_tags=True
        )


def _fill(document: Any) -> float:
    """Return how many pages a document fills, by where its end stands."""
    end = document.pages[-1].anchors.get("end")
    used = (end[1] / _PIXELS - _TOP) / _PAGE if end else 1
    return len(document.pages) - 1 + min(max(used, 0), 1)


@contextmanager
def _no_clock() -> Iterator[None]:
    """Keep the time of day out of the typefaces: fontTools writes it into them, unless SOURCE_DATE_EPOCH is set."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _only(known: Mapping[str, bytes]) -> Any:
    """Return a fetcher that gives what is known and asks nobody for anything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415  # it needs Pango

    class Fetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002  # the signature is WeasyPrint's
            if url not in known:
                raise ValueError("a handout asks nobody for anything")
            return URLFetcherResponse(url, known[url])

    return Fetcher()


def _listener(faults: dict[str, None], letters: dict[str, None]) -> Any:
    """Return a filter of messages that keeps those about faults and letters without typeface, and lets none through."""

    def listen(record: Any) -> bool:
        message = record.getMessage()
        if message.startswith(".notdef"):
            letters[record.args[0]] = None
        elif record.levelno >= _WARNING:
            faults[message] = None
        return False

    return listen


def _without_typeface(letters: Sequence[str]) -> str:
    named = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in letters[:_MOST_NAMED])
    more = f" and {len(letters) - _MOST_NAMED} more" if len(letters) > _MOST_NAMED else ""
    return f"no typeface of this machine has {named}{more}; {_TYPEFACES}"
