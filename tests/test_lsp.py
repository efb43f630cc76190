"""The language server as an editor sees it: a process that is spoken to over standard input and output."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from tests.support import CASE, PRACTICE, ROOT, base, published, write

from casebook.cli import main
from casebook.load import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# In UTF-16 each of these two is two units: an emoji, and a character of CJK Extension B.
WIDE = "\U0001f600\U00020000"


COMMAND = [sys.executable, "-m", "casebook.cli", "lsp"]


@dataclass
class Editor:
    """A few lines of an editor: it asks, and keeps what the server says unasked."""

    process: subprocess.Popen[bytes]
    root: Path
    heard: list[dict[str, Any]] = field(default_factory=list)
    asked: int = 0

    def uri(self, path: str = CASE) -> str:
        """Return the address of a file."""
        return (self.root / path).as_uri()

    def send(self, method: str, params: Any = None, **more: Any) -> None:
        """Send a message."""
        content = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))

    def raw(self, content: bytes) -> None:
        """Send bytes."""
        assert self.process.stdin
        self.process.stdin.write(content)
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        """Return the next message."""
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return message

    def ask(self, method: str, params: Any = None) -> Any:
        """Return the answer to a request."""
        self.asked += 1
        self.send(method, params, id=self.asked)
        while (answer := self.receive()).get("id") != self.asked:
            self.heard.append(answer)
        return answer["result"]

    def begin(self, **more: Any) -> dict[str, Any]:
        """Open the repository, and return what the server says of itself."""
        about = {"processId": None, "rootUri": self.root.as_uri(), "capabilities": {}, **more}
        answer: dict[str, Any] = self.ask("initialize", about)
        self.send("initialized", {})
        return answer

    def open(self, text: str, path: str = CASE) -> None:
        """Open a file with a text that is not saved."""
        document = {"uri": self.uri(path), "languageId": "markdown", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})

    def change(self, *texts: str) -> None:
        """Change the text, several times without a pause."""
        for version, text in enumerate(texts, 2):
            document = {"uri": self.uri(), "version": version}
            self.send("textDocument/didChange", {"textDocument": document, "contentChanges": [{"text": text}]})

    def found(self, path: str = CASE) -> list[dict[str, Any]]:
        """Return the diagnostics that come next for a file."""
        while True:
            message = self.heard.pop(0) if self.heard else self.receive()
            if message["method"] == "textDocument/publishDiagnostics" and message["params"]["uri"] == self.uri(path):
                diagnostics: list[dict[str, Any]] = message["params"]["diagnostics"]
                return diagnostics

    def at(self, method: str, text: str, word: str, *, after: bool = False) -> Any:
        """Ask about the place of a word in a text, or the place behind it."""
        before = text[: text.index(word) + (len(word) if after else 1)]
        line = before.count("\n")
        units = len(before.rpartition("\n")[2].encode("utf-16-le")) // 2
        where = {"line": line, "character": units}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": self.uri()}, "position": where})

    def end(self) -> int:
        """End the server, and return its exit code."""
        self.ask("shutdown")
        self.send("exit")
        return self.process.wait(timeout=20)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor with a small repository open; at the end the server ends as it was told."""
    root = tmp_path_factory.mktemp("repository")
    write(root, published())
    # Started elsewhere: the editor says which repository it has open.
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT.parent)
    editor = Editor(process, root)
    try:
        assert editor.begin()["serverInfo"]["name"] == "casebook"
        yield editor
        assert editor.end() == 0
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def editor(server: Editor) -> Iterator[Editor]:
    """The editor with nothing open; what a test opened is closed afterwards, and then has no findings."""
    yield server
    server.send("textDocument/didClose", {"textDocument": {"uri": server.uri()}})
    assert server.found() == []
    server.heard.clear()


