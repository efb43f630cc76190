"""Fixtures that several files of tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.support import based, library_of, real

if TYPE_CHECKING:
    from casebook.library import Library
    from casebook.shape import Shapes
    from casebook.vocabulary import Vocabularies


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
