"""Released versions of items, as they stay: each is a file in `releases/`, written once by `casebook release`.

A release holds what its page needs and nothing that can change later: the fields and the text of the item as they
were, the words of every term that it uses, and the titles of the items to which it links.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any, Self

from casebook.finding import Finding, Location, Rule
from casebook.model import Item, short_address
from casebook.registry import KIND_BY_NAME, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from casebook.paths import Paths
    from casebook.vocabulary import Vocabularies

RELEASE = Rule(
    "release-file",
    """A file in `releases/` is as `casebook release` wrote it.

    It holds the words of one version for ever. Nobody edits it: a change of words is a new version of the item.

    **Mend it:** restore the file from the history of the repository: `git checkout HEAD -- releases/`.
    """,
)
_REMEDY = "restore it from the history of the repository"
# A reader of older files must know every format that there was.
FORMAT = 1
_TYPES = {
    "id": str,
    "version": int,
    "date": str,
    "change": str,
    "commit": str,
    "data": dict,
    "body": str,
    "labels": dict,
    "titles": dict,
}
# Where the fields of an item name terms of which the page of a version shows the words, with the vocabulary. Lists on
# the way need no sign. Reviews are not here: they come after a release, and stand on the page of the item.
TERMS = {
    "applicability.capacity": "capacities",
    "applicability.organisations": "organisations",
    "applicability.states": "state-profiles",
    "audience": "audiences",
    "centres": "centres",
    "clearance.basis": "clearance-bases",
    "contributors.centre": "centres",
    "contributors.role": "contributor-roles",
    "event.countries": "countries",
    "event.outcome": "outcomes",
    "event.setting": "settings",
    "evidence.strength": "evidence-strengths",
    "factors.basis": "factor-bases",
    "factors.factor": "factors",
    "guidance": "guidance",
    "language": "languages",
    "lessons.factors": "factors",
    "level": "levels",
    "material.category": "material-categories",
    "obligation.type": "obligation-types",
    "setting": "settings",
    "sources.language": "languages",
    "sources.reliability": "reliability-grades",
    "sources.type": "source-types",
    "teaching.audience": "audiences",
    "teaching.level": "levels",
    "topics": "topics",
    "training_topics": "training-topics",
}
# Where they name other items of which it shows the titles.
LINKS = (
    "counter_cases.id",
    "evaluation.practices",
    "grown_from.id",
    "injects.practices",
    "lessons.practices",
    "related.id",
    "steps.item",
)


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
        title = self.data.get("title")
        return title if isinstance(title, str) and title.strip() else self.id

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
        """Return the release that a record means.

        Raises:
            TypeError: if a value is of another type than in a record.
            KeyError: if the kind is unknown or not there.
        """
        if not isinstance(record, Mapping):
            raise TypeError
        values = {key: value for key, value in record.items() if key not in ("format", "kind", "seal")}
        release = cls(kind=KIND_BY_NAME[record["kind"]], **values)
        if not all(type(getattr(release, name)) is kind for name, kind in _TYPES.items()):
            raise TypeError
        if not all(isinstance(words, dict) for words in release.labels.values()):
            raise TypeError
        return release

    @property
    def seal(self) -> str:
        """SHA-256 of everything that the file holds, so that a change by hand is seen."""
        # What cannot be text and JSON was never written by us: half a character, a number without end.
        content = json.dumps(self._content(), ensure_ascii=False, sort_keys=True, allow_nan=False)
        return hashlib.sha256(content.encode("utf-8")).hexdigest()

    def record(self) -> dict[str, Any]:
        """Return the release as it stands in its file."""
        return {**self._content(), "seal": self.seal}

    def _content(self) -> dict[str, Any]:
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


def frozen(  # noqa: PLR0917  # all that a version is made of
    entry_data: Mapping[str, Any],
    body: str,
    kind: Kind,
    item_id: str,
    version: int,
    commit: str,
    vocabularies: Vocabularies,
    titles: Mapping[str, str],
) -> Release:
    """Return the release of an item, with exactly the words of terms and the titles that its page needs.

    Args:
        entry_data: typed front matter of the version; day and words of the change stand in its history.
        body: the Markdown below it.
        kind: kind of the item.
        item_id: id of the item.
        version: number of the version.
        commit: where it stands in the history of the repository.
        vocabularies: the terms as they are now.
        titles: titles of all items as they are now, by id.
    """
    history = entry_data.get("history") or ()
    entry: Mapping[str, Any] = next((one for one in history if one.get("version") == version), {})
    linked = sorted({one for path in LINKS for one in values(entry_data, path)})
    return Release(
        kind,
        item_id,
        version,
        str(entry.get("date", "")),
        str(entry.get("change", "")),
        commit,
        dict(entry_data),
        body,
        _labels(entry_data, vocabularies),
        {one: titles[one] for one in linked if one in titles},
    )


def values(data: Any, path: str) -> Iterator[str]:
    """Yield the texts at a path such as `sources.type`; a list on the way stands for each of its entries."""
    key, _, rest = path.partition(".")
    if isinstance(data, list | tuple):
        for one in data:
            yield from values(one, path)
    elif isinstance(data, Mapping) and path:
        yield from values(data.get(key), rest)
    elif isinstance(data, str) and not path:
        yield data


def _labels(data: Mapping[str, Any], vocabularies: Vocabularies) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for path, name in TERMS.items():
        known = [one for one in values(data, path) if one in vocabularies[name]]
        if known:
            found.setdefault(name, {}).update((one, vocabularies[name].label(one)) for one in known)
    return {name: dict(sorted(words.items())) for name, words in sorted(found.items())}


def text_of(release: Release) -> str:
    """Return the content of the file of a release."""
    return json.dumps(release.record(), ensure_ascii=False, indent=1) + "\n"


def path_of(release: Release, paths: Paths) -> Path:
    """Return where the file of a release stands."""
    return paths.releases / release.kind.folder / release.id / f"{release.version}.json"


def load_releases(paths: Paths) -> tuple[list[Release], list[Finding]]:
    """Return all releases, in the order of kind, id and version, with what is wrong with their files."""
    found, findings = [], []
    for path in sorted(paths.releases.glob("*/*/*.json")):
        try:
            found.append(_load(path, paths))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            message = "this file is not the released version that `casebook release` wrote"
            findings.append(RELEASE.at(Location(paths.relative(path)), message, _REMEDY))
    return sorted(found, key=lambda one: (one.kind.name, one.id, one.version)), findings


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
    record = json.loads(path.read_text(encoding="utf-8"))
    release = Release.of(record)
    if path_of(release, paths) != path or record["format"] != FORMAT or record["seal"] != release.seal:
        raise ValueError(path.name)
    return release
