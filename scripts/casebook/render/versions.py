"""Released versions: the page of each as it was, what changed in it, and the list of all of an item.

Such a page stays for ever. What stands on it comes from the file of the release alone; only what it says of today (the
newest version, where a link leads) comes from the library.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token
from markupsafe import Markup
from markupsafe import escape as escaped

from casebook import comparison, parts
from casebook.artifact import CONTENT_LICENCE, CONTENT_LICENCE_URL, Artifact
from casebook.citation import plain
from casebook.citation.record import of_release
from casebook.registry import linked_item
from casebook.render.head import release_head
from casebook.render.leaf import leaf
from casebook.render.page import mark, on_disk
from casebook.text import Prose

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from casebook.artifact import Site
    from casebook.comparison import Comparison, Piece, Word
    from casebook.model import Item
    from casebook.parts import Entry, Field, Link, Part
    from casebook.release import Release
    from casebook.render.page import Context, Page

# A version is compared with the first one and with so many before it; a page that is there once must never go.
MOST_BEFORE = 5
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ANCHORS = {"lessons": "", "sources": "source-", "factors": "factor-"}
_SIGNS = {comparison.ADDED: "ins", comparison.REMOVED: "del"}
LICENCE = {"licence": CONTENT_LICENCE, "licence_url": CONTENT_LICENCE_URL}


@dataclass(frozen=True, slots=True)
class DrawnEntry:
    """An entry as HTML: its place on the page, its name, and its fields with their labels."""

    id: str
    key: str
    name: str
    fields: Sequence[tuple[str, Markup]]


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """What stands below one heading as HTML: prose, or entries."""

    id: str
    name: str
    heading: str
    form: str
    prose: Markup
    entries: Sequence[DrawnEntry]


@dataclass(frozen=True)
class Shelf:
    """All released versions, and what became of their items."""

    context: Context

    @cached_property
    def today(self) -> Mapping[str, Item]:
        """The items of the library by their ids, and by those that they had before."""
        known = self.context.library.items
        former = {alias: item for item in known.values() for alias in item.aliases}
        return {**former, **known}

    def line_of(self, release: Release) -> list[Release]:
        """Return all released versions of an item, the oldest first, also those under ids that it had before."""
        ids = dict.fromkeys((release.id, *self._later_ids(release), *_former(release)))
        found = {one.version: one for item_id in ids for one in self.context.library.releases.get(item_id, ())}
        return sorted({**found, release.version: release}.values(), key=lambda one: one.version)

    def before(self, release: Release) -> list[Release]:
        """Return the versions with which one is compared, the nearest first.

        They depend on nothing but the release and what was released before it.
        """
        ids = dict.fromkeys((*_former(release), release.id))
        found = {one.version: one for item_id in ids for one in self.context.library.releases.get(item_id, ())}
        older = sorted((one for one in found.values() if one.version < release.version), key=lambda one: -one.version)
        return [*older[:MOST_BEFORE], *older[MOST_BEFORE:][-1:]]

    def _later_ids(self, release: Release) -> list[str]:
        item = self.today.get(release.id)
        return [item.id, *item.aliases] if item else []


@dataclass(frozen=True)
class Reading:
    """One released version while its page is written."""

    release: Release
    page: Page
    today: Mapping[str, Item]

    @cached_property
    def parts(self) -> list[Part]:
        """The parts of the version."""
        return parts.of_release(self.release)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Numbers of the sources by their ids."""
        return source_numbers(self.parts)

    @cached_property
    def places(self) -> frozenset[str]:
        """Every id that something on the page has."""
        keys = [f"{start}{one.key}" for name, start in _ANCHORS.items() for one in _listed(self.parts, name)]
        return frozenset(one for one in (*keys, *(part.id for part in self.parts)) if _ID.fullmatch(one))

    @cached_property
    def prose(self) -> Prose:
        """How the author's text becomes HTML."""
        return Prose(cite=self._cite, link=self._link)

    @cached_property
    def _lessons(self) -> Mapping[str, Entry]:
        """The first lesson with each id."""
        return {entry.key: entry for entry in reversed(_listed(self.parts, "lessons"))}

    def drawn(self) -> list[DrawnPart]:
        """Return the parts as HTML. An id stands once; a lesson has its own before anything else may take it."""
        taken = set(self._lessons)
        found = []
        for part in self.parts:
            anchor = _free(part.id, taken)
            prose = Markup(self.prose.html(_without_pictures(part.stream)))  # noqa: S704  # escaped in Prose
            drawn = [self._entry(part, entry, taken) for entry in part.entries if not part.stream]
            found.append(DrawnPart(anchor, part.id, part.heading, part.form, prose, drawn))
        return found

    def _entry(self, part: Part, entry: Entry, taken: set[str]) -> DrawnEntry:
        start = _ANCHORS.get(part.id)
        name = f"{start}{entry.key}" if start is not None and entry.key else ""
        if part.id == "lessons":
            # A second lesson with the same id goes without.
            anchor = name if entry is self._lessons.get(entry.key) and _ID.fullmatch(name) else ""
        else:
            anchor = _free(name, taken)
        fields = [(one.label, self._field(one)) for one in entry.fields]
        return DrawnEntry(anchor, entry.key, entry.name, fields)

    def _field(self, field: Field) -> Markup:
        links = Markup("; ").join(self._linked(one) for one in field.links)
        marks = "".join(self._cite(source) for source in field.sources)
        return Markup(self.prose.line(field.text)) + links + Markup(marks)  # noqa: S704  # escaped in Prose and _cite

    def _linked(self, link: Link) -> Markup:
        href = self._href(link.target)
        return Markup('<a href="{}" rel="noopener">{}</a>').format(href, link.words) if href else escaped(link.words)

    def _href(self, target: str) -> str:
        if target.startswith(("https://", "http://")):
            return target
        if target.startswith("#"):
            return target if target[1:] in self.places else ""
        item = self.today.get(target)
        return on_disk(self.page.to_item(item)) if item else ""

    def _link(self, address: str) -> str:
        """Return where a link in the prose leads: an item has its page of today, and a page is found by its id."""
        if address.startswith(("https://", "http://", "mailto:")):
            return address
        path, _, fragment = address.partition("#")
        if not path:
            return f"#{fragment}" if fragment in self.places else ""
        item = self.today.get(linked_item(path, self.release.kind.folder))
        return on_disk(self.page.to_item(item, fragment)) if item else ""

    def _cite(self, source: str) -> str:
        number = self.numbers.get(source)
        place = f"source-{source}"
        return mark(number, f"#{place}" if place in self.places else "") if number else escape(f"[{source}]")


