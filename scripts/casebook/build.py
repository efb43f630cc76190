"""Run everything: read a repository, check it, and make the library and the artifacts of the site from it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

from casebook import assets, course, export, form, load, model, pictures, render, rules, search, sentences, text
from casebook.artifact import Artifact, script
from casebook.finding import Severity
from casebook.ledger import Ledger, load_ledger
from casebook.library import Library
from casebook.lost import lost, release_findings
from casebook.metadata import sitemap
from casebook.metadata.facts import card_address
from casebook.moved import Move, load_moves
from casebook.release import LINKS, load_releases
from casebook.rules import sensitive, shared_sentence
from casebook.rules._subject import Index, Subject, strings
from casebook.rules.practice_without_case import answered_practices
from casebook.screen import Screen, load_screen
from casebook.shape import Shapes, load_shapes
from casebook.socialcard import card
from casebook.vocabulary import NAMES, Vocabularies, load_vocabularies
from casebook.written import written_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from markdown_it.token import Token

    from casebook.artifact import Site
    from casebook.finding import Finding
    from casebook.load import Document
    from casebook.paths import Paths
    from casebook.pictures import Pictures
    from casebook.registry import Kind
    from casebook.release import Release
    from casebook.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Entry:
    """One document with its typed front matter, and the tokens and sentences of its body.

    `folded` are the sentences by which it is compared with others; an editor that checks a text with each key asks for
    those of all items again and again.
    """

    document: Document
    data: dict[str, Any]
    stream: Sequence[Token]
    sentences: Sequence[Sentence]
    folded: frozenset[str]

    @classmethod
    def of(cls, document: Document, shapes: Shapes) -> Self:
        """Return the entry of a document."""
        stream = text.tokens(document.body)
        data = shapes[document.kind.name].typed(document.data)
        prose = list(sentences.of_stream(stream))
        folded = frozenset(folded for folded, _ in shared_sentence.folded_sentences(data, prose))
        return cls(document, data, stream, prose, folded)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that was read, in the order of the paths; `findings` are those about the vocabularies."""

    paths: Paths
    vocabularies: Vocabularies
    shapes: Shapes
    entries: Sequence[Entry]
    findings: Sequence[Finding]
    screen: Screen
    releases: Sequence[Release] = ()
    ledger: Ledger = field(default_factory=lambda: Ledger(""))
    moves: Sequence[Move] = ()


@dataclass(slots=True)
class Reader:
    """Reads a repository again and again, and parses only what has changed since the last time."""

    paths: Paths
    known: dict[Path, tuple[tuple[int, int, int], Entry]] = field(default_factory=dict)

    def corpus(self, progress: Callable[[Sequence[Path]], Iterable[Path]] = iter) -> Corpus:
        """Return everything in the repository.

        Args:
            progress: is given the files and returns them one by one; a place to show progress.

        Raises:
            CasebookError: if a schema or vocabulary that the tool needs is not there.
        """
        vocabularies, findings = load_vocabularies(self.paths)
        shapes = load_shapes(self.paths, vocabularies)
        entries = [self._entry(path, shapes) for path in progress(load.item_files(self.paths))]
        moves, faults = load_moves(self.paths)
        releases, damage = load_releases(self.paths)
        findings = [*findings, *faults, *damage]
        known = (load_screen(self.paths), releases, load_ledger(self.paths), moves)
        return Corpus(self.paths, vocabularies, shapes, entries, findings, *known)

    def _entry(self, path: Path, shapes: Shapes) -> Entry:
        state = load.state(path)
        if path not in self.known or self.known[path][0] != state:
            self.known[path] = (state, Entry.of(load.load(path, self.paths), shapes))
        return self.known[path][1]


