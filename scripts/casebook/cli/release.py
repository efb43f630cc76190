"""The command `casebook release`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from casebook import build, dates, handout, history, ledger, load, lost, promised, release, slides
from casebook.artifact import Site
from casebook.cli import _shared
from casebook.cli._shared import CLEAN, FINDINGS, Command, examples, paths_of, read, show, trouble, weighty

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from casebook.build import Corpus, Entry
    from casebook.release import Release

_MOST_SHOWN = 20


@click.command(
    "release",
    cls=Command,
    epilog=examples("casebook release --dry-run", "casebook release", "casebook release --check"),
)
@click.option("--dry-run", is_flag=True, help="Say what would be recorded, and write nothing.")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 when something is not recorded.")
@click.pass_context
def command(context: click.Context, /, *, dry_run: bool, only_check: bool) -> None:
    """Freeze each new version of the published items, and record every new address.

    Earlier versions come from the history of the repository, so commit your changes first. Files in releases/ are
    written once and never change. Commit them, and publish.
    """
    corpus = read(paths_of(context))
    expected = set(lost.release_findings(corpus.ledger, corpus.releases))
    faults = [finding for finding in weighty(build.check(corpus)) if finding not in expected]
    if faults:
        show(faults, err=True)
        trouble("nothing was recorded; mend what is named and try again")
    versions = list(_Versions(corpus, {} if only_check else _commits(corpus)).fresh())
    there = _addresses(corpus, versions)
    _refuse_lost(corpus, there)
    fresh = sorted(there - set(corpus.ledger.lines))
    _say(versions, fresh, len(corpus.ledger.lines))
    if only_check:
        context.exit(FINDINGS if versions or fresh else CLEAN)
    if not dry_run:
        _write(corpus, versions, fresh)


def _commits(corpus: Corpus) -> dict[str, list[str]]:
    """Return the commits of each item; end when what would be released is not in the history."""
    changed = history.changed(corpus.paths, corpus.paths.cases, corpus.paths.schema)
    if changed:
        trouble(f"{changed[0]} is not committed as it is ({len(changed)} such files). Commit first, and release then")
    return history.commits(corpus.paths)


@dataclass(frozen=True, slots=True)
class _Versions:
    """Finds the versions that are not released; without commits only the present ones."""

    corpus: Corpus
    commits: dict[str, list[str]]

    def fresh(self) -> Iterator[Release]:
        """Yield each version of a published item that is not released yet."""
        known = {(one.id, one.version) for one in self.corpus.releases}
        for entry in self.corpus.entries:
            document = entry.document
            if document.status not in ("published", "withdrawn") or not document.is_in_place:
                continue
            present = entry.data.get("version", 1)
            for version in range(1, present + 1):
                if (document.stem, version) not in known:
                    yield from self._version(entry, version, present)

    def _version(self, entry: Entry, version: int, present: int) -> Iterator[Release]:
        commits = self.commits.get(entry.document.path, [])
        if version == present:
            if entry.document.status == "published":
                yield self._frozen(entry, version, commits[0] if commits else "")
            return
        for commit in commits:
            earlier = self._at(commit, entry)
            if earlier and earlier.data.get("version") == version and earlier.document.status == "published":
                yield self._frozen(earlier, version, commit)
                return

    def _at(self, commit: str, entry: Entry) -> Entry | None:
        path, kind = entry.document.path, entry.document.kind
        raw = history.content(self.corpus.paths, commit, path)
        document = load.parse(raw, path, kind) if raw is not None else None
        return build.Entry.of(document, self.corpus.shapes) if document and document.tree else None

    def _frozen(self, entry: Entry, version: int, commit: str) -> Release:
        titles = {one.document.stem: str(one.data.get("title", "")) for one in self.corpus.entries}
        document = entry.document
        where = (document.kind, document.stem, version, commit)
        return release.frozen(entry.data, document.body, *where, self.corpus.vocabularies, titles)


def _addresses(corpus: Corpus, versions: Sequence[Release]) -> set[str]:
    """Return every address that the site has with these versions released; handouts and slides are not made."""
    known = replace(corpus, releases=[*corpus.releases, *versions])
    library = build.library(known, ())
    site = Site("", handouts=True)
    papers = handout.addresses(library, site, corpus.moves) | slides.addresses(library, site, corpus.moves)
    return papers | promised.addresses(build.artifacts(library, known, site), library, corpus.paths)


def _refuse_lost(corpus: Corpus, there: Collection[str]) -> None:
    """End when the site would lose a page or a file; its parts are looked at in the site that was built."""
    lines = corpus.ledger.lines
    lost_ones = [one for one in lines if "#" not in one and one not in there]
    if lost_ones:
        show(list(promised.findings(corpus.ledger, lost_ones)), err=True)
        trouble("nothing was recorded; mend what is named and try again")


def _say(versions: Sequence[Release], fresh: Sequence[str], known: int) -> None:
    for one in versions[:_MOST_SHOWN]:
        click.echo(f"{one.kind.label} {one.id}, version {one.version} of {one.date}: {one.change}")
    if len(versions) > _MOST_SHOWN:
        click.echo(f"and {len(versions) - _MOST_SHOWN:,} more")
    click.echo(f"{len(versions):,} new versions; {len(fresh):,} new addresses, and {known:,} that were known before")


def _write(corpus: Corpus, versions: Sequence[Release], fresh: Sequence[str]) -> None:
    """Write the versions, and then the ledger: if this ends halfway, the check asks for another run."""
    paths = corpus.paths
    for one in versions:
        _shared.write_new(release.path_of(one, paths), release.text_of(one))
    path = paths.releases / ledger.NAME
    old = path.read_bytes() if path.is_file() else b""
    new = ledger.extended(old.decode("utf-8"), paths.relative(path), dates.today(), fresh)
    if not old:
        _shared.write_new(path, new)
    elif fresh:
        _shared.replace(path, old, new.encode("utf-8"))
    if versions or fresh:
        click.echo("releases/ holds them now. Next: commit it, and publish.")
