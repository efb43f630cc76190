"""The command `casebook review`."""

from __future__ import annotations

import difflib
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from casebook import amendment, build, dates, facet
from casebook.cli._shared import (
    Command,
    asked,
    confirmed,
    examples,
    offered,
    paths_of,
    read,
    replace,
    show,
    trouble,
    weighty,
)
from casebook.finding import nearest, on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from casebook.finding import Finding
    from casebook.vocabulary import Vocabularies, Vocabulary

NAMES_NOBODY = {
    "anonymous": "an anonymous review must not hold the name of the reviewer, because the file is public",
    "centre": "a review by a centre names the centre and no person",
}
_NOTE = {
    "dissent": "With what does the reviewer disagree, in words that the reviewer agreed to",
    "comment": "What did the reviewer say, in words that the reviewer agreed to",
}


@click.command(
    "review",
    cls=Command,
    epilog=examples(
        "casebook review goiania-1987",
        "casebook review goiania-1987 --mode centre --centre pieas --verdict accept --dry-run",
        "casebook review y-12-2012 --mode anonymous --region europe --centre-type university --verdict dissent \\",
        "    --note 'The second lesson does not follow.' --looked-at lessons-follow --yes",
    ),
)
@click.argument("name", metavar="ID")
@click.option("--mode", help="How the reviewer is shown: a term of review-modes.")
@click.option("--reviewer", help="Name of the person, as it should be shown.")
@click.option("--centre", help="Id of the reviewer's centre in the register of centres.")
@click.option("--centre-type", help="Type of the reviewer's organisation, where the register does not say it.")
@click.option("--region", help="Region of the reviewer, where the register does not say it.")
@click.option("--date", help="Day of the verdict, YYYY-MM-DD. Default: today.")
@click.option("--of-version", type=click.IntRange(min=1), help="Version that was read. Default: the present one.")
@click.option("--verdict", help="What the review concluded: a term of verdicts.")
@click.option("--note", help="What the reviewer wants readers to know. A dissent needs one.")
@click.option("--looked-at", multiple=True, metavar="POINT", help="A point that was looked at; may be given again.")
@click.option("--dry-run", is_flag=True, help="Show what would change in the file, and write nothing.")
@click.option("--yes", is_flag=True, help="Record it without asking.")
@click.pass_context
def command(context: click.Context, /, name: str, *, dry_run: bool, yes: bool, **given: Any) -> None:
    """Record a review that took place, in the item ID. Asks for what is not given.

    Record only what the reviewer has said and agreed to. The file is public: with the mode `anonymous` it never holds
    the name, and the note should not give it away.
    """
    corpus = read(paths_of(context))
    entry = _entry(corpus, name)
    review = _Questions(corpus.vocabularies, given).review(entry.data.get("version", 1))
    path = corpus.paths.root / entry.document.path
    old = path.read_bytes()
    new = amendment.with_entry(old, entry.document, "reviews", review)
    _check(corpus, entry, old, new)
    if review["date"] > dates.today():
        trouble(f"the day {review['date']} is still to come; record a review after it took place")
    changes = "".join(_diff(old, new, entry.document.path))
    if dry_run:
        click.echo(changes, nl=False)
        return
    click.echo(f"This will be recorded in {entry.document.path}:\n\n{changes}", err=True)
    if not yes:
        confirmed("Did this review take place, and did the reviewer agree to what is recorded here?")
    replace(path, old, new)
    click.echo(f"{entry.document.path}: a review was recorded ({review['mode']}, {review['verdict']}).")


def _entry(corpus: build.Corpus, name: str) -> build.Entry:
    """Return the one item of this id, or end."""
    found = [entry for entry in corpus.entries if entry.document.stem == name and entry.document.is_in_place]
    if not found:
        hint = nearest(name, {entry.document.stem for entry in corpus.entries})
        trouble(f"there is no item `{on_one_line(name)}`{f'; {hint}' if hint else ''}")
    if len(found) > 1:
        trouble(f"several items have the id `{name}`: {', '.join(one.document.path for one in found)}")
    return found[0]