def check(corpus: Corpus, only: Iterable[Path] = ()) -> list[Finding]:
    """Return all findings, sorted by place: of the whole corpus, or of the files that are named."""
    in_place = [entry for entry in corpus.entries if entry.document.is_in_place]
    wanted, index = chosen(corpus, only), _index(in_place, corpus.releases)
    found = [] if only else [*corpus.findings, *_address_findings(corpus, in_place)]
    for entry in corpus.entries:
        if entry.document.path in wanted:
            found += _entry_findings(entry, corpus, index)
    return sorted(set(found))


def _address_findings(corpus: Corpus, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Yield what is wrong with the ledger, and each published address that the items would lose."""
    yield from corpus.ledger.findings
    if not corpus.ledger.findings:
        yield from release_findings(corpus.ledger, corpus.releases)
    yield from lost(corpus.ledger, entries, corpus.releases, {move.old for move in corpus.moves})


def chosen(corpus: Corpus, only: Iterable[Path] = ()) -> set[str]:
    """Return the paths of the items that are named or lie below what is named; of all items when nothing is named."""
    return {corpus.paths.relative(path) for path in load.item_files(corpus.paths, only)}


def check_text(content: str, path: str, kind: Kind, corpus: Corpus) -> list[Finding]:
    """Return the findings of an item that is not yet a file, among the items of a corpus."""
    # Half of a character, as an editor may send it, becomes a finding like any other byte that is no text.
    raw = content.encode("utf-8", errors="surrogatepass")
    entry = Entry.of(load.read_as(raw, corpus.paths.root / path, corpus.paths, kind), corpus.shapes)
    others = [one for one in corpus.entries if one.document.path != path]
    return sorted(_entry_findings(entry, corpus, _index([*others, entry], corpus.releases)))


def entry_of(corpus: Corpus, path: str) -> Entry:
    """Return the entry of the item at a path of the corpus."""
    return next(entry for entry in corpus.entries if entry.document.path == path)


def revised(corpus: Corpus, path: str, content: str) -> Corpus:
    """Return a corpus as it is when one of its items holds another text."""

    def entry(one: Entry) -> Entry:
        document = load.parse(content.encode("utf-8"), path, one.document.kind)
        return Entry.of(replace(document, images=one.document.images), corpus.shapes)

    return replace(corpus, entries=[entry(one) if one.document.path == path else one for one in corpus.entries])


def screened(corpus: Corpus, only: Sequence[Path] = ()) -> list[Finding]:
    """Return what is sensitive, sorted by place: in all items, or in the items and the other texts that are named."""
    wanted, index = chosen(corpus, only), _index(())
    found: list[Finding] = []
    for entry in corpus.entries:
        document = entry.document
        if document.path in wanted and document.written:
            found += sensitive.check(_subject(entry, corpus, index))
        elif document.path in wanted:
            found += document.findings
    for path in other_texts(corpus, only):
        written, faults = load.plain_text(path, corpus.paths)
        found += [*faults, *sensitive.seen(written, corpus.paths.relative(path), corpus.screen)]
    return sorted(set(found))


def other_texts(corpus: Corpus, only: Iterable[Path]) -> list[Path]:
    """Return the files that are named and are no items."""
    return [path for path in only if path.is_file() and not chosen(corpus, [path])]


def _index(entries: Sequence[Entry], releases: Sequence[Release] = ()) -> Index:
    former: dict[str, list[str]] = defaultdict(list)
    renamed: dict[str, str] = {}
    namesakes: dict[str, list[str]] = defaultdict(list)
    shared: dict[str, list[str]] = defaultdict(list)
    answering: set[str] = set()
    for entry in entries:
        namesakes[entry.document.stem].append(entry.document.path)
        for sentence in entry.folded:
            shared[sentence].append(entry.document.path)
        answering.update(answered_practices(entry.data))
        for _, name in strings(entry.data.get("aliases")):
            former[name].append(entry.document.path)
            renamed[name] = entry.document.stem
    # A file that cannot be read may hold the missing link: better silent than wrong.
    readable = all(entry.document.tree is not None for entry in entries)
    corpus = {entry.document.stem: entry.document for entry in entries}
    by_path = {entry.document.path: entry.document for entry in entries}
    answered = frozenset(name if name in corpus else renamed.get(name, name) for name in answering)
    released: dict[str, dict[int, Release]] = defaultdict(dict)
    for one in releases:
        released[one.id][one.version] = one
    return Index(corpus, by_path, namesakes, shared, answered if readable else None, former, released)


def _entry_findings(entry: Entry, corpus: Corpus, index: Index) -> Iterator[Finding]:
    document = entry.document
    yield from document.findings
    if not document.is_in_place:
        return
    if document.tree is not None:
        yield from corpus.shapes[document.kind.name].findings(document, entry.data)
    yield from rules.check(_subject(entry, corpus, index))


def _subject(entry: Entry, corpus: Corpus, index: Index) -> Subject:
    document = entry.document
    pieces = tuple(text.pieces(entry.stream, document.body))
    known = (index, corpus.vocabularies, corpus.screen)
    return Subject(document, entry.data, entry.stream, pieces, entry.sentences, *known)


def library(corpus: Corpus, findings: Iterable[Finding], *, drafts: bool = False) -> Library:
    """Return the library of the items without errors.

    Args:
        corpus: what was read.
        findings: what a check of it found; an item with an error is left out.
        drafts: whether items that are not published come in too.
    """
    broken = {finding.location.path for finding in findings if finding.severity is Severity.ERROR}
    items, former = [], _former_ids(corpus.entries)
    for entry in corpus.entries:
        if entry.document.path not in broken:
            item = _item(entry, former)
            if drafts or item.is_public:
                items.append((item, entry.stream))
    return Library.of(items, corpus.vocabularies, corpus.releases)


# Links to items, and to lessons as `<id of the case>#<id of the lesson>`.
_LINKS = frozenset({*LINKS, "superseded_by", "injects.lessons", "evaluation.lessons"})


def _former_ids(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the present id of each item by those that it had before, and so for lessons, as `<case>#<lesson>`."""
    taken = {one.document.stem for one in entries}
    pairs = ((name, one.document.stem) for one in entries for _, name in strings(one.data.get("aliases")))
    found = {name: stem for name, stem in pairs if name not in taken}
    return found | {old: new for entry in entries for old, new in _former_lessons(entry, found)}


def _former_lessons(entry: Entry, former: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each former name of a lesson, under each name that its case had, with the present one."""
    stem = entry.document.stem
    names = [stem, *(name for _, name in strings(entry.data.get("aliases")) if former.get(name) == stem)]
    lessons = entry.data.get("lessons")
    for lesson in lessons if isinstance(lessons, list) else ():
        if isinstance(lesson, dict) and (len(names) > 1 or lesson.get("aliases")):
            known = [str(lesson.get("id")), *(name for _, name in strings(lesson.get("aliases")))]
            yield from ((f"{case}#{name}", f"{stem}#{known[0]}") for case in names for name in known)


def _present(data: Any, former: Mapping[str, str], path: tuple[str, ...] = ()) -> Any:
    """Return fields in which each link to another item has its present id."""
    if isinstance(data, dict):
        return {key: _present(value, former, (*path, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [_present(one, former, path) for one in data]
    return former.get(data, data) if isinstance(data, str) and ".".join(path) in _LINKS else data


def _item(entry: Entry, former: Mapping[str, str] | None = None) -> model.Item:
    document = entry.document
    fields = _present(entry.data, former) if former else entry.data
    data = {**fields, "id": document.stem, "path": document.path, "images": document.images}
    return model.item(document.kind.name, data)


def artifacts(
    shown: Library,
    corpus: Corpus,
    site: Site,
    findings: Sequence[Finding] = (),
    handouts: Sequence[Artifact] = (),
) -> Iterator[Artifact]:
    """Yield the pages and the files of a library.

    Args:
        shown: the items that are shown.
        corpus: what was read.
        site: where the site will stand.
        findings: what a check found; shown on a page of the live preview only.
        handouts: the PDFs that the site holds, if any.
    """
    sizes = {one.path: len(one.content) for one in handouts}
    drawn = pictures.load(corpus.paths)
    pages = list(render.pages(shown, corpus.shapes, site, findings, drawn, sizes=sizes))
    made = (
        pages,
        handouts,
        crawled(pages, shown, corpus.paths, site),
        render.leaves(shown, site),
        export.files(shown, corpus.shapes, site, list(sources(shown, corpus))),
        course.files(shown, site),
        images(shown, corpus.paths),
        cards(shown, corpus.paths, site, drawn),
        [form_facts(shown, corpus)],
    )
    yield from render.former(chain.from_iterable(made), shown, site, corpus.moves)


def crawled(pages: Iterable[Artifact], shown: Library, paths: Paths, site: Site) -> Iterator[Artifact]:
    """Yield what leads search engines to the generated and to the hand-written pages.

    Pages that lead to another one, and those of withdrawn items, are for readers who follow an old link.
    """
    gone = {item.address for item in shown.items.values() if not item.is_shown}
    generated = {page.path.removesuffix("index.md") for page in pages}
    written = {page.address for page in written_pages(paths)}
    changed = {item.address: item.last_changed for item in shown.items.values()}
    yield from sitemap.files((generated | written) - gone, changed, site)


def images(shown: Library, paths: Paths) -> Iterator[Artifact]:
    """Yield the pictures of the items of a library, each beside the page of its item."""
    for item in shown.items.values():
        for name, content in _pictures(item, paths):
            yield Artifact(f"{item.address}{name}", content)


def sources(shown: Library, corpus: Corpus) -> Iterator[Artifact]:
    """Yield the files of the repository from which the data of a library come, each at its own place.

    Of the items only published ones come along: the text of one that is withdrawn is withdrawn with it.
    """
    written = {entry.document.path: entry.document.written for entry in corpus.entries}
    for item in shown.items.values():
        if item.status == "published":
            yield Artifact(item.path, written[item.path])
            for name, content in _pictures(item, corpus.paths):
                yield Artifact(f"{item.path.removesuffix('.md')}/{name}", content)
    for path in (*(corpus.paths.vocabularies / f"{name}.yml" for name in NAMES), *corpus.paths.licences):
        if path.is_file():
            yield Artifact(corpus.paths.relative(path), path.read_bytes())


def _pictures(item: model.Item, paths: Paths) -> Iterator[tuple[str, bytes]]:
    folder = (paths.root / item.path).with_suffix("")
    for name in item.images if item.is_shown else ():
        yield name, (folder / name).read_bytes()


def cards(shown: Library, paths: Paths, site: Site, drawn: Pictures) -> Iterator[Artifact]:
    """Yield the pictures of the items for social networks, which need a full address to find them: else none."""
    studio = card.studio(paths.node_modules, drawn) if site.url else None
    if studio is None:
        return
    for item in shown.shown:
        words = card.words_of(item, shown, site.name)
        yield Artifact(card_address(item), studio.card(words, card.main_topic(item, shown)), item.path)


def search_index(shown: Library, paths: Paths) -> Iterator[Artifact]:
    """Yield the files of the search over a library and the hand-written pages.

    Raises:
        CasebookError: if Node.js cannot be run.
    """
    indexer = assets.indexer_of(paths)
    if indexer:
        yield from search.files(shown, written_pages(paths), indexer)


def form_facts(shown: Library, corpus: Corpus) -> Artifact:
    """Return what the web form knows of the library, as a script: that can be loaded from a disk too."""
    items = sorted(shown.items.values(), key=lambda item: item.path)
    return script("assets/form/facts.js", "casebookFacts", form.facts(corpus.shapes, corpus.screen, items))
