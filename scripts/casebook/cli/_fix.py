"""How `casebook check --fix` changes files: try, check again, show, and put the new file in place of the old one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from casebook import build, corrections, load
from casebook.cli._shared import replace, weighty

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from casebook.corrections import Replacement


@dataclass(frozen=True, slots=True)
class Fix:
    """How to fix: `choose` says which unknown word is replaced, `dry` that nothing is written."""

    choose: Callable[[str, Replacement], bool]
    dry: bool = False
    err: bool = False

    def run(self, corpus: build.Corpus, paths: tuple[Path, ...]) -> build.Corpus:
        """Correct the items in PATHs, and return the corpus as it is then."""
        misspelt = {one.location.path for one in build.check(corpus, paths) if one.misspelling}
        for path in sorted(build.chosen(corpus, paths)):
            before = _content(corpus.paths.root / path, corpus.paths.cases)
            if before is not None:
                corpus = self._one(_Trial(corpus, path, before, before), misspelt=path in misspelt)
        return corpus

    def _one(self, trial: _Trial, *, misspelt: bool) -> build.Corpus:
        before, path, corpus = trial.before, trial.path, trial.corpus
        trial = self._corrected(trial)
        if misspelt or trial.content != before:
            trial = self._corrected(self._respelt(trial))
        if trial.content != before:
            self._say(corrections.difference(before, trial.content, path))
            if not self.dry:
                replace(corpus.paths.root / path, before.encode("utf-8"), trial.content.encode("utf-8"))
            self._say(f"{path}: {'would be corrected' if self.dry else 'corrected'}: {', '.join(trial.done)}\n")
        return trial.corpus

    def _corrected(self, trial: _Trial) -> _Trial:
        entry = build.entry_of(trial.corpus, trial.path)
        made = corrections.corrected(trial.content, trial.path, trial.corpus.shapes[entry.document.kind.name])
        return self._taken(trial, made.text, made.done)

    def _respelt(self, trial: _Trial) -> _Trial:
        if "\r" in trial.content or trial.content.startswith("\ufeff"):
            return trial
        document = build.entry_of(trial.corpus, trial.path).document
        found = build.check(trial.corpus, [trial.corpus.paths.root / trial.path])
        chosen = [
            one for one in corrections.replacements(trial.content, document, found) if self.choose(trial.path, one)
        ]
        done = tuple(f"`{one.word}` in line {one.line} made `{one.meant}`" for one in chosen)
        return self._taken(trial, corrections.replaced(trial.content, chosen), done)

    def _taken(self, trial: _Trial, content: str, done: tuple[str, ...]) -> _Trial:
        if content == trial.content:
            return trial
        after = _Trial(build.revised(trial.corpus, trial.path, content), trial.path, trial.before, content)
        if after.weight > trial.weight:
            say = f"{trial.path}: left as it was: it would have {after.weight} findings in place of {trial.weight}"
            self._say(f"{say} ({', '.join(done)})")
            return trial
        return after.having((*trial.done, *(one for one in done if one not in trial.done)))

    def _say(self, words: str) -> None:
        click.echo(words, err=self.err)


@dataclass(frozen=True, slots=True)
class _Trial:
    """A file while it is corrected: the corpus with it, its text before and now, and what was done."""

    corpus: build.Corpus
    path: str
    before: str
    content: str
    done: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """How many errors and warnings the file has."""
        return len(weighty(build.check(self.corpus, [self.corpus.paths.root / self.path])))

    def having(self, done: tuple[str, ...]) -> _Trial:
        """Return the trial with what was done."""
        return _Trial(self.corpus, self.path, self.before, self.content, done)


def never(_: str, __: Replacement) -> bool:
    """Replace no word."""
    return False


def always(_: str, __: Replacement) -> bool:
    """Replace each word for which there is one candidate."""
    return True


def on_demand(path: str, one: Replacement) -> bool:
    """Ask the person at the terminal for each word."""
    return click.confirm(f"{path}:{one.line}:{one.column}: replace `{one.word}` by `{one.meant}`?", err=True)


def _content(path: Path, cases: Path) -> str | None:
    """Return the text of an item that may be changed: a file of its own below cases/, not too large, and UTF-8."""
    real = path.resolve()
    if path.is_symlink() or not path.is_file() or real != cases.resolve() / path.parent.name / path.name:
        return None
    if path.stat().st_size > load.MAX_BYTES:
        return None
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None
