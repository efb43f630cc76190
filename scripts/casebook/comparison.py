"""Two released versions compared, part by part, entry by entry and word by word.

The words of a vocabulary and the titles of other items may have changed between the two without anybody touching the
item. Both sides are therefore read with the words of the newer one, and a field has changed only where its content has.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain, takewhile
from typing import TYPE_CHECKING, Any

from casebook import parts
from casebook.parts import Part, Words
from casebook.text import CITATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from markdown_it.token import Token

    from casebook.parts import Entry, Field
    from casebook.release import Release

SAME, ADDED, REMOVED, CHANGED, MOVED = "same", "added", "removed", "changed", "moved"
# Two texts are compared word by word while the product of their lengths is not more than the first number, and that
# of all texts of a comparison not more than the second. Beyond, the whole text stands as removed and as added.
MOST_WORDS, MOST_WORK = 160_000, 4_000_000
# Paragraphs without a key are searched for their like while there are not more pairs than this, and not more words.
MOST_PAIRS, LONGEST = 2_500, 2_000
# Two texts are two versions of one when they share this part of their words.
ALIKE = 0.4
# A run of letters ends before a citation; what is written without spaces is compared character by character.
_WORD = re.compile(
    rf"({CITATION.pattern}|[\u2e80-\u9fff\uf900-\ufaff]|(?:(?!{CITATION.pattern})[^\s\u2e80-\u9fff])+)(\s*)"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word with the space that follows it, a citation by the id of its source, or an address to which words lead."""

    text: str
    what: str = "word"
    space: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """By what two words are the same."""
        return self.what, self.text


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that stand in both versions, or in one of them."""

    how: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an entry as pieces; `label` is what it is called, or empty."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """What became of an entry: added, removed, changed, or moved; `origin` is the heading from which it came."""

    how: str
    name: str
    fields: tuple[FieldChange, ...]
    origin: str = ""


@dataclass(frozen=True, slots=True)
class PartChange:
    """What changed below one heading."""

    heading: str
    entries: tuple[EntryChange, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is different between two versions. `total` counts paragraphs and entries, `changed` those that differ."""

    before: Release
    after: Release
    parts: tuple[PartChange, ...]
    changed: int
    total: int


