"""YAML as the author wrote it: scalars stay text, and every node keeps its place in the file.

Plain YAML loading turns the country code `NO` into False and `1.10` into 1.1, makes dates of some texts, and keeps the
last of two equal keys in silence. Here each scalar stays text; the schema says later which of them are whole numbers.
The tree is built from parser events with a stack of our own, so that neither depth nor aliases can exhaust the machine.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from casebook.finding import Finding, Location, Rule

MAX_DEPTH = 24
WIDTH = 100
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

SYNTAX = Rule(
    "yaml-syntax",
    """Front matter and vocabularies must be YAML.

    YAML reads spaces at the start of a line and a few characters as structure. Most faults come from a colon followed
    by a space inside a text, from a text that begins with a quotation mark, `[`, `{`, `*` or `&`, or from lines of one
    list that do not start in the same column.

    **Mend it:** put the text between single quotes, or indent the line as the lines around it. Use spaces, never tabs.
    """,
)
DUPLICATE_KEY = Rule(
    "duplicate-key",
    """A key may stand only once in a mapping.

    YAML readers keep the last of two equal keys in silence, so that the first text would be lost.

    **Mend it:** join the two entries, or delete one.
    """,
)
FORBIDDEN = Rule(
    "yaml-feature",
    """Anchors, aliases, tags and several documents are not used in front matter.

    They can make a small file grow without limit or give a value a type that the author did not mean.

    **Mend it:** write the value out where it is needed, and put a text that starts with `&`, `*` or `!` in quotes.
    """,
)
TOO_DEEP = Rule(
    "yaml-depth",
    """Front matter may not be nested without end.

    No item needs more than a few levels. A file with hundreds of them is a mistake or an attack.

    **Mend it:** follow the structure that `casebook new` writes.
    """,
)
RULES = (SYNTAX, DUPLICATE_KEY, FORBIDDEN, TOO_DEEP)

_WORDS = {
    "block sequence entries are not allowed": (
        "a list cannot begin on the line of its key",
        "begin it on the next line",
    ),
    "mapping values are not allowed": ("a colon followed by a space cannot stand in a text without quotes", "quote it"),
    "cannot start any token": ("a text cannot start with this character", "put the whole text in single quotes"),
    "nesting depth": (f"nested more than {MAX_DEPTH} levels deep", ""),
    "block end": ("this line does not continue the list or mapping above it", "indent it as the lines around it"),
    "did not find expected key": (
        "this does not continue the fields above it",
        "indent it as the lines around it, or quote the text",
    ),
    "did not find expected '-'": ("this line does not continue the list above it", "indent it as the lines around it"),
    "alphabetic or numeric": ("a text cannot start with this character", "put the whole text in single quotes"),
    "tag URI": ("a text cannot start with this character", "put the whole text in single quotes"),
    "unknown escape": ("a backslash in double quotes begins an escape", "use single quotes"),
    "comment or line break": ("nothing can follow `|` or `>` on its line", "begin the text on the next line"),
    "unexpected end of stream": ("a quotation mark is opened and never closed", "close it at the end of the text"),
    "could not find expected ':'": ("this line has no colon after its key", "write `key: value`"),
    "expected ',' or": ("a list or mapping in brackets is not closed", "add the missing `,` or closing bracket"),
    "expected the node content": ("a value is missing here", "write the value, or put the text in quotes"),
    "node content": ("a value is missing here", "write the value, or put the text in quotes"),
}


@dataclass(slots=True)
class Node:
    """A value of the tree with the line and column where it begins, counted from 1.

    `value` is a mapping of texts to nodes, a list of nodes, a text, or None for an empty entry. `keys` holds the places
    of the keys of a mapping.
    """

    line: int
    column: int
    value: dict[str, Node] | list[Node] | str | None
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)

    def plain(self) -> Any:
        """Return the value as dictionaries, lists, texts and None."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value

    def place(self, *steps: str | int, key: bool = False) -> tuple[int, int]:
        """Return line and column of the value that the steps lead to, or of its key.

        Where a step leads nowhere, the last place on the way is returned.
        """
        node, place = self, (self.line, self.column)
        for step in steps:
            child = node._child(step)
            if child is None:
                return place
            place = node.keys.get(str(step), (child.line, child.column)) if key else (child.line, child.column)
            node = child
        return place

    def _child(self, step: str | int) -> Node | None:
        if isinstance(self.value, dict):
            return self.value.get(str(step))
        if isinstance(self.value, list) and isinstance(step, int) and step < len(self.value):
            return self.value[step]
        return None


