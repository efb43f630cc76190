"""From a file to a `Document`: front matter with positions, body, and what is wrong with the file as such."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from frontmatter.default_handlers import YAMLHandler

from casebook import yamltree
from casebook.finding import Finding, Location, Rule, Severity
from casebook.paths import tidy
from casebook.registry import KIND_BY_FOLDER, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from casebook.paths import Paths

MAX_BYTES = 400_000
# Pictures that cannot hold scripts.
IMAGES = (".png", ".jpg", ".jpeg", ".webp")
MAX_IMAGE_BYTES = 2_000_000
# How the file of a type begins and how it ends: W3C PNG 3rd edition, 5.2 and 11.2.5; ITU-T T.81, B.2.1.
_BEGINS_AND_ENDS = {
    "PNG": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"\0\0\0\0IEND\xaeB`\x82"),
    "JPEG": (b"\xff\xd8\xff", b"\xff\xd9"),
    "WebP": (b"RIFF", b""),
}
_IMAGE_TYPES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WebP"}

NOT_UTF8 = Rule(
    "not-utf8",
    """A file must be text in UTF-8.

    Other encodings show as wrong characters for every reader with another machine.

    **Mend it:** in the editor choose 'Save with encoding: UTF-8'. In Word choose 'Plain text', then 'Unicode (UTF-8)'.
    """,
)
TOO_LARGE = Rule(
    "file-too-large",
    f"""A file may not be larger than {MAX_BYTES:,} bytes.

    An item of 1,400 words with sixty sources needs a tenth of that.

    **Mend it:** divide the item, or take out what was pasted by mistake.
    """,
)
CONTROL_CHARACTER = Rule(
    "control-character",
    """Invisible control characters are not allowed.

    They come from copying out of PDF files, and can hide text or turn its direction so that a reader sees something
    else than the computer.

    **Mend it:** delete the character at the place named, and type the word again.
    """,
)
FILE_NAME = Rule(
    "file-name",
    """An item's file is named after its id and ends with `.md`.

    The name is the permanent address: lower case letters, digits and hyphens, for example `goiania-1987.md`. Names
    that Windows keeps for devices, such as `con` and `aux`, cannot be used.

    **Mend it:** rename the file.
    """,
)
FILE_PLACE = Rule(
    "file-place",
    """An item lies directly in the folder of its kind, as a file of its own and not as a link to one.

    The folder says which schema and page template apply.

    **Mend it:** move the file to the folder of its kind below `cases/`.
    """,
)
NO_FRONT_MATTER = Rule(
    "no-front-matter",
    """An item begins with front matter: a line `---`, the fields, and a line `---`.

    **Mend it:** start from what `casebook new` writes. The first line of the file is `---`, with nothing before it.
    """,
)
OPEN_FRONT_MATTER = Rule(
    "front-matter-open",
    """Front matter ends with a line `---`.

    Without it nobody can tell where the fields end and the text begins.

    **Mend it:** put a line with three hyphens after the last field.
    """,
)
NOT_FIELDS = Rule(
    "front-matter-not-fields",
    """Front matter is a list of fields, each `name: value`.

    **Mend it:** start from what `casebook new` writes.
    """,
)
WORD_FILE = Rule(
    "word-file",
    """A Word file is read when it is a plain `.docx` that was made from one of the templates.

    Old `.doc` files, files with macros or with a password, and files that are damaged or far too large are not opened.

    **Mend it:** download the template from the page 'Contribute', copy your answers into it, and save it as `.docx`.
    """,
)
WORD_LEFT_OUT = Rule(
    "word-left-out",
    """What stands in a Word file outside the places for answers has no place in the item, and was left out.

    Pictures, tables and footnotes in the text are left out, and so is what stands in a row that the template does not
    know. Nothing is left out in silence.

    **Mend it:** move the words into the right column of a table, or under a heading that begins with 'Text'. Instead
    of a footnote write the id of a source in square brackets: `[s1]`.
    """,
    Severity.WARNING,
)
RULES = (
    NOT_UTF8,
    TOO_LARGE,
    CONTROL_CHARACTER,
    FILE_NAME,
    FILE_PLACE,
    NO_FRONT_MATTER,
    OPEN_FRONT_MATTER,
    NOT_FIELDS,
    WORD_FILE,
    WORD_LEFT_OUT,
    *yamltree.RULES,
)

# C0 controls but tab and line ends, DEL and C1; zero-width, bidirectional and tag characters; the line ends that only
# YAML knows; the byte order mark and what is no character. Joiners (U+200C, U+200D) belong to scripts and emoji.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
# Windows cannot open a file with the name of a device, whatever its ending (Microsoft, Naming Files, Paths).
_DEVICE = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Document:
    """One file under cases/: its fields as written, its body, and where each of them stands.

    `tree` is None when the front matter could not be read; `body_offset` is the number of lines before the body.
    `images` are the names of the pictures in the item's own folder, and `refused_images` those of files that only have
    the name of one, with the reason; `front` is everything before the body as it was
    written, which is the whole file where fields and body cannot be told apart.
    """

    path: str
    kind: Kind
    stem: str
    tree: yamltree.Node | None
    body: str
    body_offset: int
    findings: tuple[Finding, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    images: tuple[str, ...] = ()
    refused_images: dict[str, str] = field(default_factory=dict)
    front: str = ""

    @property
    def written(self) -> str:
        """The whole file as it was written."""
        return self.front + self.body

    @property
    def status(self) -> str:
        """Status as written; a draft when there is none."""
        status = self.data.get("status")
        return status if isinstance(status, str) else "draft"

    @property
    def is_finished(self) -> bool:
        """Whether its authors say that it is complete: what is measured then is not measured in a draft."""
        return self.status in ("published", "in-review")

    @property
    def demands(self) -> Severity:
        """Severity of what an item must have before it is published: a note as long as it is a draft."""
        return Severity.ERROR if self.is_finished else Severity.NOTE

    @property
    def is_in_place(self) -> bool:
        """Whether the file lies where items lie; any other has no id."""
        return all(finding.code != FILE_PLACE.code for finding in self.findings)

    def at(self, *steps: str | int) -> Location:
        """Return the location of a value of the front matter."""
        return self._location(*steps, key=False)

    def at_key(self, *steps: str | int) -> Location:
        """Return the location of the key of a value of the front matter."""
        return self._location(*steps, key=True)

    def at_body(self, line: int, column: int = 1) -> Location:
        """Return the location of a line of the body, counted from 0."""
        return Location(self.path, self.body_offset + line + 1, column)

    def _location(self, *steps: str | int, key: bool) -> Location:
        line, column = self.tree.place(*steps, key=key) if self.tree else (1, 1)
        return Location(self.path, line, column)


def item_files(paths: Paths, only: Iterable[Path] = ()) -> list[Path]:
    """Return the files of items, sorted: all of them, or those that are named or lie below what is named."""
    chosen = [tidy(path) for path in only]
    files = (path for path in sorted(paths.cases.rglob("*")) if path.suffix.lower() in (".md", ".markdown"))
    if not chosen:
        return list(files)
    return [path for path in files if any(path == one or one in path.parents for one in chosen)]


def load(path: Path, paths: Paths) -> Document:
    """Read one file into a document. What is wrong with it stands in the findings of the document."""
    name = paths.relative(path)
    kind = kind_of(path, paths)
    if kind is None or path.is_symlink() or not path.is_file():
        folders = ", ".join(f"`cases/{folder}/`" for folder in KIND_BY_FOLDER)
        finding = FILE_PLACE.at(Location(name), f"an item must be a file directly in one of {folders}", "move it")
        return Document(name, next(iter(KIND_BY_FOLDER.values())), path.stem, None, "", 0, (finding,))
    if path.stat().st_size > MAX_BYTES:
        return _too_large(name, kind, path.stem)
    return read_as(path.read_bytes(), path, paths, kind)


def kind_of(path: Path, paths: Paths) -> Kind | None:
    """Return the kind of item whose folder a file lies in, or None."""
    return KIND_BY_FOLDER.get(path.parent.name) if path.parent.parent == paths.cases else None


def read_as(raw: bytes, path: Path, paths: Paths, kind: Kind) -> Document:
    """Return the document that a file would be if these were its bytes."""
    name = paths.relative(path)
    if len(raw) > MAX_BYTES:
        return _too_large(name, kind, path.stem)
    faults = {one.name: _image_fault(one) for one in _files(path.with_suffix(""))}
    return replace(
        parse(raw, name, kind),
        images=tuple(one for one, fault in faults.items() if not fault),
        refused_images={one: fault for one, fault in faults.items() if fault},
    )


def _too_large(name: str, kind: Kind, stem: str) -> Document:
    finding = TOO_LARGE.at(Location(name), f"the file is larger than {MAX_BYTES:,} bytes", "divide or shorten it")
    return Document(name, kind, stem, None, "", 0, (finding,))


def _files(folder: Path) -> list[Path]:
    """Return what lies in the folder of an item, sorted, or the folder itself when it is a link.

    Hidden files are left out: systems put them everywhere, and they never reach the site.
    """
    if folder.is_symlink():
        return [folder]
    return sorted(file for file in folder.glob("*") if not file.name.startswith("."))


def _image_fault(path: Path) -> str:
    """Return why a file is not the picture that its name promises, or an empty text."""
    if path.is_symlink() or not path.is_file():
        return "is a link or a folder and no picture"
    if path.suffix.lower() not in IMAGES:
        return "is no picture of a type that is used"
    if path.stat().st_size > MAX_IMAGE_BYTES:
        return f"is larger than {MAX_IMAGE_BYTES:,} bytes"
    kind, raw = _IMAGE_TYPES[path.suffix.lower()], path.read_bytes()
    begin, end = _BEGINS_AND_ENDS[kind]
    if not raw.startswith(begin) or (kind == "WebP" and raw[8:12] != b"WEBP"):
        return f"is not a {kind} picture"
    # A WebP file says in its bytes 4 to 7 how long it is (RFC 9649, 2.4).
    complete = raw.endswith(end) if end else int.from_bytes(raw[4:8], "little") + 8 == len(raw)
    return "" if complete else f"does not end where the {kind} picture ends"


def plain_text(path: Path, paths: Paths) -> tuple[str, list[Finding]]:
    """Return the text of any file, and a finding when a part of it could not be read."""
    where = Location(paths.relative(path))
    raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        message = f"only the first {MAX_BYTES:,} bytes of the file were read"
        return raw[:MAX_BYTES].decode("utf-8", errors="replace"), [TOO_LARGE.at(where, message, "divide it")]
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError:
        finding = NOT_UTF8.at(where, "the file is not UTF-8 text, and was read as far as it is", "save it as UTF-8")
        return raw.decode("utf-8", errors="replace"), [finding]


def state(path: Path) -> tuple[int, int, int]:
    """Return what changes when a file or the folder of its images changes: times in ns and the size in bytes."""
    folder = path.with_suffix("")
    status = path.lstat()
    return status.st_mtime_ns, status.st_size, folder.stat().st_mtime_ns if folder.is_dir() else 0


def parse(raw: bytes, name: str, kind: Kind) -> Document:
    """Turn the bytes of a file into a document."""
    stem = name.rpartition("/")[2].rpartition(".")[0]
    findings = list(_name_findings(name, stem))
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        where = Location(name, line, column)
        findings.append(NOT_UTF8.at(where, "this byte is not UTF-8 text", "save the file with encoding UTF-8"))
        readable = raw.decode("utf-8", errors="replace")
        return Document(name, kind, stem, None, "", 0, tuple(findings), front=readable)
    findings += _control_findings(text, name)
    return _split(visible(text.removeprefix("\ufeff")), name, kind, stem, findings)


def coded(text: str) -> str:
    """Return a text in which each character that the checks refuse as invisible is written as its code."""
    return _CONTROL.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _name_findings(name: str, stem: str) -> Iterator[Finding]:
    file = name.rpartition("/")[2]
    hint = "rename the file, for example `goiania-1987.md`"
    if not name.endswith(".md") or not _NAME.fullmatch(stem):
        message = f"the file name `{file}` must be lower case letters, digits, hyphens and `.md`"
        yield FILE_NAME.at(Location(name), message, hint)
    elif _DEVICE.fullmatch(stem):
        yield FILE_NAME.at(Location(name), f"`{file}` is a name that Windows keeps for a device", hint)


def _control_findings(text: str, name: str) -> Iterator[Finding]:
    for match in _CONTROL.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        column = match.start() - text.rfind("\n", 0, match.start())
        message = f"invisible character U+{ord(match.group()):04X}"
        yield CONTROL_CHARACTER.at(Location(name, line, column), message, "delete it and type the word again")


def _escape_findings(node: yamltree.Node, name: str) -> Iterator[Finding]:
    """Yield a finding for each text that writes an invisible character as an escape in double quotes."""
    children = node.value if isinstance(node.value, list) else []
    if isinstance(node.value, dict):
        children = list(node.value.values())
    elif isinstance(node.value, str) and (match := _CONTROL.search(node.value)):
        message = f"invisible character U+{ord(match.group()):04X}"
        yield CONTROL_CHARACTER.at(Location(name, node.line, node.column), message, "delete its escape")
    for child in children:
        yield from _escape_findings(child, name)


def fences(text: str) -> tuple[int, int]:
    """Return the first line of the front matter and the line that ends it, from 0, also where its end is missing.

    Both are 0 where there is no front matter.
    """
    boundaries = list(islice(YAMLHandler.FM_BOUNDARY.finditer(text), 2))
    if not boundaries or boundaries[0].start() != 0:
        return 0, 0
    last = text.count("\n", 0, boundaries[1].start()) if len(boundaries) > 1 else text.count("\n") + 1
    return 1, last


def visible(text: str) -> str:
    """Return a text with a space in place of each invisible control character."""
    return _CONTROL.sub(" ", text)


def _split(text: str, name: str, kind: Kind, stem: str, findings: list[Finding]) -> Document:
    boundaries = list(YAMLHandler.FM_BOUNDARY.finditer(text))[:2]
    if not boundaries or boundaries[0].start() != 0:
        hint = "start from what `casebook new` writes"
        findings.append(
            NO_FRONT_MATTER.at(Location(name), "the first line must be `---`, followed by the fields", hint)
        )
        return Document(name, kind, stem, None, "", 0, tuple(findings), front=text)
    if len(boundaries) == 1:
        findings.append(OPEN_FRONT_MATTER.at(Location(name), "the front matter has no closing line `---`", "add it"))
        return Document(name, kind, stem, None, "", 0, tuple(findings), front=text)
    first, last = boundaries
    tree, faults = yamltree.read(text[first.end() : last.start()], name, text.count("\n", 0, first.end()))
    findings += faults
    if not faults and (tree is None or not isinstance(tree.value, dict)):
        findings.append(NOT_FIELDS.at(Location(name, 2), "front matter must be fields, each `name: value`"))
    usable = tree if tree is not None and isinstance(tree.value, dict) else None
    findings += _escape_findings(usable, name) if usable else ()
    offset = text.count("\n", 0, last.end())
    data = usable.plain() if usable else {}
    front, body = text[: last.end()], text[last.end() :]
    return Document(name, kind, stem, usable, body, offset, tuple(findings), data, front=front)