def pages(context: Context) -> Iterator[Artifact]:
    """Yield the pages and the record of every released version, and the list of those of each item."""
    shelf = Shelf(context)
    for releases in context.library.releases.values():
        for release in releases:
            yield version_page(release, shelf)
            yield record(release, context.site)
            yield from comparison_pages(release, shelf)
        if releases:
            yield list_page(releases[-1], shelf)


def version_page(release: Release, shelf: Shelf) -> Artifact:
    """Return the page of a version as it was released."""
    page = shelf.context.page(release.address)
    head, *rest = Reading(release, page, shelf.today).drawn()
    return leaf(
        page,
        "version.html.j2",
        f"{release.title}, version {release.version}",
        f"Version {release.version} of {parts.day(release.date)}, as it was released.",
        head=[one for one in head.entries if one.key != "Title"],
        parts=rest,
        told=Markup(release_head(page, release)),  # noqa: S704  # escaped in head
        spoken=parts.line(release.data.get("language")) or "en",
        citation=plain.line(of_release(release, shelf.context.site, shelf.today.get(release.id))),
        **_common(release, shelf),
    )


def comparison_pages(release: Release, shelf: Shelf) -> Iterator[Artifact]:
    """Yield what changed in a version: since the one before it, and since others that a reader may know."""
    older = shelf.before(release)
    addresses = {one.version: _changes_address(release, one, older) for one in older}
    for one in older:
        found = comparison.compare(one, release)
        yield _comparison_page(release, one, found, addresses, shelf)
    if not older:
        yield _comparison_page(release, None, None, {}, shelf)


def list_page(newest: Release, shelf: Shelf) -> Artifact:
    """Return the list of all released versions of an item, under the id of one of them."""
    page = shelf.context.page(_list_address(newest))
    line = shelf.line_of(newest)
    older = {one.version: shelf.before(one) for one in line}
    rows = [
        (one, [(other.version, _changes_address(one, other, older[one.version])) for other in older[one.version]])
        for one in reversed(line)
    ]
    title = f"Versions of: {line[-1].title}"
    return leaf(page, "versions.html.j2", title, "All released versions.", rows=rows, **_common(newest, shelf))


