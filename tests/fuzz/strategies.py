"""What hostile people might send, as strategies of Hypothesis: bytes, items with odd lines, and bodies of odd parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml
from hypothesis import strategies as st
from tests.support import BASES, DATA, base

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST_PART = 300


def _corpus() -> list[str]:
    """Return the short texts of the hostile corpus."""
    tables = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(DATA.glob("hostile/corpus/*.yml")))
    texts = (row[2] for table in tables for row in table["cases"] if len(row) == 3 and isinstance(row[2], str))
    return sorted({text for text in texts if len(text) <= LONGEST_PART})


MARKS = [
    *"[](){}<>*_`#|!&%@\\:;,.-+=~^\"'/ \t\n\r\0\x85\u2028\u202e\ufeff",
    "---\n",
    "\n\n",
    "[^s1]",
    "](",
    "```\n",
    "    ",
]
MARKS += [
    "12 ",
    "2001-03-05",
    "1.10",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "{:",
    "{{",
    "\U0001f600",
    "\u0301",
    "대외비",
    "- ",
    "> ",
]
parts = st.one_of(st.sampled_from(_corpus()), st.sampled_from(MARKS), st.text(max_size=12))
bodies = st.lists(parts, max_size=12).map("".join)


def _edited(content: str, edits: Sequence[tuple[int, str, bool]]) -> bytes:
    """Return an item with some lines replaced, or with a text put at their end."""
    lines = content.split("\n")
    for number, part, whole in edits:
        at = number % len(lines)
        lines[at] = part if whole else lines[at] + part
    return "\n".join(lines).encode("utf-8", errors="surrogatepass")


_edits = st.lists(st.tuples(st.integers(0, 400), parts, st.booleans()), min_size=1, max_size=5)
edited = st.builds(_edited, st.sampled_from([base(name) for name in BASES]), _edits)
_fields = st.recursive(
    st.one_of(parts, st.none(), st.integers(), st.floats(), st.dates()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=8), inner, max_size=4)),
    max_leaves=12,
)
_names = st.sampled_from(
    [line.partition(":")[0] for name in BASES for line in base(name).split("\n") if line[:1].isalpha() and ":" in line]
)


def _item(fields: object, body: str) -> bytes:
    """Return an item with any front matter and body."""
    front = yaml.safe_dump(fields, allow_unicode=True)
    return f"---\n{front}---\n\n{body}".encode("utf-8", errors="surrogatepass")


written = st.builds(_item, st.dictionaries(_names, _fields, max_size=8), bodies)
files = st.one_of(st.binary(max_size=200), edited, written)
