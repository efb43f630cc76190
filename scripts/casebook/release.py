"""Released versions of items, as they stay: each is a file in `releases/`, written once by `casebook release`.

A release holds what its page needs and nothing that can change later: the fields and the text of the item as they
were, the words of every term that it uses, and the titles of the items to which it links.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Self

from casebook.finding import CasebookError
from casebook.model import Item, short_address
from casebook.registry import KIND_BY_NAME, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from casebook.paths import Paths

# A reader of older files must know every format that there was.
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Release:
    """One released version of an item.

    `data` is the typed front matter and `body` the Markdown below it. `labels` are the words of the terms that it
    uses, by vocabulary and id, and `titles` those of the items to which it links, by id. `commit` is where it stands
    in the history of the repository.
    """

    kind: Kind
    id: str
    version: int
    date: str
    change: str
    commit: str
    data: Mapping[str, Any]
    body: str
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """Title of the item at that time."""
        return str(self.data.get("title", self.id))

    @property
    def address(self) -> str:
        """Address of the page of this version."""
        return f"{self.kind.address_of(self.id)}v/{self.version}/"

    @property
    def short_address(self) -> str:
        """Address that leads to the newest version."""
        return short_address(self.id)

    @classmethod
    def of(cls, record: Mapping[str, Any]) -> Self:
        """Return the release that a record means."""
        values = {key: value for key, value in record.items() if key not in ("format", "kind")}
        return cls(kind=KIND_BY_NAME[record["kind"]], **values)

    def record(self) -> dict[str, Any]:
        """Return the release as it stands in its file."""
        return {
            "format": FORMAT,
            "kind": self.kind.name,
            "id": self.id,
            "version": self.version,
            "date": self.date,
            "change": self.change,
            "commit": self.commit,
            "data": dict(self.data),
            "body": self.body,
            "labels": {name: dict(words) for name, words in self.labels.items()},
            "titles": dict(self.titles),
        }


def text_of(release: Release) -> str:
    """Return the content of the file of a release."""
    return json.dumps(release.record(), ensure_ascii=False, indent=1) + "\n"


def path_of(release: Release, paths: Paths) -> Path:
    """Return where the file of a release stands."""
    return paths.releases / release.kind.folder / release.id / f"{release.version}.json"


def load_releases(paths: Paths) -> list[Release]:
    """Return all releases, in the order of kind, id and version.

    Raises:
        CasebookError: if a file is not what `casebook release` wrote.
    """
    found = [_load(path, paths) for path in paths.releases.glob("*/*/*.json")]
    return sorted(found, key=lambda one: (one.kind.name, one.id, one.version))


def by_item(releases: Iterable[Release]) -> dict[str, Sequence[Release]]:
    """Return releases by the id of the item, the oldest first."""
    ordered = sorted(releases, key=lambda one: (one.id, one.version))
    return {item_id: list(group) for item_id, group in groupby(ordered, lambda one: one.id)}


def newest_of(item: Item, releases: Mapping[str, Sequence[Release]]) -> Release | None:
    """Return the release of the version that an item has now; None where it is not released."""
    return next((one for one in releases.get(item.id, ()) if one.version == item.version), None)


def comparisons(item: Item, releases: Mapping[str, Sequence[Release]]) -> dict[int, str]:
    """Return the address of the page that compares a version with the one before, for each that has such a page."""
    released = {one.version for one in releases.get(item.id, ())}
    return {
        newer.version: f"{item.version_address(newer.version)}changes/"
        for older, newer in pairwise(item.history)
        if {older.version, newer.version} <= released
    }


def _load(path: Path, paths: Paths) -> Release:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        release = Release.of(record)
        fits = path_of(release, paths) == path and record["format"] == FORMAT
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise CasebookError(
            f"{paths.relative(path)} is no released version ({type(error).__name__}); {_REMEDY}"
        ) from error
    if not fits:
        raise CasebookError(f"{paths.relative(path)} is not the release that its place names; {_REMEDY}")
    return release


_REMEDY = "restore it from the history of the repository"