def test_an_editor_writes_an_item(editor: Editor) -> None:
    """A fault is underlined at its place and goes when it is mended; completion, hover and jumps answer meanwhile."""
    right = published()[CASE]
    wrong = right.replace("A company moved, and", f"{WIDE} A company moved [^s9], and")
    editor.open(wrong)
    (one,) = (found for found in editor.found() if found["code"] == "unknown-source")
    line = wrong[: wrong.index("[^s9]")].count("\n")
    units = len(f"{WIDE} A company moved ".encode("utf-16-le")) // 2
    assert one["range"]["start"] == {"line": line, "character": units}
    assert one["severity"] == 1
    assert one["message"] == "there is no source `s9` in this item\nadd it under `sources`, or correct the id"

    assert editor.at("hover", wrong, "industrial-use")["contents"]["value"].startswith("**Industrial use")
    # The cursor stands behind two wide characters, and is where the editor says.
    assert editor.at("definition", wrong, "[^s9]") is None
    wide = wrong.replace("[^s9]", "[^s2]")
    editor.change(wide)
    assert editor.found() == []
    start = {"line": wide[: wide.index("s2\n    title")].count("\n"), "character": len("  - id: ")}
    assert editor.at("definition", wide, "[^s2]") == {"uri": editor.uri(), "range": {"start": start, "end": start}}
    jump = editor.at("definition", wide, "practices: [keep", after=True)
    start = {"line": 0, "character": 0}
    assert jump == {"uri": editor.uri(PRACTICE), "range": {"start": start, "end": start}}
    assert editor.at("definition", wide, "no-end-of-life-provision")["uri"].endswith("schema/vocabularies/factors.yml")

    typed = right.replace("setting: industrial-use", "setting: indu")
    editor.change(right, "only what stands at the end counts", typed)
    assert [found["code"] for found in editor.found()] == ["unknown-term"]
    proposed = {one["label"]: one for one in editor.at("completion", typed, "setting: indu", after=True)}
    assert proposed["industrial-use"]["textEdit"]["newText"] == "industrial-use"
    assert proposed["industrial-use"]["detail"].startswith("Industrial use")
    editor.change(right)
    assert editor.found() == []


def test_saved_files_are_read_again(editor: Editor) -> None:
    """What is saved in one file counts at once for the text of another."""
    editor.open(published()[CASE].replace("  - id: keep-a-register\n", "  - id: brand-new-2020\n"))
    assert [found["code"] for found in editor.found()] == ["dangling-item"]
    other = "cases/case-studies/brand-new-2020.md"
    (editor.root / other).write_text(base("draft").replace("unfinished-2002", "brand-new-2020"), encoding="utf-8")
    editor.send("textDocument/didSave", {"textDocument": {"uri": editor.uri(other)}})
    assert "dangling-item" not in [found["code"] for found in editor.found()]
    (editor.root / other).unlink()


def test_nothing_breaks_it(editor: Editor) -> None:
    """Files elsewhere get nothing, and text of any kind gets findings; the server answers afterwards as before."""
    right = published()[CASE]
    for path in ("README.md", "docs/page.md", "cases/notes.txt"):
        editor.open("---\nid: [\n", path)
    editor.open(right, "cases/stray.md")
    assert [found["code"] for found in editor.found("cases/stray.md")] == ["file-place"]
    assert editor.heard == []
    editor.open("---\nid: \udc00\n---\n")
    assert [found["code"] for found in editor.found()] == ["not-utf8"]
    editor.open("---\n" + "a" * MAX_BYTES)
    assert [found["code"] for found in editor.found()] == ["file-too-large"]
    hostile = "---\n" + "- [{'" * 20_000
    editor.open(hostile)
    assert editor.found()
    assert editor.at("completion", hostile, "'") == []
    editor.open("\x01" * 2_000)
    assert len(editor.found()) == 500
    editor.raw(b"Content-Length: 7\r\n\r\n{broken")
    far = {"textDocument": {"uri": "untitled:1"}, "position": {"line": 2**31 - 1, "character": 2**31 - 1}}
    for method in ("hover", "definition", "completion"):
        assert not editor.ask(f"textDocument/{method}", far)
        assert not editor.ask(f"textDocument/{method}", {**far, "textDocument": {"uri": editor.uri()}})
    editor.open(right)
    assert editor.found() == []


def test_a_repository_that_is_none(tmp_path: Path) -> None:
    """A folder that is named must be a repository; one that an editor happens to have open need not be one."""
    named = CliRunner().invoke(main, ["-C", str(tmp_path), "lsp"])
    assert (named.exit_code, named.stdout) == (2, "")
    assert "is not a Casebook repository" in named.stderr
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT.parent)
    other = Editor(process, tmp_path)
    other.begin()
    other.open("---\nid: [\n")
    assert other.at("hover", "id", "id") is None
    assert other.end() == 0
    process.communicate()
    assert {one["method"] for one in other.heard} == {"window/logMessage"}
