"""What has changed since an instructor used an item: the answer to a list of items with versions, or to any text.

The page 'Changed since' answers in the browser (`docs/assets/js/changed/`), the command `casebook changed` here, both
from the same facts, with the same expressions, in the same words. `tests/data/changed/` holds both to that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from casebook.dates import EventDate
from casebook.finding import near, on_one_line
from casebook.registry import KINDS
from casebook.release import comparisons
from casebook.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from casebook.library import Library
    from casebook.model import Item

# So many different items are answered; more stand in no course.
MOST = 1_000
# What an answer can be, in the order in which answers are shown, each with its words.
WITHDRAWN, UNKNOWN, CHANGED, OPEN, SAME, ELSEWHERE = (
    "Withdrawn",
    "Not found",
    "Changed",
    "Version not named",
    "Not changed",
    "Of another site",
)
STATES = (WITHDRAWN, UNKNOWN, CHANGED, OPEN, SAME, ELSEWHERE)
NOTHING = "No item of the Casebook is named here: no address, no citation, and nothing like `id@version`."

_HINT = "Name the version that you have, or the day of your last course, to see what changed since."
_TOO_MANY = f"Only the first {MOST:,} were looked at."
_FOREIGN = "The Casebook has no such item. It may be an address of another site."
_NO_ID = "This is no id. Write `id` or `id@version`, for example `two-person-rule@1`."
_ID = "([A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)"
_NUMBER = "([0-9]{1,6})(?![0-9])"
# The end of an id: not the middle of a longer name, and not the name of a file.
_END = "(?![A-Za-z0-9_%-]|[.][A-Za-z0-9])"
_NAME = re.compile(rf"{_ID}(?:@{_NUMBER})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What surrounds an address in a text; the rest before its path is scheme and host.
_BEFORE = re.compile(r"[^\s\"'<>()\[\]{}|,;]*\Z")
_BEFORE_AT_MOST = 300
# Mail programs and learning platforms write addresses into other addresses.
_ENCODED = {"%2F": "/", "%3A": ":", "%40": "@", "%23": "#"}


@dataclass(frozen=True, slots=True)
class Asked:
    """An item that somebody asks about: its id, its version if it is named, and how it was written."""

    id: str
    version: int | None
    written: str


@dataclass(frozen=True, slots=True)
class Line:
    """One change since then: version, day, words, and the address of a comparison or nothing."""

    version: int
    date: str
    words: str
    comparison: str

    @property
    def text(self) -> str:
        """The change in words."""
        return f"Version {self.version}, {day(self.date)}: {self.words}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be said of an item.

    `yours` and `now` are versions in words, `notes` are sentences. `address` is the page of the item and `instead` that
    of its successor, from the root of the site. Of an item that is not known only `state`, `name` and `notes` are told.
    """

    state: str
    name: str
    notes: Sequence[str] = ()
    id: str = ""
    title: str = ""
    address: str = ""
    instead: str = ""
    yours: str = ""
    now: str = ""
    lines: Sequence[Line] = ()
    version: int | None = None


def facts(library: Library, site_url: str = "") -> dict[str, Any]:
    """Return what an answer needs to know of the library, as one dictionary for JSON.

    Of an item it has id, number of the kind, title, and versions, each with number, day, words, and 1 where a page
    compares it with the one before; and what few items have: former ids, reason of the withdrawal, and successor.
    """
    public = [item for item in library.items.values() if item.is_public and item.history]
    return {
        "site": site_url,
        "patterns": _patterns(),
        "kinds": [{"label": kind.label, "address": kind.address} for kind in KINDS],
        "items": [_fact(item, library) for item in sorted(public, key=lambda item: item.id)],
    }


def _fact(item: Item, library: Library) -> dict[str, Any]:
    compared = comparisons(item, library.releases)
    versions = [[one.version, one.date, one.change, *[1] * (one.version in compared)] for one in item.history]
    more = {
        "aliases": list(item.aliases),
        "withdrawn": plain(item.withdrawn_reason) if not item.is_shown else "",
        "successor": item.superseded_by,
    }
    head = {"id": item.id, "kind": KINDS.index(item.kind), "title": item.title, "versions": versions}
    return {**head, **{key: value for key, value in more.items() if value}}


def _patterns() -> list[str]:
    """Return the expressions that find items in a text, for Python and JavaScript alike: id first, then version."""
    names, folders = "|".join(kind.name for kind in KINDS), "|".join(kind.folder for kind in KINDS)
    places = "|".join(kind.address for kind in KINDS)
    labels = "|".join(f"[{kind.label[0]}{kind.label[0].lower()}]{kind.label[1:]}" for kind in KINDS)
    labels = labels.replace(" ", r"\s{1,9}")
    pages = rf"(?:(?<![A-Za-z0-9_-])(?:{places}|embed/(?:{names}))|(?<=/)c)/(?!(?:page|{folders})/){_ID}"
    files = rf"(?<![A-Za-z0-9_-])(?:api/v1/(?:{names})/{_ID}[.]json|cases/(?:{folders})/{_ID}[.]md)(?![A-Za-z0-9_-])"
    return [
        rf"{pages}(?:/v/{_NUMBER})?{_END}",
        files,
        rf"(?<![A-Za-z])(?:{labels})\s{{1,9}}{_ID},?\s{{1,9}}version\s{{1,9}}{_NUMBER}",
        rf"(?<![A-Za-z0-9_.+@-]){_ID}@{_NUMBER}(?![A-Za-z_-]|[.][A-Za-z0-9])",
    ]