@dataclass(slots=True)
class _Builder:
    """Builds the tree of one document from parser events; `complete` says whether all of it was read."""

    path: str
    offset: int
    root: Node | None = None
    complete: bool = True
    stack: list[Node] = field(default_factory=list)
    pending: list[tuple[str, tuple[int, int]] | None] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def place(self, mark: Any) -> tuple[int, int]:
        return mark.line + 1 + self.offset, mark.column + 1

    def report(self, rule: Rule, mark: Any, message: str, hint: str = "") -> None:
        line, column = self.place(mark)
        self.findings.append(rule.at(Location(self.path, line, column), message, hint))

    def take(self, event: Any) -> bool:
        """Take one event; return False when reading must stop."""
        if getattr(event, "anchor", None):
            self.report(FORBIDDEN, event.start_mark, "anchors (`&`) and aliases (`*`) are not used here", "quote it")
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self.report(FORBIDDEN, event.start_mark, "there is a second YAML document", "keep one")
            return False
        if isinstance(event, yaml.CollectionStartEvent):
            return self.open(event)
        if isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
            self.pending.pop()
        elif isinstance(event, yaml.ScalarEvent):
            self.scalar(event)
        return True

    def alias(self, event: Any) -> bool:
        if self.waits_for_key():
            return False
        self.attach(Node(*self.place(event.start_mark), f"*{event.anchor}"))
        return True

    def open(self, event: Any) -> bool:
        if len(self.stack) >= MAX_DEPTH:
            self.report(TOO_DEEP, event.start_mark, f"nested more than {MAX_DEPTH} levels deep")
            return False
        self.refuse_tag(event)
        mapping = isinstance(event, yaml.MappingStartEvent)
        node = Node(*self.place(event.start_mark), {} if mapping else [])
        if self.waits_for_key():
            self.report(SYNTAX, event.start_mark, "a key must be a plain word", "quote the text")
            return False
        self.attach(node)
        self.stack.append(node)
        self.pending.append(None)
        return True

    def scalar(self, event: Any) -> None:
        self.refuse_tag(event)
        if self.waits_for_key():
            self.pending[-1] = (event.value, self.place(event.start_mark))
            return
        empty = event.value == "" and not event.style
        self.attach(Node(*self.place(event.start_mark), None if empty else event.value))

    def waits_for_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.pending[-1] is None

    def refuse_tag(self, event: Any) -> None:
        if event.tag not in (None, "!"):
            self.report(FORBIDDEN, event.start_mark, f"tags such as `{event.tag}` are not used here", "remove it")

    def attach(self, node: Node) -> None:
        if not self.stack:
            self.root = self.root or node
            return
        parent = self.stack[-1]
        if isinstance(parent.value, list):
            parent.value.append(node)
        elif isinstance(parent.value, dict) and (pending := self.pending[-1]) is not None:
            self.pending[-1] = None
            self.put(parent, parent.value, pending, node)

    def put(self, parent: Node, mapping: dict[str, Node], pending: tuple[str, tuple[int, int]], node: Node) -> None:
        key, place = pending
        if key in mapping:
            message = f"`{key}` stands here a second time; the first is in line {parent.keys[key][0]}"
            self.findings.append(DUPLICATE_KEY.at(Location(self.path, *place), message, "join or delete one"))
            return
        mapping[key] = node
        parent.keys[key] = place


def read(text: str, path: str, offset: int = 0) -> tuple[Node | None, list[Finding]]:
    """Read YAML text into a tree of nodes.

    Args:
        text: the YAML text.
        path: path that findings name.
        offset: lines of the file before the text.

    Returns:
        The root node, or None if there is none or not all of it could be read; and the findings.
    """
    builder = _Builder(path, offset)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            if not builder.take(event):
                builder.complete = False
                break
    except yaml.MarkedYAMLError as error:
        builder.complete = False
        rule = TOO_DEEP if "nesting depth" in (error.problem or "") else SYNTAX
        builder.report(rule, _where(error), *_in_words(error, text))
    except (yaml.YAMLError, ValueError) as error:
        builder.complete = False
        line = text.count("\n", 0, getattr(error, "position", 0)) + offset + 1
        builder.findings.append(SYNTAX.at(Location(path, line), f"not YAML: {str(error).splitlines()[0]}"))
    return builder.root if builder.complete else None, builder.findings


def written(value: Any) -> str:
    """Return a value as YAML, one entry a line, quoted where YAML would take a text for something else."""
    text: str = yaml.dump(value, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=WIDTH)
    return text.rstrip("\n")


def _where(error: yaml.MarkedYAMLError) -> Any:
    """Return the mark at which the author must edit: where something was opened rather than where the text ran out."""
    opened = ("unexpected end of stream", "could not find expected ':'", "expected ',' or")
    started = error.context_mark if any(part in (error.problem or "") for part in opened) else None
    return started or error.problem_mark or error.context_mark


def _in_words(error: yaml.MarkedYAMLError, text: str) -> tuple[str, str]:
    problem = error.problem or "not YAML"
    mark = error.problem_mark
    if "tab" in problem or (
        mark and "cannot start" in problem and text.split("\n")[mark.line][mark.column :][:1] == "\t"
    ):
        return "a tab cannot stand at the start of a line", "use spaces"
    return next((words for part, words in _WORDS.items() if part in problem), (problem, ""))
