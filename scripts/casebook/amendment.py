"""The file of an item with one more entry in a list of its front matter, and every other line as it was.

The text is changed line by line, because writing the YAML anew would lose comments, quotes and layout. What comes out
is read again: unless it says what it said before and the new entry, it is not used.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casebook import load, yamltree
from casebook.finding import CasebookError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.load import Document
    from casebook.yamltree import Node

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_CLOSING = re.compile(r"-{3,}\s*")


def with_entry(raw: bytes, document: Document, field: str, entry: Mapping[str, Any]) -> bytes:
    """Return the bytes of the file of an item with an entry added at the end of a list of fields.

    Args:
        raw: the file as it is.
        document: what was read from it.
        field: name of the list, a field of the front matter; it need not be there yet.
        entry: the fields of the new entry.

    Raises:
        CasebookError: if the front matter cannot be read, or its layout is one that cannot be changed safely.
    """
    if document.tree is None or not document.is_in_place:
        raise CasebookError(f"{document.path}: its front matter cannot be read; `casebook check` says what to mend")
    lines = _LINE.findall(raw.decode("utf-8"))
    end = "\r\n" if lines[0].endswith("\r\n") else lines[0][-1]
    changed = "".join(_amended(lines, document, document.tree, field, _Block(entry, end))).encode("utf-8")
    if not _says(changed, document, field, entry):
        raise CasebookError(
            f"{document.path}: the list `{field}` is laid out in a way that cannot be added to safely. Write it with "
            "one line for each field of each entry, and try again"
        )
    return changed


@dataclass(frozen=True, slots=True)
class _Block:
    """The lines of an entry; `end` is the line end of the file."""

    entry: Mapping[str, Any]
    end: str

    def lines(self, indent: str = "", dash: str = "- ") -> list[str]:
        """Return the lines, indented as those of the list."""
        first, *rest = textwrap.indent(yamltree.written(dict(self.entry)), " " * len(dash)).split("\n")
        whole = [f"{dash}{first[len(dash) :]}", *rest]
        return [f"{indent}{line}{self.end}" if line.strip() else self.end for line in whole]


def _amended(lines: Sequence[str], document: Document, tree: Node, field: str, block: _Block) -> Sequence[str]:
    if field not in document.data:
        close = _closing(lines)
        return [*lines[:close], f"{field}:{block.end}", *block.lines(), *lines[close:]]
    key = tree.keys[field][0] - 1
    if not document.data[field]:
        # An empty list may have a comment beside it, which stays.
        opened = re.sub(rf"^{field}:[ \t]*(?:\[\s*\])?", f"{field}:", lines[key])
        return [*lines[:key], opened, *block.lines(), *lines[key + 1 :]]
    dash = re.match(r"([ ]*)(-[ ]+)", lines[tree.place(field, 0)[0] - 1])
    if dash is None:
        return lines
    last = _last_line(lines, tree, field, len(dash[1]))
    return [*lines[: last + 1], *block.lines(dash[1], dash[2]), *lines[last + 1 :]]


def _closing(lines: Sequence[str]) -> int:
    """Return the index of the line that closes the front matter."""
    return next(index for index, line in enumerate(lines) if index and _CLOSING.fullmatch(line))


def _last_line(lines: Sequence[str], tree: Node, field: str, indent: int) -> int:
    """Return the index of the last line of a list; comments after it belong to what follows."""
    later = (line - 1 for line, _ in tree.keys.values() if line > tree.keys[field][0])
    index = min(later, default=_closing(lines)) - 1
    while not lines[index].strip() or re.match(rf"[ ]{{0,{indent}}}#", lines[index]):
        index -= 1
    return index


def _says(changed: bytes, document: Document, field: str, entry: Mapping[str, Any]) -> bool:
    """Say whether a file says what a document says, and the new entry, and nothing else."""
    after = load.parse(changed, document.path, document.kind)
    entries = after.data.get(field)
    if not isinstance(entries, list) or not entries or after.body != document.body:
        return False
    *others, last = entries
    before = {**document.data, field: document.data.get(field) or []}
    return {**after.data, field: others} == before and _texts(last) == _texts(entry)


def _texts(value: Any) -> Any:
    """Return a value with every part as text, in which an invisible character is a space: the checker reports those."""
    if isinstance(value, dict):
        return {key: _texts(part) for key, part in value.items()}
    return [_texts(part) for part in value] if isinstance(value, list) else load.visible(str(value))
