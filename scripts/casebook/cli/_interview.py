"""How `casebook new` asks: one answer at a time, checked at once, with proposals and numbered lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from casebook import build, scaffold, similar
from casebook.cli._shared import weighty
from casebook.finding import near, on_one_line
from casebook.registry import KIND_BY_NAME

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from casebook.finding import Finding
    from casebook.paths import Paths
    from casebook.shape import Shape
    from casebook.vocabulary import Term

_NEEDED = {"title": "Title", "summary": "Summary", "topic": "Main topic", "source": "Title of the first source"}
# What stands in the place of the other answers while one is checked.
_FILLER = scaffold.Answers(
    id="a-draft-without-a-name",
    title="A title that is still to be written",
    summary="Here two to four sentences will stand that say in short what happened, why, and what others can learn.",
    topic="",
    source="The title of a source",
)


def exists(paths: Paths, name: str) -> bool:
    """Return whether an item of any kind has this id."""
    return any((paths.cases / kind.folder / f"{name}.md").exists() for kind in KIND_BY_NAME.values())


def needed(shape: Shape) -> dict[str, str]:
    """Return the options of `casebook new` that a draft of a kind needs, with their words."""
    return {key: words for key, words in _NEEDED.items() if key != "source" or shape.needs_sources}


@dataclass(frozen=True, slots=True)
class Interview:
    """Asks a person for the draft of an item of one kind. Ctrl+C and the end of the input raise `click.Abort`."""

    corpus: build.Corpus
    shape: Shape

    def answers(self, name: str | None, given: Mapping[str, str | None]) -> scaffold.Answers:
        """Return the answers: those that were given with options, and those that the person gives now."""
        if not all([name, *(given[option] for option in needed(self.shape))]):
            click.echo("An answer is checked when you press Enter. Ctrl+C ends, and nothing is written.\n", err=True)
        title = self._given("title", given["title"]) or self._asked("title", "Title, with place and year")
        if not given["title"]:
            self._show_alike(title)
        name = self._given("id", name) or self._asked(
            "id", "Id, part of the address for ever", scaffold.proposed_id(title)
        )
        summary = self._given("summary", given["summary"]) or self._asked("summary", "Summary, two to four sentences")
        topics = [term for term in self.corpus.vocabularies["topics"] if not term.parent]
        topic = given["topic"] or self._chosen("topic", "Main topic", topics)
        source, kind, url = given["source"], given["source_type"], given["url"]
        if not source and self.shape.needs_sources:
            # Only who is asked for a source is asked about it.
            source = self._asked("source", "Title of the first source")
            types = list(self.corpus.vocabularies["source-types"])
            kind = kind or self._chosen("source_type", "Type of the source", types, scaffold.SOURCE_TYPE)
            url = url or self._asked("url", "Address of the source (Enter for none)", optional=True)
        kind = kind or scaffold.SOURCE_TYPE
        return scaffold.Answers(name, title, summary, topic, source or "", url or "", kind)

    def _given(self, field: str, answer: str | None) -> str:
        """Return what was given with an option; nothing when it is not right, so that it is asked for."""
        return answer if answer and self._is_right(field, answer) else ""

    def _asked(self, field: str, question: str, proposal: str = "", *, optional: bool = False) -> str:
        default = proposal if proposal or optional else None
        while True:
            answer = str(click.prompt(question, default=default, show_default=bool(proposal), err=True)).strip()
            if self._is_right(field, answer):
                return answer

    def _chosen(self, field: str, question: str, terms: Sequence[Term], proposal: str = "") -> str:
        for number, term in enumerate(terms, 1):
            click.echo(f"  {number:>2}  {term.label} ({term.id})", err=True)
        while True:
            answer = str(click.prompt(f"{question}: number, id or a word", default=proposal or None, err=True)).strip()
            found = scaffold.terms_meant(answer, terms)
            if len(found) == 1 and self._is_right(field, found[0].id):
                click.echo(f"      {found[0].label}", err=True)
                return found[0].id
            if len(found) > 1:
                click.echo(f"    several are meant: {', '.join(term.id for term in found)}", err=True)
            elif not found:
                alike = ", ".join(f"`{one}`" for one in near(answer, [term.id for term in terms]))
                click.echo(f"    not in the list{f'; did you mean {alike}?' if alike else ''}", err=True)

    def _is_right(self, field: str, answer: str) -> bool:
        """Say what the checker and the screen find in one answer, and return whether they find nothing."""
        if field == "id" and exists(self.corpus.paths, answer):
            click.echo(f"    an item `{answer}` exists already; choose another id", err=True)
            return False
        findings = self._findings(field, answer)
        for finding in findings:
            click.echo(f"    {finding.message}{f'; {finding.hint}' if finding.hint else ''}", err=True)
        return not findings

    def _findings(self, field: str, answer: str) -> Sequence[Finding]:
        others = {"topic": next(iter(self.corpus.vocabularies["topics"])).id}
        changes: dict[str, Any] = {**others, field: answer}
        answers = replace(_FILLER, **changes)
        path = f"cases/{self.shape.kind.folder}/{answers.id}.md"
        return weighty(build.check_text(scaffold.draft(self.shape, answers), path, self.shape.kind, self.corpus))

    def _show_alike(self, title: str) -> None:
        titles = {entry.document.path: str(entry.data.get("title", "")) for entry in self.corpus.entries}
        alike = similar.by_title(title, titles)
        if alike:
            click.echo("  Already here; is yours one of them? Then improve it, or say what is new:", err=True)
        for path in alike:
            click.echo(on_one_line(f"    {titles[path]} ({path})"), err=True)
