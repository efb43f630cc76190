"""No address runs a script, carries a file in itself, or opens a file of the reader.

`javascript:`, `vbscript:`, `data:`, `blob:`, `file:` and `view-source:` have no place in a text for others. The page
would not draw such a link, but who reads the source should not meet it either. Signs written as entities or with
percent signs, and spaces between, do not hide it.

**Mend it:** link to a page that begins with `https://`, or to an item by its file.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

from casebook.finding import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.rules._subject import Subject

RULE = Rule("script-address", __doc__)
# What may hold an address: after `](`, after `]:`, and between `<` and `>`. Browsers skip the signs in `_SKIPPED`.
_ADDRESS = re.compile(r"(?:\]\(|\]:|<)[ \t]*<?([^\s<>][^<>)\n]{0,200})")
_SKIPPED = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f]+")
_SCHEMES = ("javascript:", "vbscript:", "data:", "blob:", "file:", "view-source:")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each such address in the body."""
    for number, line in enumerate(subject.document.body.split("\n")):
        for match in _ADDRESS.finditer(line):
            scheme = _scheme(match.group(1))
            if scheme:
                where = subject.document.at_body(number, match.start(1) + 1)
                yield RULE.at(where, f"an address with `{scheme}` is not used", "link to a page with `https://`")


def _scheme(address: str) -> str:
    """Return the forbidden scheme of an address, however its signs are written, or nothing."""
    plain = _SKIPPED.sub("", unquote(unescape(address))).lower()
    return next((scheme for scheme in _SCHEMES if plain.startswith(scheme)), "")
