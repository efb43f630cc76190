"""The ledger of addresses: each that was ever published, in `releases/addresses.txt`. It only grows.

Each release adds a part with a head line that counts and seals its addresses. A seal also covers the one before it, so
that a line that was lost, added or changed by hand is seen without the history of the repository.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from casebook.finding import Finding, Location, Rule, on_one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from casebook.paths import Paths

LEDGER = Rule(
    "ledger",
    """The ledger of addresses only grows, and only `casebook release` writes it.

    `releases/addresses.txt` holds each address that was ever published. Courses, slides and citations use them. A line
    that is lost is an address that nobody watches over any more.

    **Mend it:** restore the file from the history of the repository: `git checkout HEAD -- releases/addresses.txt`.
    Then run `casebook release`, if something new is to be published.
    """,
)
NAME = "addresses.txt"
PREFACE = (
    "# Every address of the site that was ever published. `casebook release` writes this file, and it only grows:",
    "# each address answers, leads on, or says why it is gone. Never edit it by hand.",
)
_HEAD = re.compile(r"# release (?P<date>\d{4}-\d\d-\d\d): (?P<count>\d{1,9}) addresses, sha256 (?P<seal>[0-9a-f]{64})")
_ADDRESS = re.compile(r"(?!/)[^\s#]*(?:#[^\s#]+)?")
HINT = "restore the file from the history of the repository"


@dataclass(frozen=True, slots=True)
class Ledger:
    """All published addresses from the root of the site, each with its line in the file; `seal` is the last one."""

    path: str
    lines: Mapping[str, int] = field(default_factory=dict)
    seal: str = ""
    findings: tuple[Finding, ...] = ()

    def __contains__(self, address: object) -> bool:
        """Say whether an address was published."""
        return address in self.lines

    def at(self, address: str) -> Location:
        """Return where an address stands."""
        return Location(self.path, self.lines.get(address, 1))


@dataclass(slots=True)
class _Part:
    """What one release added: its head line and its addresses."""

    line: int
    date: str
    count: int
    seal: str
    addresses: list[str] = field(default_factory=list)


def ledger_of(text: str, path: str) -> Ledger:
    """Return the ledger that a text is, with what is wrong with it.

    Args:
        text: content of the file.
        path: path of the file, for the findings.
    """
    parts: list[_Part] = []
    lines: dict[str, int] = {}
    findings: list[Finding] = []
    for number, line in enumerate(text.splitlines(), 1):
        head = _HEAD.fullmatch(line)
        if head:
            parts.append(_Part(number, head["date"], int(head["count"]), head["seal"]))
        elif line in PREFACE and not parts:
            continue
        elif parts and line not in lines and _ADDRESS.fullmatch(line):
            parts[-1].addresses.append(line)
            lines[line] = number
        else:
            message = f"`{on_one_line(line, 80)}` is no address of a release, or stands here a second time"
            findings.append(LEDGER.at(Location(path, number), message, HINT))
    findings += _seal_findings(parts, path)
    return Ledger(path, lines, parts[-1].seal if parts else "", tuple(findings))


def load_ledger(paths: Paths) -> Ledger:
    """Return the ledger of a repository; an empty one where nothing was released yet."""
    path = paths.releases / NAME
    text = path.read_bytes().decode("utf-8", errors="replace") if path.is_file() else ""
    return ledger_of(text, paths.relative(path))


def extended(text: str, path: str, date: str, addresses: Iterable[str]) -> str:
    """Return the text of a ledger with one more release.

    Args:
        text: the ledger as it is; empty for the first release.
        path: path of the file.
        date: day of the release, `YYYY-MM-DD`.
        addresses: the new ones; those that stand in it already are passed over.
    """
    known = ledger_of(text, path)
    fresh = sorted(set(addresses) - set(known.lines))
    if not fresh:
        return text
    seal = _seal(known.seal, date, fresh)
    before = text or "\n".join([*PREFACE, ""])
    return before + "\n".join([f"# release {date}: {len(fresh)} addresses, sha256 {seal}", *fresh, ""])


def lost_lines(ledger: Ledger, earlier: Ledger) -> Iterator[Finding]:
    """Yield a finding for each address that an earlier ledger had and this one lacks."""
    for address in earlier.lines:
        if address not in ledger:
            message = f"`{address}` stood here before, and is gone"
            yield LEDGER.at(Location(ledger.path), message, HINT)


def unanswered(ledger: Ledger, answered: Collection[str]) -> list[str]:
    """Return the addresses of a ledger that a site does not answer, in their order."""
    return [address for address in ledger.lines if address not in answered]


def _seal_findings(parts: Iterable[_Part], path: str) -> Iterator[Finding]:
    before = ""
    for part in parts:
        where, found = Location(path, part.line), len(part.addresses)
        if found != part.count:
            message = f"this release has {found:,} addresses, and {part.count:,} were recorded"
            yield LEDGER.at(where, message, HINT)
        elif part.addresses != sorted(part.addresses) or part.seal != _seal(before, part.date, part.addresses):
            yield LEDGER.at(where, "the addresses of this release are not those that were recorded", HINT)
        before = part.seal


def _seal(before: str, date: str, addresses: Iterable[str]) -> str:
    return hashlib.sha256("\n".join([before, date, *addresses]).encode("utf-8")).hexdigest()