def _check(corpus: build.Corpus, entry: build.Entry, old: bytes, new: bytes) -> None:
    """End when the file would have findings that it does not have now."""
    document = entry.document
    before, found = (
        weighty(build.check_text(text.decode("utf-8"), document.path, document.kind, corpus)) for text in (old, new)
    )
    added = Counter(_told(found)) - Counter(_told(before))
    fresh = [one for one in found if (one.code, one.message) in added]
    if fresh:
        show(fresh, err=True)
        trouble("nothing was written; mend what is named and try again")


def _told(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in findings]


def _diff(old: bytes, new: bytes, path: str) -> Iterable[str]:
    before, after = (text.decode("utf-8").splitlines() for text in (old, new))
    return (f"{line.rstrip()}\n" for line in difflib.unified_diff(before, after, path, path, lineterm=""))


@dataclass(frozen=True, slots=True)
class _Questions:
    """Asks for what the options do not give, and only for what the mode has room for."""

    vocabularies: Vocabularies
    given: Mapping[str, Any]

    def review(self, present: int) -> dict[str, Any]:
        """Return the fields of the review; those that are empty are left out."""
        mode = self._term("mode", "Mode", "review-modes")
        if self.given["reviewer"] and mode in NAMES_NOBODY:
            trouble(f"{NAMES_NOBODY[mode]}; leave out --reviewer, or choose another --mode")
        fields = {"date": self.given["date"] or dates.today(), "mode": mode, **self._who(mode)}
        fields["verdict"] = self._verdict(mode)
        fields["note"] = self._note(fields["verdict"])
        fields["version"] = self.given["of_version"] or present
        fields["checklist"] = self._checklist()
        return {key: value for key, value in fields.items() if value}

    def _who(self, mode: str) -> dict[str, str]:
        """Return who reviewed, as far as the mode shows it, and from where as far as the register does not say it."""
        name = self.given["reviewer"]
        if mode == "named" and not name:
            name = asked("Name of the reviewer, as it should be shown", "--reviewer")
        centre = self._centre(mode)
        known = facet.origins(self.vocabularies)(centre)
        return {
            "reviewer": name or "",
            "centre": centre,
            "centre_type": self.given["centre_type"]
            or ("" if known.type else self._offered("Type of the reviewer's organisation", "centre-types")),
            "region": self.given["region"]
            or ("" if known.region else self._offered("Region of the reviewer", "regions")),
        }

    def _centre(self, mode: str) -> str:
        centres = self.vocabularies["centres"].terms
        if self.given["centre"]:
            return str(self.given["centre"])
        if mode == "centre":
            return asked("Centre (an id from the page Centres)", "--centre", centres)
        return offered(
            "Centre (an id from the page Centres; empty if there is none, or if it may not be shown)", centres
        )

    def _verdict(self, mode: str) -> str:
        if mode == "consultation" and not self.given["verdict"]:
            return "comment"
        return self._term("verdict", "Verdict", "verdicts")

    def _note(self, verdict: str) -> str:
        if self.given["note"]:
            return str(self.given["note"])
        if verdict in _NOTE:
            return asked(f"Note ({_NOTE[verdict]})", "--note")
        return offered("Note for readers (may be empty)")

    def _checklist(self) -> list[str]:
        terms = self.vocabularies["review-checks"]
        if self.given["looked_at"]:
            return list(self.given["looked_at"])
        answer = offered(f"What was looked at (may be empty; several with commas; {_choices(terms)})")
        return [one.strip() for one in answer.split(",") if one.strip()]

    def _term(self, option: str, question: str, vocabulary: str) -> str:
        terms = self.vocabularies[vocabulary]
        return str(self.given[option] or asked(f"{question} ({_choices(terms)})", f"--{option}", terms.terms))

    def _offered(self, question: str, vocabulary: str) -> str:
        terms = self.vocabularies[vocabulary]
        return offered(f"{question} (may be empty; {_choices(terms)})", terms.terms)


def _choices(vocabulary: Vocabulary) -> str:
    return ", ".join(vocabulary.terms)
