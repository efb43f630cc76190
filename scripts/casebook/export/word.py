"""`/contribute/word/KIND.docx`: the template of each kind for Microsoft Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casebook.artifact import Artifact
from casebook.word.form import form_of
from casebook.word.template import template

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.artifact import Site
    from casebook.library import Library
    from casebook.shape import Shapes


def files(library: Library, shapes: Shapes, _site: Site) -> Iterator[Artifact]:
    """Yield the template of each kind."""
    for name, shape in shapes.items():
        yield Artifact(f"contribute/word/{name}.docx", template(form_of(shape, library.vocabularies)))
