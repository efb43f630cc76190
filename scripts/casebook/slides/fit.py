"""Fits slides: the largest type with which a text stands in its box, and more slides where none is small enough."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from casebook.slides import metrics
from casebook.slides.deck import BULLET, LETTER, PLAIN, SOURCE, Entry, Paragraph, Run, Slide
from casebook.slides.layout import LAYOUTS, TITLE, Box
from casebook.socialcard.fonts import clusters
from casebook.socialcard.wrap import lines, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Blank before a paragraph and before one that belongs to it, and the place of a bullet, as multiples of the size.
BEFORE, CLOSE = 0.5, 0.2
HANG, HANG_NUMBER = 1.15, 1.4
MARK = 2 / 3
_TITLES = {"opening": (40, 36, 32, 28, 24), "section": (40, 36, 32, 28, 24)}
_TITLE = (30, 28, 26, 24, 22, 20)
_CAPTION = (14, 13, 12, 11)


@dataclass(frozen=True, slots=True)
class Page:
    """A slide as it is written: the sizes of its title and its text, in points, and all else from a `Slide`."""

    slide: Slide
    title: str
    title_size: int
    entries: tuple[Entry, ...]
    size: int
    right: tuple[Entry, ...] = ()
    is_first: bool = True


def pages(slide: Slide) -> Iterator[Page]:
    """Yield a slide, or the several that it takes."""
    layout = LAYOUTS[slide.layout]
    if not slide.entries:
        yield _page(slide, slide.title, (), slide.sizes[-1])
        return
    if slide.right:
        yield from _columns(slide)
        return
    box = layout.box(1)
    parts, size = _parted(slide, box)
    for number, part in enumerate(parts, 1):
        title = f"{slide.title} ({number} of {len(parts)})" if len(parts) > 1 else slide.title
        yield _page(slide, title, part, size, is_first=number == 1)


def height(entries: Sequence[Entry], box: Box, size: int) -> float:
    """Return how high entries stand in a box, in points."""
    return sum(_height(one, box.width, size) for one in entries) - (
        before(entries[0].paragraphs[0]) * size if entries else 0
    )


def indent(paragraph: Paragraph, size: int) -> tuple[float, float]:
    """Return where the text of a paragraph begins, and how far its bullet stands before that, in points."""
    if paragraph.style in (PLAIN, SOURCE):
        return 0, 0
    hang = HANG if paragraph.style == BULLET else HANG_NUMBER
    return (2 * hang if paragraph.style == LETTER else hang) * size, hang * size


def before(paragraph: Paragraph) -> float:
    """Return the blank before a paragraph, as a multiple of the size."""
    return CLOSE if paragraph.style in (LETTER, SOURCE) else BEFORE


def title_height(title: str, box: Box, size: int) -> float:
    """Return how high a title stands, in points."""
    return metrics.height(title, box.width, size, share=_share((Run(title, bold=True),)))


def caption_size(text: str, box: Box) -> int:
    """Return the size in which an address stands on one line, or the smallest one."""
    return next((one for one in _CAPTION if metrics.width(text) * one <= box.width), _CAPTION[-1])


def _columns(slide: Slide) -> Iterator[Page]:
    layout = LAYOUTS[slide.layout]
    for size in slide.sizes:
        columns = ((slide.entries, layout.box(1)), (slide.right, layout.box(2)))
        if all(height(part, box, size) <= box.height for part, box in columns):
            yield _page(slide, slide.title, slide.entries, size, right=slide.right)
            return
    for part in (slide.entries, slide.right):
        yield from pages(replace(slide, layout="content", entries=part, right=()))


def _page(slide: Slide, title: str, entries: tuple[Entry, ...], size: int, **more: object) -> Page:
    box, sizes = LAYOUTS[slide.layout].box(TITLE), _TITLES.get(slide.layout, _TITLE)
    fitting = (one for one in sizes if title_height(title, box, one) <= box.height)
    chosen = next(fitting, 0)
    if not chosen:
        chosen, title = sizes[-1], _short(title, box, sizes[-1])
    return Page(slide, title, chosen, entries, size, **more)  # type: ignore[arg-type]


def _short(title: str, box: Box, size: int) -> str:
    """Return the beginning of a title that no size can hold; the notes have the whole."""
    room = box.width / size / _share((Run(title, bold=True),))
    most = int(box.height / metrics.height("漢", box.width, size))
    return " ".join(shortened(lines(title, room, metrics.width), most, room, metrics.width))


def _parted(slide: Slide, box: Box) -> tuple[list[tuple[Entry, ...]], int]:
    """Return the entries of each slide, and the size of the type: as few slides as are easy to read."""
    least = slide.sizes[-1]
    entries = [part for one in slide.entries for part in _cut(one, box, least)]
    for count in range(1, len(entries) + 1):
        if slide.most and len(entries) > count * slide.most:
            continue
        for size in slide.sizes:
            enough = size >= slide.good or count == len(entries)
            parts = _balanced(entries, count, slide.most or len(entries), box, size) if enough else []
            if parts and all(height(part, box, size) <= box.height for part in parts):
                return parts, size
    return [(one,) for one in entries], least


def _balanced(entries: Sequence[Entry], count: int, most: int, box: Box, size: int) -> list[tuple[Entry, ...]]:
    """Return entries in so many parts that the highest of them is as low as can be; nothing where there is no way."""
    heights = [_height(one, box.width, size) for one in entries]
    sums = [sum(heights[:index]) for index in range(len(heights) + 1)]

    @cache
    def best(end: int, parts: int) -> tuple[float, tuple[int, ...]]:
        """Return the lowest height of the first entries in some parts, and where each part ends."""
        if parts == 1:
            return (sums[end], (0, end)) if 0 < end <= most else (float("inf"), ())
        ways = (
            (max(best(start, parts - 1)[0], sums[end] - sums[start]), (*best(start, parts - 1)[1], end))
            for start in range(max(parts - 1, end - most), end)
        )
        return min(ways, default=(float("inf"), ()))

    cost, ends = best(len(entries), count)
    return [tuple(entries[start:end]) for start, end in pairwise(ends)] if cost < float("inf") else []


@cache
def _height(entry: Entry, width: int, size: int) -> float:
    """Return how high an entry stands, with the blank before it."""
    return sum(
        before(one) * size + metrics.height(one.text, width - indent(one, size)[0], size, share=_share(one.runs))
        for one in entry.paragraphs
    )


@cache
def _share(runs: tuple[Run, ...]) -> float:
    """Return how much wider runs are than the same words in regular type."""
    regular = sum(metrics.width(one.text) for one in runs)
    own = sum(metrics.width(one.text, bold=one.bold) for one in runs if not one.is_mark)
    marks = sum(metrics.width(one.text) for one in runs if one.is_mark) * MARK
    return max((own + marks) / regular, 0.5) if regular else 1.0


def _cut(entry: Entry, box: Box, size: int) -> Iterator[Entry]:
    """Yield an entry, in pieces if it is higher than its box: paragraphs are parted first, and then words."""
    if height((entry,), box, size) <= box.height:
        yield entry
        return
    if len(entry.paragraphs) > 1:
        halves = [entry.paragraphs[:1], entry.paragraphs[1:]]
    else:
        halves = [(half,) for half in _halves(entry.paragraphs[0])]
    for number, half in enumerate(halves):
        yield from _cut(replace(entry, paragraphs=half, notes=() if number else entry.notes), box, size)


def _halves(paragraph: Paragraph) -> tuple[Paragraph, Paragraph]:
    runs = paragraph.runs
    if len(runs) > 1:
        middle = len(runs) // 2
        first, second = runs[:middle], runs[middle:]
    else:
        text = list(clusters(runs[0].text))
        blanks = [index for index, one in enumerate(text) if one.isspace() and 0 < index < len(text) - 1]
        half = min(blanks, key=lambda index: abs(index - len(text) // 2), default=len(text) // 2)
        first, second = ((replace(runs[0], text="".join(part)),) for part in (text[:half], text[half:]))
    return replace(paragraph, runs=first), replace(paragraph, runs=second, style=PLAIN)
