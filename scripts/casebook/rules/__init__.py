"""The rules: one file each, with its code, its severity, and a docstring that is its manual page.

A new rule is a new module in this folder; it is found by its place. Rules about the file and the shape of the front
matter come from the modules that read them.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from casebook import ledger, load, lost, moved, release, shape, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.finding import Finding, Rule
    from casebook.rules._subject import Subject


class RuleModule(Protocol):
    """What a module in this folder offers."""

    RULE: Rule

    def check(self, subject: Subject) -> Iterator[Finding]:
        """Yield what the rule finds in one item."""


def _modules() -> tuple[RuleModule, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    return tuple(cast("RuleModule", import_module(f"{__name__}.{name}")) for name in names)


MODULES = _modules()
RULES: tuple[Rule, ...] = (
    *load.RULES,
    vocabulary.VOCABULARY,
    ledger.LEDGER,
    lost.LOST,
    moved.MOVED,
    release.RELEASE,
    *shape.RULES,
    *(module.RULE for module in MODULES),
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield what all rules find in one item."""
    for module in MODULES:
        yield from module.check(subject)