def found(text: str, known: Mapping[str, Any]) -> list[Asked]:
    """Return the items that a text names, in its order: by address, by citation, or as `id@version`.

    In a text that is nothing but a list of ids, they need no version.
    """
    for code, sign in _ENCODED.items():
        text = text.replace(code, sign).replace(code.lower(), sign)
    matches = [match for pattern in known["patterns"] for match in re.finditer(pattern, text)]
    unique: dict[tuple[str, int | None], Asked] = {}
    for match in sorted(matches, key=lambda match: match.start()):
        item_id, *number = (group for group in match.groups() if group)
        key = (item_id.lower(), int(number[0]) if number else None)
        if key not in unique and len(unique) <= MOST:
            unique[key] = Asked(*key, _written(match, text))
    return list(unique.values()) or _listed(text)


def _listed(text: str) -> list[Asked]:
    """Return the items of a text that is nothing but a list of ids."""
    words = [word for word in re.split(r"[\s,;]+", text) if word]
    is_list = all(_NAME.fullmatch(word) and re.search(r"[0-9-]", word) for word in words)
    return named(words[:MOST]) if is_list else []


def _written(match: re.Match[str], text: str) -> str:
    """Return what was found as it stands in the text, an address with its scheme and host."""
    start = match.start()
    before = _BEFORE.search(text[max(start - _BEFORE_AT_MOST, 0) : start])
    return " ".join(f"{before.group() if before else ''}{match.group()}".split())


def named(words: Iterable[str]) -> list[Asked]:
    """Return the items that are named one by one, each as `id` or `id@version`."""
    given = [word.strip() for word in words if word.strip()]
    matches = [(word, _NAME.fullmatch(word)) for word in given]
    return [
        Asked(match[1].lower(), int(match[2]) if match[2] else None, word) if match else Asked("", None, word)
        for word, match in matches
    ]


def fault_of_day(text: str) -> str:
    """Return what is wrong with a day, or an empty text."""
    try:
        good = bool(_DAY.fullmatch(text) and EventDate.parse(text))
    except ValueError:
        good = False
    return "" if good else f"`{on_one_line(text, 40)}` is no day. Write it as year, month and day: 2026-11-24."


def answers(asked: Iterable[Asked], known: Mapping[str, Any], since: str = "") -> list[Answer]:
    """Return an answer for each item that is asked about, what needs attention first.

    Args:
        asked: the items; one that is asked about twice is answered once.
        known: the facts about the library.
        since: a day, `YYYY-MM-DD`, for the items whose version is not named: changes on that day or later count.
    """
    book = _Book(known, since)
    given = [book.answer(one) for one in book.distinct(asked)]
    return sorted(given, key=lambda answer: STATES.index(answer.state))


def report(given: Sequence[Answer], site_url: str = "") -> list[str]:
    """Return the answers as lines of text, with a count at the end.

    Args:
        given: the answers.
        site_url: address of the site, which is written before the addresses of pages.
    """
    return [*(line for answer in given for line in _lines(answer, site_url)), summary(given)]


def summary(given: Sequence[Answer]) -> str:
    """Return how many answers there are of each state."""
    if not given:
        return NOTHING
    counts = {state: sum(answer.state == state for answer in given) for state in STATES}
    words = "; ".join(f"{state.lower()}: {count}" for state, count in counts.items() if count)
    hints = [_HINT] * bool(counts[OPEN]) + [_TOO_MANY] * (len(given) >= MOST)
    return " ".join([f"{words[0].upper()}{words[1:]}.", *hints])


def outcome(given: Sequence[Answer]) -> int:
    """Return 0 when nothing has changed, 1 when something has or may have, 2 when something cannot be answered."""
    states = {answer.state for answer in given}
    if UNKNOWN in states or not states - {ELSEWHERE}:
        return 2
    return 1 if states & {WITHDRAWN, CHANGED, OPEN} else 0


def day(date: str) -> str:
    """Return a day as a reader sees it: `24 November 2026`."""
    return str(EventDate.parse(date))


def _lines(answer: Answer, site_url: str) -> Iterator[str]:
    yield f"{answer.state}: {answer.name}"
    if answer.now:
        yield f"  Yours: {answer.yours}. Now: {answer.now}."
    yield from (f"  {note}" for note in answer.notes)
    for line in answer.lines:
        yield f"  {line.text}"
        if line.comparison:
            yield f"    Compare: {site_url}{line.comparison}"
    if answer.address:
        yield f"  {site_url}{answer.address}"