@dataclass(frozen=True, eq=False)
class _Place:
    """An entry with its place in its version. Most are the same in both, and are not cut into words for that."""

    part: str
    heading: str
    index: int
    entry: Entry
    content: tuple[tuple[Any, ...], ...]

    @classmethod
    def of(cls, part: Part, index: int, entry: Entry) -> _Place:
        return cls(part.id, part.heading, index, entry, tuple(_content(one) for one in entry.fields))

    @cached_property
    def keys(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        return tuple((one.label, tuple(word.key for word in words(one))) for one in self.entry.fields)


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """An entry of one version beside its like in the other one."""

    before: _Place | None
    after: _Place | None

    @property
    def place(self) -> _Place:
        return next(one for one in (self.after, self.before) if one)

    @property
    def differs(self) -> bool:
        if not (self.before and self.after):
            return True
        return self.before.content != self.after.content and self.before.keys != self.after.keys


def compare(before: Release, after: Release) -> Comparison:
    """Return what is different in a version, compared with an earlier one."""
    known = Words(_merged(before.labels, after.labels), {**_mapping(before.titles), **_mapping(after.titles)})
    old, new = parts.of_release(before, known), parts.of_release(after, known)
    rows = _rows(_places(old), _places(new))
    moved = _moved(rows)
    work = _share(rows)
    headings = {part.id: part.heading for part in (*new, *old)}
    by_part: dict[str, list[EntryChange]] = defaultdict(list)
    for row in _in_order(rows):
        if row.differs or row in moved:
            by_part[row.place.part].append(_change(row, work))
    # A part that only the older version has stands where it stood there, as near as can be said.
    order = list(dict.fromkeys(chain((part.id for part in new), (part.id for part in old))))
    changed = tuple(PartChange(headings[one], tuple(by_part[one])) for one in order if one in by_part)
    return Comparison(before, after, changed, sum(len(one.entries) for one in changed), len(rows))


def changes(before: Release | None, after: Release) -> list[Mapping[str, Any]]:
    """Return the entries of the history of a version since an earlier one, the newest first."""
    found = [one for one in parts.entries(after.data, "history") if isinstance(one.get("version"), int)]
    first = before.version if before else 0
    between = [one for one in found if first < one["version"] <= after.version]
    own = {"version": after.version, "date": after.date, "change": after.change}
    return sorted(between, key=lambda one: -one["version"]) or [own]


def words(field: Field) -> list[Word]:
    """Return the words of a field, its terms and links each as one word, and its citations."""
    found: list[Word] = []
    for one in _of_tokens(field.inline) if field.inline else _of_text(field.text):
        # A space belongs to the word before it, so that a line that breaks elsewhere is no change.
        if one.text:
            found.append(one)
        elif found:
            found[-1] = replace(found[-1], space=" ")
    found += [Word(one.words, "term", "; ") for one in field.links[:-1]]
    found += [Word(one.words, "term") for one in field.links[-1:]]
    return found + [Word(source, "citation") for source in field.sources]


def _content(field: Field) -> tuple[Any, ...]:
    """Return what a field holds; two of equal content are the same, and two others nearly always differ."""
    inline = "".join(f"{one.type} {one.content or one.attrs}" for one in field.inline)
    return field.label, field.text, field.sources, tuple(one.words for one in field.links), inline


def _of_text(text: str) -> Iterator[Word]:
    if text[:1].isspace():
        yield Word("", "space")
    for match in _WORD.finditer(text):
        what, source, space = match[1], match[2], " " if match.groups()[-1] else ""
        yield Word(source, "citation", space) if source else Word(what, "word", space)


def _of_tokens(children: Sequence[Token]) -> Iterator[Word]:
    """Yield the words of a piece of prose; an address stands after the words that lead to it."""
    address = ""
    for token in children:
        if token.type == "link_open":
            address = str(token.attrGet("href") or "")
        elif token.type == "link_close":
            yield Word(address, "address")
        elif token.type == "image":
            yield from (Word(f"[{token.content}]"), Word(str(token.attrGet("src") or ""), "address"))
        elif token.type == "citation":
            yield Word(token.content, "citation")
        else:
            yield from _of_text("\n" if token.type in ("softbreak", "hardbreak") else token.content)


# --- which entry is which


def _places(found: Iterable[Part]) -> list[_Place]:
    return [_Place.of(part, index, entry) for part in found for index, entry in enumerate(part.entries)]


def _rows(old: Sequence[_Place], new: Sequence[_Place]) -> list[_Row]:
    """Return every entry of both versions in one row: by its key, by its words, or by words that are like its own."""
    pairs = {**_by_key(old, new)}
    for find in (_by_content, _by_content_anywhere, _by_likeness):
        taken = set(map(id, pairs.values()))
        left = [one for one in old if id(one) not in pairs and not one.entry.key]
        free = [one for one in new if id(one) not in taken and not one.entry.key]
        pairs |= find(left, free)
    taken = set(map(id, pairs.values()))
    kept = [_Row(one, pairs.get(id(one))) for one in old]
    return kept + [_Row(None, one) for one in new if id(one) not in taken]


def _by_key(old: Iterable[_Place], new: Iterable[_Place]) -> dict[int, _Place]:
    known = {(one.part, alias): one for one in new for alias in one.entry.aliases}
    known |= {(one.part, one.entry.key): one for one in reversed(list(new)) if one.entry.key}
    # An entry of the newer version is the like of one entry only.
    found = {id(place): one for one in reversed(list(old)) if (place := known.get((one.part, one.entry.key)))}
    places = {id(one): one for one in new}
    return {id(one): places[place] for place, one in found.items()}


def _by_content(old: Iterable[_Place], new: Iterable[_Place]) -> dict[int, _Place]:
    return _equal(old, new, lambda one: (one.part, one.content))


def _by_content_anywhere(old: Iterable[_Place], new: Iterable[_Place]) -> dict[int, _Place]:
    return _equal(old, new, lambda one: one.content)


def _equal(old: Iterable[_Place], new: Iterable[_Place], key: Any) -> dict[int, _Place]:
    free: dict[Any, list[_Place]] = defaultdict(list)
    for one in reversed(list(new)):
        free[key(one)].append(one)
    return {id(one): free[key(one)].pop() for one in old if free.get(key(one))}


def _by_likeness(old: Sequence[_Place], new: Sequence[_Place]) -> dict[int, _Place]:
    """Return pairs within a part, those that share most of their words first."""
    if len(old) * len(new) > MOST_PAIRS:
        return {}
    bags = {id(one): _bag(one) for one in (*old, *new)}
    pairs = [
        (_likeness(bags[id(one)], bags[id(other)]), one, other)
        for one in old
        for other in new
        if one.part == other.part
    ]
    found: dict[int, _Place] = {}
    taken: set[int] = set()
    for likeness, one, other in sorted(pairs, key=lambda pair: -pair[0]):
        if likeness >= ALIKE and id(one) not in found and id(other) not in taken:
            found[id(one)] = other
            taken.add(id(other))
    return found


def _bag(place: _Place) -> Counter[Any]:
    found = Counter(chain.from_iterable(keys for _, keys in place.keys))
    return found if found.total() <= LONGEST else Counter()


def _likeness(one: Counter[Any], other: Counter[Any]) -> float:
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _moved(rows: Sequence[_Row]) -> set[_Row]:
    """Return the rows whose entries stand in another part than before, or in another order."""
    found: set[_Row] = set()
    by_part: dict[str, list[tuple[_Row, int]]] = defaultdict(list)
    for row in rows:
        if row.before and row.after and row.before.part == row.after.part:
            by_part[row.after.part].append((row, row.after.index))
        elif row.before and row.after:
            found.add(row)
    for inside in by_part.values():
        kept = _longest_rising([index for _, index in inside])
        found |= {row for at, (row, _) in enumerate(inside) if at not in kept}
    return found


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Return the places of the longest rising series of numbers: what stands outside of it has moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, number in enumerate(numbers):
        place = bisect_left(tails, number)
        tails[place : place + 1], ends[place : place + 1] = [number], [at]
        before.append(ends[place - 1] if place else -1)
    found, at = set(), ends[-1] if ends else -1
    while at >= 0:
        found.add(at)
        at = before[at]
    return found


def _in_order(rows: Sequence[_Row]) -> list[_Row]:
    """Return rows in the order of the newer version, each removed entry after the one that it followed."""
    last: dict[str, int] = defaultdict(lambda: -1)
    places: dict[_Row, tuple[int, int, int]] = {}
    for number, row in enumerate(rows):
        if row.after:
            places[row] = (row.after.index, 0, number)
            if row.before and row.before.part == row.after.part:
                last[row.after.part] = row.after.index
        elif row.before:
            places[row] = (last[row.before.part], 1, number)
    return sorted(rows, key=lambda row: places[row])


# --- what is different in it


def _share(rows: Iterable[_Row]) -> int:
    """Return how much work one text may cost."""
    count = sum(len(row.before.entry.fields) for row in rows if row.before and row.after and row.differs)
    return min(MOST_WORDS, MOST_WORK // max(count, 1))


def _change(row: _Row, work: int) -> EntryChange:
    if row.before and row.after:
        name = row.after.entry.name
        if not row.differs:
            origin = row.before.heading if row.before.part != row.after.part else ""
            return EntryChange(MOVED, name, tuple(_whole(row.after, SAME)), origin)
        return EntryChange(CHANGED, name, tuple(_field_changes(row.before, row.after, work)))
    how = ADDED if row.after else REMOVED
    return EntryChange(how, row.place.entry.name, tuple(_whole(row.place, how)))


def _whole(place: _Place, how: str) -> Iterator[FieldChange]:
    """Yield the fields of an entry of which nothing is compared; where its links lead says nothing then."""
    for one in place.entry.fields:
        shown = tuple(word for word in words(one) if word.what != "address")
        yield FieldChange(one.label, (Piece(how, shown),))


def _field_changes(before: _Place, after: _Place, work: int) -> Iterator[FieldChange]:
    """Yield the fields that differ, and all of an entry without a name, which nobody would know by one field.

    Fields without a label are found by their place among themselves.
    """
    old, new = _named(before.entry), _named(after.entry)
    for name in dict.fromkeys((*new, *old)):
        one, other = old.get(name, []), new.get(name, [])
        if not after.entry.name or [word.key for word in one] != [word.key for word in other]:
            yield FieldChange(name[0], tuple(pieces(one, other, work)))


def _named(entry: Entry) -> dict[tuple[str, int], list[Word]]:
    count: Counter[str] = Counter()
    found = {}
    for one in entry.fields:
        found[one.label, count[one.label]] = words(one)
        count[one.label] += 1
    return found


def pieces(before: Sequence[Word], after: Sequence[Word], work: int = MOST_WORDS) -> Iterator[Piece]:
    """Yield the pieces of two texts; of texts too long to compare, the middle stands as removed and as added.

    Args:
        before: words of the older text.
        after: words of the newer one.
        work: how large the product of their lengths may be, without what both have at beginning and end.
    """
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if start:
        yield Piece(SAME, tuple(after[:start]))
    for how, one, other in _middle(old, new) if len(old) * len(new) <= work else [("replace", old, new)]:
        if how == "equal":
            yield Piece(SAME, tuple(other))
        else:
            yield from (Piece(kind, tuple(part)) for kind, part in ((REMOVED, one), (ADDED, other)) if part)
    if end:
        yield Piece(SAME, tuple(after[len(after) - end :]))


def _middle(old: Sequence[Word], new: Sequence[Word]) -> Iterator[tuple[str, Sequence[Word], Sequence[Word]]]:
    """Yield what is equal and what is replaced; one equal word alone would make them hard to read."""
    matcher = SequenceMatcher(None, [one.key for one in old], [one.key for one in new], autojunk=False)
    blocks = [one for one in matcher.get_matching_blocks() if one.size != 1]
    first = start = 0
    for block in blocks:
        if block.a > first or block.b > start:
            yield "replace", old[first : block.a], new[start : block.b]
        first, start = block.a + block.size, block.b + block.size
        if block.size:
            yield "equal", old[block.a : first], new[block.b : start]


def _common(one: Sequence[Word], other: Sequence[Word]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0].key == pair[1].key, zip(one, other, strict=False)))


def _merged(old: Any, new: Any) -> dict[str, dict[str, str]]:
    names = dict.fromkeys((*_mapping(old), *_mapping(new)))
    return {name: {**_mapping(_mapping(old).get(name)), **_mapping(_mapping(new).get(name))} for name in names}


def _mapping(value: Any) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}
