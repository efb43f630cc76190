"""Published addresses that the items as they are would lose: an item that was renamed, a lesson with a new id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from casebook.finding import Finding, Location, Rule, nearest
from casebook.ledger import HINT, LEDGER
from casebook.registry import KIND_BY_NAME, KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from casebook.ledger import Ledger
    from casebook.load import Document
    from casebook.release import Release

LOST = Rule(
    "lost-address",
    """An address that was published is never lost: it answers, leads on, or says 'withdrawn, because'.

    Courses, slides and citations use it for years. `releases/addresses.txt` lists every such address.

    **Mend it:** an item that got another id names the old one under `aliases`, and so does a lesson. An item that
    nobody should use any more stays as a file with `status: withdrawn`, a reason and, if there is one, what replaces
    it. For any other address, `releases/moved.yml` says where it leads now.
    """,
)
_PUBLIC = ("published", "withdrawn")


class Listed(Protocol):
    """An item as it was read, with its typed front matter."""

    @property
    def document(self) -> Document:
        """The file."""

    @property
    def data(self) -> Mapping[str, Any]:
        """Its typed front matter."""


@dataclass(frozen=True, slots=True)
class _Promised:
    """What an address of an item names: the kind, the id, and the lesson if any."""

    kind: Kind
    id: str
    lesson: str = ""


def lost(
    ledger: Ledger, entries: Iterable[Listed], releases: Collection[Release], moved: Collection[str]
) -> Iterator[Finding]:
    """Yield a finding for each item and each lesson whose published address nothing would answer.

    Args:
        ledger: every published address.
        entries: the items as they are.
        releases: the released versions, for the title that an item had.
        moved: addresses that lead elsewhere.
    """
    holders = {name: entry for entry in entries for name in (entry.document.stem, *_texts(entry.data.get("aliases")))}
    versions = {one.address for one in releases}
    told: set[_Promised] = set()
    for address in ledger.lines:
        promised = _promised(address)
        if address in moved or address in versions:
            continue
        if _VERSION.fullmatch(address):
            yield LOST.at(ledger.at(address), f"`{address}` was published, and its file in releases/ is gone", _BACK)
        elif promised is not None and promised not in told:
            told.add(promised)
            holder = holders.get(promised.id)
            is_there = holder is not None and holder.document.kind == promised.kind
            if holder is not None and is_there:
                yield from _kept(holder, promised)
            elif not promised.lesson:
                yield _gone(ledger, promised, holders, releases)


def release_findings(ledger: Ledger, releases: Iterable[Release]) -> Iterator[Finding]:
    """Yield a finding for each released version whose address the ledger lacks: a whole part may be gone."""
    for release in releases:
        if release.address not in ledger:
            message = f"the ledger lacks `{release.address}`, which is released"
            yield LEDGER.at(Location(ledger.path), message, f"run `casebook release`, or {HINT}")


def _gone(ledger: Ledger, promised: _Promised, holders: Mapping[str, Listed], releases: Collection[Release]) -> Finding:
    address = promised.kind.address_of(promised.id)
    words = f"`{address}` was published, and no item answers there any more"
    titles = {one.title for one in releases if one.id == promised.id}
    heir = next((one for one in holders.values() if one.data.get("title") in titles), None)
    add = f"add `aliases: [{promised.id}]` to {heir.document.path if heir else 'the item that took its place'}"
    back = f"cases/{promised.kind.folder}/{promised.id}.md"
    return LOST.at(ledger.at(address), words, f"{add}, or bring {back} back with `status: withdrawn`")


def _kept(holder: Listed, promised: _Promised) -> Iterator[Finding]:
    document, address = holder.document, promised.kind.address_of(promised.id)
    if document.tree is None:
        return
    if document.status not in _PUBLIC:
        # One finding for the item; its lessons come back with it.
        if not promised.lesson:
            words = f"`{address}` was published, and the status is {document.status}"
            yield LOST.at(document.at_key("status"), words, "set `status: published`, or `withdrawn` with a reason")
    elif promised.lesson and document.status == "published":
        lessons = [one for one in holder.data.get("lessons") or () if isinstance(one, dict)]
        names = {name for one in lessons for name in (str(one.get("id")), *_texts(one.get("aliases")))}
        if promised.lesson not in names:
            words = f"`{address}#{promised.lesson}` was published, and the case has no lesson `{promised.lesson}`"
            hint = f"add `aliases: [{promised.lesson}]` to the lesson that it became"
            guess = nearest(promised.lesson, sorted(str(one.get("id")) for one in lessons))
            yield LOST.at(document.at_key("lessons"), words, f"{hint}; {guess}" if guess else hint)


_PAGE = re.compile(
    rf"(?P<place>{'|'.join(kind.address for kind in KINDS)})/(?P<id>[a-z0-9-]+)/(?:#(?P<lesson>[a-z0-9-]+))?"
)
_FILE = re.compile(rf"(?:embed|api/v1)/(?P<kind>{'|'.join(KIND_BY_NAME)})/(?P<id>[a-z0-9-]+)(?:/|\.json)")
_VERSION = re.compile(rf"(?:{'|'.join(kind.address for kind in KINDS)})/[a-z0-9-]+/v/[0-9]+/")
_BACK = "restore it from the history of the repository, or say in releases/moved.yml what takes its place"
_KIND_BY_ADDRESS = {kind.address: kind for kind in KINDS}


def _promised(address: str) -> _Promised | None:
    """Return what an address of an item names; None for any other address."""
    page = _PAGE.fullmatch(address)
    if page:
        return _Promised(_KIND_BY_ADDRESS[page["place"]], page["id"], page["lesson"] or "")
    file = _FILE.fullmatch(address)
    return _Promised(KIND_BY_NAME[file["kind"]], file["id"]) if file else None


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
