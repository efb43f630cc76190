"""Fixtures that several files of tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support import based, library_of, real, screen_of, shapes_of, vocabularies_of

from casebook import build

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.library import Library
    from casebook.shape import Shapes
    from casebook.vocabulary import Vocabularies


@pytest.fixture(scope="session", autouse=True)
def schemas() -> Iterator[None]:
    """Let commands take the schemas of this repository as they were read once: that takes a third of a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "load_vocabularies", vocabularies_of)
        patch.setattr(build, "load_shapes", shapes_of)
        patch.setattr(build, "load_screen", screen_of)
        yield


@pytest.fixture(scope="session")
def vocabularies() -> Vocabularies:
    """The vocabularies of this repository."""
    return real()[0]


@pytest.fixture(scope="session")
def shapes() -> Shapes:
    """The shapes of this repository."""
    return real()[1]


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library of one case and one practice that name each other."""
    return library_of(tmp_path_factory.mktemp("small"), based("case-study"))
