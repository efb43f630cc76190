"""A link in the body leads to an item of this repository, to a file that is there, or to a web address.

Links inside the library are relative: `goiania-1987.md`, `../best-practices/two-person-rule.md`, or
`goiania-1987.md#lesson-id`. Outside addresses begin with `https://`, `http://` or `mailto:`. Images of an item are
`.png`, `.jpg`, `.jpeg` or `.webp` files in a folder with its name, beside the file:
`![What it shows](goiania-1987/map.png)`.

**Mend it:** correct the path. `casebook check` names the nearest item.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from casebook.finding import Finding, Rule, nearest
from casebook.load import IMAGES
from casebook.registry import KIND_BY_FOLDER
from casebook.rules._subject import strings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.load import Document
    from casebook.rules._subject import Subject

RULE = Rule("broken-link", __doc__)
_OUTSIDE = ("https://", "http://", "mailto:")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for each link that leads nowhere."""
    for piece in subject.pieces:
        if piece.what == "link_open" and not piece.text.startswith(_OUTSIDE):
            message, hint = _fault(piece.text, subject)
            if message:
                yield RULE.at(subject.document.at_body(piece.line, piece.column), message, hint)
        elif piece.what == "image":
            message, hint = _image_fault(piece.text, subject.document)
            if message:
                yield RULE.at(subject.document.at_body(piece.line, piece.column), message, hint)


def _fault(address: str, subject: Subject) -> tuple[str, str]:
    path, _, fragment = address.partition("#")
    if not path:
        found: Document | None = subject.document
    else:
        folder = posixpath.dirname(subject.document.path)
        target = posixpath.normpath(posixpath.join(folder, path))
        found = subject.index.by_path.get(target) or _former(target, subject)
    if found is None:
        stem = posixpath.basename(path).removesuffix(".md")
        return f"the link `{address}` leads to no item", nearest(stem, subject.corpus) or "see the rule for the forms"
    if fragment and found.tree is not None and fragment not in _anchors(found):
        return f"`{found.stem}` has no part `#{fragment}`", nearest(fragment, _anchors(found))
    return "", ""


def _former(target: str, subject: Subject) -> Document | None:
    """Return the item that lay at a path before it got another id."""
    folder, name = posixpath.split(target)
    holder = subject.index.holder(name.removesuffix(".md")) if name.endswith(".md") else None
    return holder if holder and folder == f"cases/{holder.kind.folder}" else None


def _image_fault(address: str, document: Document) -> tuple[str, str]:
    folder, _, name = address.rpartition("/")
    if folder != document.stem or not name.lower().endswith(IMAGES):
        return (
            f"the image `{address}` must be a {', '.join(IMAGES)} file in the folder `{document.stem}/`",
            "move it there",
        )
    if name not in document.images and name not in document.refused_images:
        return f"there is no image `{address}`", nearest(name, document.images) or "put the file there"
    return "", ""


def _anchors(document: Document) -> list[str]:
    lessons = document.data.get("lessons")
    entries = [entry for entry in lessons if isinstance(entry, dict)] if isinstance(lessons, list) else []
    names = [one.get("id") for one in entries] + [name for one in entries for _, name in strings(one.get("aliases"))]
    sections = KIND_BY_FOLDER[document.kind.folder].sections
    return [str(name) for name in names] + [section.anchor for section in sections]