def record(release: Release, site: Site) -> Artifact:
    """Return the record of a version for machines; its shape is documented in `docs/about/data.md`."""
    about = {"licence": CONTENT_LICENCE_URL, "address": site.address(release.address)}
    value = {**release.record(), **about}
    return Artifact(f"{release.address}item.json", json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def source_numbers(found: Sequence[Part]) -> dict[str, int]:
    """Return the numbers of the sources of a version by their ids."""
    numbered = enumerate(_listed(found, "sources"), 1)
    return {entry.key: number for number, entry in reversed(list(numbered)) if entry.key}


def _comparison_page(
    release: Release, before: Release | None, found: Comparison | None, addresses: Mapping[int, str], shelf: Shelf
) -> Artifact:
    address = addresses[before.version] if before else f"{release.address}changes/"
    page = shelf.context.page(address)
    since = f" since version {before.version}" if before else ""
    return leaf(
        page,
        "comparison.html.j2",
        f"What changed in version {release.version}{since}: {release.title}",
        f"Version {release.version}{since}, compared word by word.",
        before=before,
        changes=[
            (one, parts.day(one.get("date")), parts.line(one.get("change")))
            for one in comparison.changes(before, release)
        ],
        found=found,
        pieces=_Drawing(page, before, release).html if before else None,
        addresses=addresses,
        **_common(release, shelf),
    )


@dataclass(frozen=True)
class _Drawing:
    """Draws pieces of two versions; a citation has the number that its source has in its version."""

    page: Page
    before: Release
    after: Release

    @cached_property
    def _numbers(self) -> Mapping[str, Mapping[str, int]]:
        new, old = (source_numbers(parts.of_release(one)) for one in (self.after, self.before))
        return {comparison.REMOVED: old, comparison.ADDED: new, comparison.SAME: new}

    def html(self, found: Sequence[Piece]) -> Markup:
        """Return pieces as HTML, each change with a sign, a colour, and words for those who hear the page."""
        drawn = [self._piece(one) for one in found]
        # Words that replace others do not stick to them.
        spaces = [
            " " if one.how == comparison.REMOVED and not part.endswith(" ") else ""
            for one, part in zip(found, drawn, strict=True)
        ]
        return Markup("").join(part + space for part, space in zip(drawn, spaces, strict=True))

    def _piece(self, piece: Piece) -> Markup:
        inside = Markup("").join(self._word(word, piece.how) for word in piece.words)
        tag = _SIGNS.get(piece.how)
        if not tag:
            return inside
        # The space after the last word belongs to the text, and is not struck out.
        inner, space = Markup(inside.rstrip()), " " if inside.endswith(" ") else ""  # noqa: S704  # escaped in _word
        start, end = f"{piece.how}: ", " end"
        return Markup('<{0}><span class="hidden">{1}</span>{2}<span class="hidden">{3}</span></{0}>{4}').format(
            tag, start, inner, end, space
        )

    def _word(self, word: Word, how: str) -> Markup:
        if word.what == "citation":
            release = self.before if how == comparison.REMOVED else self.after
            number = self._numbers[how].get(word.text)
            href = on_disk(self.page.href(f"{release.address}#source-{word.text}"))
            drawn = mark(number, href) if number else escape(f"[{word.text}]")
            return Markup(drawn + word.space)  # noqa: S704  # escaped in mark
        if word.what == "address":
            shown = f" (link to {word.text})" if how != comparison.SAME else ""
            return Markup("{}{}").format(shown, word.space)
        return escaped(word.text + word.space)


def _common(release: Release, shelf: Shelf) -> dict[str, Any]:
    """Return what every page about a version says: what became of it, and where the others are."""
    line = shelf.line_of(release)
    item = shelf.today.get(release.id)
    older = shelf.before(release)
    newest = line[-1]
    since = shelf.before(newest)
    is_compared = any(one.version == release.version for one in since)
    return {
        "release": release,
        "day": parts.day,
        "item": item,
        "successor": shelf.today.get(item.superseded_by) if item else None,
        "newest": newest,
        "since": _changes_address(newest, release, since) if is_compared else "",
        "all_versions": _list_address(release),
        "previous": older[0] if older else None,
        "following": next((one for one in line if one.version > release.version), None),
        **LICENCE,
    }


def _changes_address(release: Release, before: Release, older: Sequence[Release]) -> str:
    """Return the address of what changed since a version; the one just before it needs no number."""
    number = "" if older and older[0].version == before.version else f"{before.version}/"
    return f"{release.address}changes/{number}"


def _list_address(release: Release) -> str:
    return f"{release.kind.address_of(release.id)}v/"


def _former(release: Release) -> tuple[str, ...]:
    """Return the ids that the item had before, as its version knew them."""
    return tuple(parts.texts(release.data, "aliases"))


def _listed(found: Sequence[Part], name: str) -> list[Entry]:
    """Return the entries of a list; a section of the prose may have the same heading."""
    return [entry for part in found if part.id == name and part.form != parts.PROSE for entry in part.entries]


def _free(name: str, taken: set[str]) -> str:
    if name in taken or not _ID.fullmatch(name):
        return ""
    taken.add(name)
    return name


def _without_pictures(stream: Sequence[Token]) -> list[Token]:
    """Return prose with the words of each picture in its place: a picture may be another one tomorrow."""
    found = []
    for token in stream:
        children = [_words_of(child) for child in token.children or ()]
        found.append(token.copy(children=children) if token.children else token)
    return found


def _words_of(token: Token) -> Token:
    return Token("text", "", 0, content=f"[Picture: {token.content}]") if token.type == "image" else token
