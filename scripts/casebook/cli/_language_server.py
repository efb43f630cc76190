"""The language server: turns what an editor asks into calls of `editor/`, and the answers into the protocol's words."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls import uris
from pygls.lsp.server import LanguageServer

from casebook import __version__, build, load
from casebook.editor.completion import Proposal, Sort, completion
from casebook.editor.definition import definition
from casebook.editor.diagnostics import Diagnostic, diagnostics
from casebook.editor.hover import hover
from casebook.editor.item import Known, OpenItem, lines
from casebook.editor.units import from_units, to_units
from casebook.finding import CasebookError, Severity
from casebook.paths import nearest_root, repository, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from casebook.finding import Finding, Location
    from casebook.paths import Paths

At = types.CompletionParams | types.HoverParams | types.DefinitionParams
# Seconds without a key pressed before a text is checked; the check of one item takes a tenth of a second.
PAUSE = 0.3
TRIGGERS = [" ", ":", "[", "^", ",", "#"]
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}
_SORTS = {
    Sort.FIELD: types.CompletionItemKind.Field,
    Sort.TERM: types.CompletionItemKind.EnumMember,
    Sort.ITEM: types.CompletionItemKind.File,
    Sort.OWN: types.CompletionItemKind.Reference,
    Sort.SECTION: types.CompletionItemKind.Text,
}


@dataclass(slots=True)
class Repository:
    """The repository as it is on the disk, read anew when a file is saved."""

    paths: Paths
    reader: build.Reader
    corpus: build.Corpus
    known: Known

    @classmethod
    def read(cls, paths: Paths) -> Repository:
        """Read a repository.

        Raises:
            CasebookError: if a schema or vocabulary cannot be used.
        """
        reader = build.Reader(paths)
        corpus = reader.corpus()
        return cls(paths, reader, corpus, _known(corpus))

    def refresh(self) -> None:
        """Read what has changed; when that fails, everything stays as it was.

        Raises:
            CasebookError: if a schema or vocabulary cannot be used.
        """
        self.corpus = self.reader.corpus()
        self.known = _known(self.corpus)

    def path_of(self, uri: str) -> Path | None:
        """Return the path below `cases/` that an address names, or None for any other."""
        name = uris.to_fs_path(uri)
        if not name or "\0" in name or Path(name).suffix.lower() not in (".md", ".markdown"):
            return None
        path = tidy(Path(name))
        if self.paths.cases not in path.parents and (real := self.paths.root.resolve()) in path.resolve().parents:
            # The editor reached the repository by another way, for example through a link.
            path = self.paths.root / path.resolve().relative_to(real)
        return path if self.paths.cases in path.parents else None

    def item(self, uri: str, text: str) -> OpenItem | None:
        """Return the item that an address names, with the text that the editor holds."""
        path = self.path_of(uri)
        kind = load.kind_of(path, self.paths) if path else None
        return OpenItem(self.paths.relative(path), kind, text, self.known) if path and kind else None

    def findings(self, uri: str, text: str) -> Iterable[Finding]:
        """Return what the checker says of the text that the editor holds."""
        path = self.path_of(uri)
        if path is None:
            return ()
        kind = load.kind_of(path, self.paths)
        if kind is None or path.is_symlink():
            return load.load(path, self.paths).findings
        return build.check_text(text, self.paths.relative(path), kind, self.corpus)


def _known(corpus: build.Corpus) -> Known:
    documents = (entry.document for entry in corpus.entries)
    items = {document.stem: document for document in documents if document.is_in_place}
    return Known(corpus.paths, corpus.vocabularies, corpus.shapes, items)


@dataclass(slots=True)
class Session:
    """What one editor has open: its repository, and for each text how often it changed."""

    ls: LanguageServer
    paths: Paths | None
    repository: Repository | None = None
    turns: dict[str, int] = field(default_factory=dict)

    @property
    def encoding(self) -> str:
        return str(getattr(self.ls.workspace.position_encoding, "value", self.ls.workspace.position_encoding))

    def begin(self) -> None:
        """Read the repository: the one that was named, or the one that the editor has open.

        Whoever starts the server for all Markdown has other folders open too; there it says nothing.
        """
        folders = (uris.to_fs_path(folder.uri) for folder in self.ls.workspace.folders.values())
        opened = self.ls.workspace.root_path or next(filter(None, folders), None)
        try:
            paths = self.paths or repository(nearest_root(Path(opened) if opened else Path.cwd()))
        except CasebookError as error:
            self.ls.window_log_message(types.LogMessageParams(types.MessageType.Info, f"casebook: {error}"))
            return
        self.refresh(paths)

    def refresh(self, paths: Paths | None = None) -> None:
        """Read a repository, or what has changed in the one that was read; what is wrong with it is said."""
        try:
            if paths:
                self.repository = Repository.read(paths)
            elif self.repository:
                self.repository.refresh()
        except CasebookError as error:
            self.ls.window_show_message(types.ShowMessageParams(types.MessageType.Error, f"casebook: {error}"))

    def publish(self, uri: str) -> None:
        """Send the findings of a text."""
        document = self.ls.workspace.text_documents.get(uri)
        if document is None or self.repository is None or self.repository.path_of(uri) is None:
            return
        found = diagnostics(self.repository.findings(uri, document.source), document.source)
        written = lines(document.source)
        shown = [self._diagnostic(one, written[one.line]) for one in found]
        self.ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown, version=document.version))

    def _diagnostic(self, one: Diagnostic, line: str) -> types.Diagnostic:
        where = self.range(one.line, line, one.start, one.end)
        return types.Diagnostic(where, one.message, _SEVERITIES[one.severity], one.code, source="casebook")

    def range(self, number: int, line: str, start: int, end: int) -> types.Range:
        """Return a part of a line as the protocol counts."""
        first, last = (to_units(line, column, self.encoding) for column in (start, end))
        return types.Range(types.Position(number, first), types.Position(number, last))

    def cursor(self, params: At) -> tuple[OpenItem, int, int] | None:
        """Return the item in which a cursor stands, with its line and column in characters."""
        uri, position = params.text_document.uri, params.position
        document = self.ls.workspace.text_documents.get(uri)
        item = self.repository.item(uri, document.source) if document and self.repository else None
        if item is None:
            return None
        return item, position.line, from_units(item.line(position.line), position.character, self.encoding)

    def location(self, item: OpenItem, uri: str, where: Location) -> types.Location:
        """Return a place, in the open text itself or at the beginning of a line of another file."""
        if where.path == item.path:
            line = where.line - 1
            place = self.range(line, item.line(line), where.column - 1, where.column - 1)
            return types.Location(uri, place)
        target = uris.from_fs_path(str(item.known.paths.root / where.path)) or uri
        start = types.Position(where.line - 1, where.column - 1)
        return types.Location(target, types.Range(start, start))


def server(paths: Paths | None) -> LanguageServer:
    """Return the server for a repository, or without one for that which the editor has open."""
    # The whole text comes with each change: line ends that only Python counts as such then move no place.
    ls = LanguageServer("casebook", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
    session = Session(ls, paths)
    _listen(ls, session)
    _answer(ls, session)
    return ls


def _listen(ls: LanguageServer, session: Session) -> None:
    @ls.feature(types.INITIALIZED)
    def initialized(_: types.InitializedParams) -> None:
        session.begin()

    @ls.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        session.publish(params.text_document.uri)

    @ls.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    async def changed(params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        turn = session.turns[uri] = session.turns.get(uri, 0) + 1
        await asyncio.sleep(PAUSE)
        if session.turns.get(uri) == turn:
            session.publish(uri)

    @ls.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(_: types.DidSaveTextDocumentParams) -> None:
        session.refresh()
        for uri in list(ls.workspace.text_documents):
            session.publish(uri)

    @ls.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        session.turns.pop(uri, None)
        ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


def _answer(ls: LanguageServer, session: Session) -> None:
    @ls.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=TRIGGERS))
    def complete(params: types.CompletionParams) -> list[types.CompletionItem]:
        cursor = session.cursor(params)
        if cursor is None:
            return []
        item, line, column = cursor
        found = enumerate(completion(item, line, column))
        return [_completion(session, one, line, item.line(line), index) for index, one in found]

    @ls.feature(types.TEXT_DOCUMENT_HOVER)
    def explain(params: types.HoverParams) -> types.Hover | None:
        cursor = session.cursor(params)
        found = hover(*cursor) if cursor else None
        if cursor is None or found is None:
            return None
        item, line, _ = cursor
        words = types.MarkupContent(types.MarkupKind.Markdown, found.text)
        return types.Hover(words, session.range(line, item.line(line), found.start, found.end))

    @ls.feature(types.TEXT_DOCUMENT_DEFINITION)
    def define(params: types.DefinitionParams) -> types.Location | None:
        cursor = session.cursor(params)
        where = definition(*cursor) if cursor else None
        return session.location(cursor[0], params.text_document.uri, where) if cursor and where else None


def _completion(session: Session, one: Proposal, number: int, line: str, index: int) -> types.CompletionItem:
    return types.CompletionItem(
        label=one.label,
        kind=_SORTS[one.sort],
        detail=one.detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, one.about) if one.about else None,
        sort_text=f"{index:05}",
        filter_text=one.typed,
        # The text brings its own indentation.
        insert_text_mode=types.InsertTextMode.AsIs,
        text_edit=types.TextEdit(session.range(number, line, one.start, one.end), one.text),
    )
