"""Corrections that are safe without a person: text in, text out.

A correction changes how a file is written and not what it says. Each one is tried, read again, and kept only when the
fields and the text mean the same as before, but for what its name says. What cannot be told apart stays as it is.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from itertools import dropwhile
from typing import TYPE_CHECKING, Any

from casebook import load, yamltree
from casebook.shape import REPEATED_ENTRY, UNKNOWN_FIELD
from casebook.text import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from casebook.finding import Finding
    from casebook.load import Document
    from casebook.shape import Shape

# Zero-width space, word joiner and byte order mark carry no meaning, but for the zero-width space in scripts that write
# no spaces between words. What turns the direction of a text is never deleted: somebody must look.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f"
_ZERO_WIDTH = re.compile(f"[\u2060\ufeff]|(?<![{_UNSPACED}])\u200b(?![{_UNSPACED}])")
_TAB_WIDTHS = (2, 4, 8)
_INDENT = re.compile(r"^[ \t]*\t[ \t]*", re.MULTILINE)
_BLANKS = re.compile(r"\n{3,}")
_LONGEST_ENTRY = 400
_ENTRY = re.compile(r"""(?:'[^']*'|"[^"\\]*"|[^'"\[\]{},#:&*]+?)(?=\s*(?:[,\]]|$))""")
# Blocks of Markdown in which each space counts.
_VERBATIM = ("fence", "code_block", "html_block")


@dataclass(frozen=True, slots=True)
class Corrected:
    """A text after its corrections, and what was done in words."""

    text: str
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """A word that may be replaced: where it stands, and the only known word that is like it."""

    line: int
    column: int
    word: str
    meant: str


@dataclass(frozen=True, slots=True)
class _Draft:
    """A text between two corrections, as it is read."""

    text: str
    document: Document
    shape: Shape

    def again(self, text: str) -> _Draft:
        """Return the draft with another text."""
        return _Draft(text, load.parse(text.encode("utf-8"), self.document.path, self.document.kind), self.shape)

    @property
    def front(self) -> str:
        """Everything before the body, as it stands in the text."""
        return self.text[: len(self.document.front)]

    @property
    def body(self) -> str:
        """The body, as it stands in the text."""
        return self.text[len(self.document.front) :]