@dataclass(frozen=True)
class _Book:
    """The facts, and how an item is looked up in them."""

    facts: Mapping[str, Any]
    since: str
    meant: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def items(self) -> dict[str, Mapping[str, Any]]:
        """What is known of each item, by its id."""
        return {item["id"]: item for item in self.facts["items"]}

    @cached_property
    def ids(self) -> dict[str, str]:
        """Every id that an item has or had, with the one that it has now."""
        former = {alias: item_id for item_id, item in self.items.items() for alias in item.get("aliases", ())}
        return {**former, **{item_id: item_id for item_id in self.items}}

    def distinct(self, asked: Iterable[Asked]) -> list[Asked]:
        """Return each item once with each version; without a version only where no version of it is named."""
        unique: dict[tuple[str, int | None], Asked] = {}
        for one in asked:
            unique.setdefault((self._key(one), one.version), one)
        versioned = {key for key, version in unique if version is not None}
        kept = [one for (key, version), one in unique.items() if version is not None or key not in versioned]
        return kept[:MOST]

    def _key(self, one: Asked) -> str:
        return self.ids.get(one.id, one.id or one.written)

    def answer(self, one: Asked) -> Answer:
        """Return what is to be said of one item."""
        if one.id not in self.ids:
            return self._unknown(one)
        item_id = self.ids[one.id]
        item = self.items[item_id]
        versions = item["versions"]
        answer = Answer(
            SAME,
            f"{item['title']} ({item_id})",
            [f"`{one.id}` is now `{item_id}`."] if one.id != item_id else [],
            item_id,
            item["title"],
            self._address(item),
            yours=self._yours(one, versions),
            now=_version(*versions[-1][:2]),
            version=one.version,
        )
        answer = self._changed(answer, one, versions)
        return self._withdrawn(answer, item) if "withdrawn" in item else answer

    def _address(self, item: Mapping[str, Any]) -> str:
        return f"{self.facts['kinds'][item['kind']]['address']}/{item['id']}/"

    def _changed(self, answer: Answer, one: Asked, versions: Sequence[Sequence[Any]]) -> Answer:
        numbers = [number for number, *_ in versions]
        if one.version is not None and one.version not in numbers:
            note = f"`{answer.id}` has {_range(numbers)}, and no version {one.version}."
            return replace(answer, state=UNKNOWN, notes=[*answer.notes, note])
        if one.version is None and not self.since:
            return replace(answer, state=OPEN)
        newer = [line for line in _history(answer.address, versions) if self._is_newer(line, one)]
        return replace(answer, state=CHANGED if newer else SAME, lines=newer)

    def _is_newer(self, line: Line, one: Asked) -> bool:
        return line.date >= self.since if one.version is None else line.version > one.version

    def _yours(self, one: Asked, versions: Sequence[Sequence[Any]]) -> str:
        if one.version is not None:
            dated = (_version(*entry[:2]) for entry in versions if entry[0] == one.version)
            return next(dated, f"version {one.version}")
        older = [entry for entry in versions if entry[1] < self.since]
        if older:
            return _version(*older[-1][:2])
        return "not there yet" if self.since else "not named"

    def _withdrawn(self, answer: Answer, item: Mapping[str, Any]) -> Answer:
        notes = [*answer.notes, f"Withdrawn: {item['withdrawn']}"]
        successor = self.items.get(self.ids.get(item.get("successor", ""), ""))
        if successor is None:
            return replace(answer, state=WITHDRAWN, notes=notes)
        notes.append(f"Use instead: {successor['title']} ({successor['id']}).")
        return replace(answer, state=WITHDRAWN, notes=notes, instead=self._address(successor))

    def _unknown(self, one: Asked) -> Answer:
        written = on_one_line(one.written, 200)
        if not one.id:
            return Answer(UNKNOWN, f"`{written}`", [_NO_ID])
        if one.id not in self.meant:
            self.meant[one.id] = near(one.id, self.ids)
        meant = self.meant[one.id]
        if not meant and self._is_foreign(one.written):
            return Answer(ELSEWHERE, f"`{written}`", [_FOREIGN])
        hint = f" Did you mean `{self.ids[meant[0]]}`?" if meant else ""
        return Answer(UNKNOWN, f"`{written}`", [f"There is no item `{on_one_line(one.id, 100)}`.{hint}"])

    def _is_foreign(self, written: str) -> bool:
        site = self.facts["site"]
        return "//" in written and not (site and site in written)


def _history(address: str, versions: Sequence[Sequence[Any]]) -> Iterator[Line]:
    for number, date, words, *compared in versions:
        yield Line(number, date, words, f"{address}v/{number}/changes/" if compared else "")


def _version(number: int, date: str) -> str:
    return f"version {number} of {day(date)}"


def _range(numbers: Sequence[int]) -> str:
    first, last = numbers[0], numbers[-1]
    return f"version {first} only" if first == last else f"versions {first} to {last}"