def corrected(text: str, path: str, shape: Shape) -> Corrected:
    """Return the text of an item with all safe corrections.

    Args:
        text: the text as it stands in the file, with its own line ends.
        path: the path of the item.
        shape: the shape of its kind, for the order of its fields.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    done = ["byte order mark deleted"] if text.startswith("\ufeff") else []
    done += ["line ends made those of Unix"] if "\r" in text else []
    draft = _Draft(plain, load.parse(plain.encode("utf-8"), path, shape.kind), shape)
    for words, correct, meaning in _CORRECTIONS:
        changed = correct(draft)
        if changed == draft.text:
            continue
        after = draft.again(changed)
        if meaning(after.document) == meaning(draft.document):
            done.append(words)
            draft = after
    return Corrected(draft.text, tuple(done))


def replacements(text: str, document: Document, findings: Iterable[Finding]) -> list[Replacement]:
    """Return the unknown words that stand where a finding says, and are like one known word and no other.

    Args:
        text: a text in which nothing is left for `corrected` to do.
        document: the text as it is read.
        findings: what a check of it found.
    """
    found = {one for one in (_replacement(text, document, finding) for finding in findings) if one}
    return sorted(found, key=lambda one: (one.line, one.column))


def replaced(text: str, chosen: Sequence[Replacement]) -> str:
    """Return a text with each word of the replacements replaced."""
    lines = text.split("\n")
    for one in sorted(chosen, key=lambda one: (one.line, one.column), reverse=True):
        line, start = lines[one.line - 1], one.column - 1
        start = line.index(one.word, start)
        lines[one.line - 1] = line[:start] + one.meant + line[start + len(one.word) :]
    return "\n".join(lines)


def difference(before: str, after: str, path: str) -> str:
    """Return a unified diff for the eye: line ends count as alike, and what is invisible is written as its code."""
    old = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = difflib.unified_diff(old, after.split("\n"), f"a/{path}", f"b/{path}", lineterm="")
    return "\n".join(load.coded(line) for line in lines)


# --- what must be the same before and after


def _meaning(document: Document) -> Any:
    """Return what a document says: its fields, and its text without regard to how its lines are broken."""
    return document.tree is None, document.data, list(_blocks(document.body))


def _closely(document: Document) -> str:
    """Return what a document says, but for the spaces that stand for deleted characters."""
    return repr(_meaning(document)).replace(" ", "")


def _once(document: Document) -> Any:
    """Return what a document says when no list of texts says anything twice."""
    return _deduplicated(document.data), list(_blocks(document.body))


def _if_read(document: Document) -> Any:
    """Return what a document says; nothing is lost where nothing could be read."""
    return list(_blocks(document.body))


def _deduplicated(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _deduplicated(part) for key, part in value.items()}
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return list(dict.fromkeys(value))
    return [_deduplicated(part) for part in value] if isinstance(value, list) else value


def _blocks(body: str) -> Iterator[tuple[Any, ...]]:
    for token in tokens(body):
        own = token.content if token.type != "inline" else ""
        children = [(child.type, child.tag, child.content, child.attrs) for child in token.children or ()]
        yield token.type, token.tag, token.info, token.hidden, token.attrs, own, children


# --- the corrections


def _without_zero_width(draft: _Draft) -> str:
    return _ZERO_WIDTH.sub("", draft.text)


def _from_first_line(draft: _Draft) -> str:
    begun = draft.text.lstrip(" \t\n")
    return begun if begun.startswith("---") and draft.document.tree is None else draft.text


def _with_readable_indents(draft: _Draft) -> str:
    """Return the text with spaces for tabs where these are why the fields cannot be read, and have one reading only."""
    if draft.document.tree is not None or not _INDENT.search(draft.front):
        return draft.text
    readings = [draft.again(_spaced(draft.front, width) + draft.body) for width in _TAB_WIDTHS]
    read = [one for one in readings if one.document.tree is not None]
    same = read and all(one.document.data == read[0].document.data for one in read)
    return read[0].text if same else draft.text


def _with_spaces_for_tabs(draft: _Draft) -> str:
    if not _INDENT.search(draft.text):
        return draft.text
    front = _each_block(draft, lambda block: _spaced(block, 2))
    return front + "\n".join(_outside_verbatim(draft.body, lambda line, _: _spaced(line, 4)))


def _spaced(text: str, width: int) -> str:
    return _INDENT.sub(lambda match: match.group().expandtabs(width), text)


def _without_trailing_spaces(draft: _Draft) -> str:
    if not any(line.endswith((" ", "\t")) for line in draft.text.split("\n")):
        return draft.text
    front = _each_block(draft, lambda block: "\n".join(line.rstrip(" \t") for line in block.split("\n")))
    return front + "\n".join(_outside_verbatim(draft.body, _trimmed))


def _trimmed(line: str, following: str) -> str:
    # Two spaces before a line of text are a line break in Markdown.
    return line if line.endswith("  ") and line.strip() and following.strip() else line.rstrip(" \t")


def _without_blank_lines(draft: _Draft) -> str:
    if not _BLANKS.search(draft.text):
        return draft.text
    front = _each_block(draft, lambda block: _BLANKS.sub("\n\n", block))
    front = re.sub(r"\n\n+\Z", "\n", front) if draft.body else front
    kept: list[str] = []
    fixed = _verbatim_lines(draft.body)
    for number, line in enumerate(draft.body.split("\n")):
        blank = not line and len(kept) > 1 and not kept[-1]
        if number in fixed or not blank:
            kept.append(line)
    return front + "\n".join(kept)


def _with_last_line_end(draft: _Draft) -> str:
    return draft.text.rstrip(" \t\n") + "\n"


def _verbatim_lines(body: str) -> set[int]:
    maps = (token.map for token in tokens(body) if token.type in _VERBATIM and token.map)
    return {line for first, last in maps for line in range(first, last)}


def _outside_verbatim(body: str, change: Callable[[str, str], str]) -> Iterator[str]:
    """Yield each line of a body, changed where spaces do not count; a change sees the line that follows, too."""
    fixed, lines = _verbatim_lines(body), body.split("\n")
    for number, (line, following) in enumerate(zip(lines, [*lines[1:], ""], strict=True)):
        yield line if number in fixed else change(line, following)


def _each_block(draft: _Draft, change: Callable[[str], str]) -> str:
    """Return what stands before the body with each field changed by itself, where that leaves its value as it was."""
    if draft.document.tree is None:
        return draft.front
    return "".join(_if_same(block, change(block)) for block in _fields(draft))


def _if_same(block: str, changed: str) -> str:
    if block == changed:
        return block
    before, after = (yamltree.read(one, "")[0] for one in (block, changed))
    same = (before.plain() if before else None) == (after.plain() if after else None)
    return changed if same else block


def _fields(draft: _Draft) -> list[str]:
    """Return what stands before the body in pieces: the first line, each field, and the last line.

    A comment directly above a field belongs to it.
    """
    lines = draft.front.split("\n")
    last = max(number for number, line in enumerate(lines) if line.startswith("---"))
    tree = draft.document.tree
    keys = sorted(line - 1 for line, column in tree.keys.values() if column == 1) if tree else []
    starts = [0, *(_with_comment(lines, line) for line in keys), last]
    pieces = ["\n".join(lines[first:end]) for first, end in zip(starts, [*starts[1:], len(lines)], strict=True)]
    return [piece + "\n" for piece in pieces[:-1]] + pieces[-1:]


def _with_comment(lines: Sequence[str], line: int) -> int:
    while line > 1 and lines[line - 1].startswith("#"):
        line -= 1
    return line


def _in_order(draft: _Draft) -> str:
    """Return the text with its fields in the order of the schema.

    The order stays where fields wait in comments, where a comment stands for itself, and where the first field with a
    comment would move: such a comment may be about the whole file.
    """
    tree, ranks = draft.document.tree, {name: rank for rank, name in enumerate(draft.shape.schema["properties"])}
    if tree is None or draft.document.findings or any(column != 1 for _, column in tree.keys.values()):
        return draft.text
    first, *fields, last = _fields(draft)
    order, rank = [], -1
    for name, block in zip(sorted(tree.keys, key=lambda key: tree.keys[key]), fields, strict=True):
        rank = ranks.get(name, rank)
        order.append((rank, block))
    blocks = [block for _, block in sorted(order, key=lambda one: one[0])]
    moved_head = fields[0].startswith("#") and blocks[0] != fields[0]
    if moved_head or "#" in first or any(_is_fixed(block, ranks) for block in fields):
        return draft.text
    return "".join([first, *blocks, last]) + draft.body


def _is_fixed(block: str, names: Iterable[str]) -> bool:
    """Return whether a piece holds a field in a comment, or a comment below its field."""
    lines = block.split("\n")
    comments = [line.lstrip("# ") for line in lines if line.startswith("#")]
    waiting = any(line.startswith(f"{name}:") for line in comments for name in names)
    return waiting or any(line.startswith("#") for line in dropwhile(lambda line: line.startswith("#"), lines))


def _without_repeats(draft: _Draft) -> str:
    typed = draft.shape.typed(draft.document.data)
    found = [one for one in draft.shape.findings(draft.document, typed) if one.code == REPEATED_ENTRY.code]
    lines = draft.text.split("\n")
    for finding in sorted(found, key=lambda one: one.location, reverse=True):
        line, column = finding.location.line - 1, finding.location.column - 1
        before, after = lines[line][:column], lines[line][column:]
        word = _ENTRY.match(after[:_LONGEST_ENTRY])
        if word and re.fullmatch(r"\s*-\s+", before) and not after[word.end() :].strip():
            del lines[line]
        elif word and before.rstrip().endswith(","):
            lines[line] = before.rstrip().removesuffix(",") + after[word.end() :]
    return "\n".join(lines)


_CORRECTIONS: tuple[tuple[str, Callable[[_Draft], str], Callable[[Document], Any]], ...] = (
    ("zero-width characters deleted", _without_zero_width, _closely),
    ("what stood before the first line deleted", _from_first_line, lambda _: None),
    ("tabs that could not be read made spaces", _with_readable_indents, _if_read),
    ("tabs at the start of lines made spaces", _with_spaces_for_tabs, _meaning),
    ("spaces at the end of lines deleted", _without_trailing_spaces, _meaning),
    ("several blank lines made one", _without_blank_lines, _meaning),
    ("last line ended", _with_last_line_end, _meaning),
    ("entries that stood twice in a list deleted", _without_repeats, _once),
    ("fields put in the order of the schema", _in_order, _meaning),
)


# --- words that are not known


def _replacement(text: str, document: Document, finding: Finding) -> Replacement | None:
    guess, where = finding.misspelling, finding.location
    if guess is None or len(guess.meant) != 1:
        return None
    line = text.split("\n")[where.line - 1]
    rest = line[where.column - 1 :]
    one = Replacement(where.line, where.column, guess.word, guess.meant[0])
    if where.line > document.body_offset + 1:
        return one if rest.startswith(f"[^{guess.word}]") else None
    stands = rest.lstrip("'\"").startswith(guess.word)
    is_whole = _is_key if finding.code == UNKNOWN_FIELD.code else _is_value
    return one if stands and document.tree and is_whole(document.tree, one) else None


def _is_key(tree: yamltree.Node, one: Replacement) -> bool:
    """Return whether the word is a key, and the one that is meant does not stand beside it."""
    place = (one.line, one.column)
    return any(node.keys.get(one.word) == place and one.meant not in node.keys for node in _nodes(tree))


def _is_value(tree: yamltree.Node, one: Replacement) -> bool:
    return any(node.value == one.word and (node.line, node.column) == (one.line, one.column) for node in _nodes(tree))


def _nodes(node: yamltree.Node) -> Iterator[yamltree.Node]:
    yield node
    children = node.value.values() if isinstance(node.value, dict) else node.value
    for child in children if not isinstance(children, str | None) else ():
        yield from _nodes(child)
