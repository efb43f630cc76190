"""Synthetic libraries: the same items on every run, each of about 900 words, linked to each other and to real terms."""

from __future__ import annotations

import random
import textwrap
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from casebook.paths import Paths
from casebook.registry import BEST_PRACTICE, CASE_STUDY, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Paths(Path(__file__).absolute().parents[2])
SHARE_OF_CASES = 0.7
WORDS = 900
SOURCES, STEPS, FACTORS, LESSONS = 12, 10, 5, 4
DAY = "2026-11-24"

WHO = (
    "The licensee",
    "A shift supervisor",
    "The regulator",
    "An inspector",
    "The officer on duty",
    "A guard at the gate",
    "The head of security",
    "An insider with a key",
)
DID = (
    "checked",
    "wrote down",
    "did not ask about",
    "reported",
    "took over",
    "signed for",
    "looked for",
    "had long accepted",
)
WHAT = (
    "the seal on the store",
    "the list of disused sources",
    "the list of people with a key",
    "the threat assessment of the year before",
    "the access card of a colleague",
    "the transport papers of a sealed source",
    "the two-person rule",
    "the dose rate beside the container",
)
WHEN = (
    "during the night shift",
    "before the move to another building",
    "after the last inspection",
    "when the contract ended",
    "at the end of a long outage",
    "on the first day of the inquiry",
    "in a letter to the authority",
    "while the device stood unused",
)
WHY = (
    "because nobody else had been named for it",
    "although the procedure asked for a second person",
    "and the security culture of the site made that easy to say",
    "and a later report says that this was known",
    "because the register held another address",
    "although the graded approach would have allowed less",
    "because physical protection was left to guards",
    "and no measurement shows what it changed",
)


@dataclass(frozen=True)
class World:
    """What the items of one repository may name: each other, and the terms of the vocabularies."""

    count: int

    @cached_property
    def cases(self) -> list[str]:
        """Ids of the case studies."""
        return [f"synthetic-case-{number:05}" for number in range(round(self.count * SHARE_OF_CASES))]

    @cached_property
    def practices(self) -> list[str]:
        """Ids of the best practices."""
        return [f"synthetic-practice-{number:05}" for number in range(self.count - len(self.cases))]

    @cached_property
    def terms(self) -> dict[str, list[str]]:
        """Ids of the terms of each vocabulary, as text."""
        files = sorted(HERE.vocabularies.glob("*.yml"))
        read = {path.stem: yaml.load(path.read_text("utf-8"), yaml.CBaseLoader) for path in files}  # noqa: S506  # all texts
        return {name: [term["id"] for term in content["terms"]] for name, content in read.items()}

    def write(self, cases: Path) -> None:
        """Write all items below the folder `cases`."""
        for kind, names in ((CASE_STUDY, self.cases), (BEST_PRACTICE, self.practices)):
            (cases / kind.folder).mkdir(parents=True)
            for name in names:
                (cases / kind.folder / f"{name}.md").write_text(Author(self, kind, name).item(), "utf-8")


class Author:
    """Writes one item: the same item for the same name among the same number of items."""

    def __init__(self, world: World, kind: Kind, name: str) -> None:
        """Begin an item of a kind."""
        self.world, self.kind, self.name = world, kind, name
        self.random = random.Random(f"{world.count} {name}")  # noqa: S311  # nothing here is secret

    @property
    def place(self) -> str:
        """The name of a place that only this item has, without digits."""
        return f"{self.kind.label[0]}" + "".join(chr(ord("a") + int(digit)) for digit in self.name[-5:]) + "ton"

    def item(self) -> str:
        """Return the file of the item."""
        fields = self.opening() | (self.case() if self.kind is CASE_STUDY else self.practice()) | self.closing()
        front = yaml.dump(fields, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=118)
        body = "\n\n".join(f"## {section.heading}\n\n{self.prose()}" for section in self.kind.sections)
        return f"---\n{front}---\n\n{body}\n"

    def opening(self) -> dict[str, Any]:
        """Return the fields that stand first in every item."""
        return {
            "id": self.name,
            "title": f"{self.one(WHAT).capitalize()}: {self.name.replace('-', ' ')}",
            "summary": " ".join(self.sentences(3)),
            "keywords": [f"{word} {self.name[-5:]}" for word in ("synthetic", "made up", "example", "zkouška")],
            "language": "en",
            "status": "published",
            "version": 1,
            "history": [{"version": 1, "date": DAY, "change": "First publication."}],
            "topics": self.of("topics", 4),
        }

    def case(self) -> dict[str, Any]:
        """Return the fields of a case study."""
        factors, year = self.of("factors", FACTORS), self.random.randint(1960, 2020)
        lessons = [self.lesson(number, factors) for number in range(LESSONS)]
        return {
            "event": self.event(year),
            "material": {"radionuclide": "Cs-137", "category": self.of("material-categories")[0], "sources": ["s1"]},
            "timeline": [self.sourced("event", date=f"{year + step}") for step in range(STEPS)],
            "factors": [self.factor(factor) for factor in factors],
            "lessons": lessons,
            "response": [self.sourced("fact") for _ in range(LESSONS)],
            "teaching": self.teaching(lessons),
        }

    def event(self, year: int) -> dict[str, Any]:
        """Return when and where it happened."""
        return {
            "start": f"{year}-03-01",
            "end": f"{year + STEPS}",
            "countries": self.of("countries", self.random.choice((1, 1, 1, 2))),
            "place": self.place,
            "setting": self.of("settings")[0],
            "outcome": self.of("outcomes")[0],
        }

    def factor(self, factor: str) -> dict[str, Any]:
        """Return a contributing factor."""
        return self.sourced("explanation", 2, factor=factor, basis=self.of("factor-bases")[0])

    def lesson(self, number: int, factors: Sequence[str]) -> dict[str, Any]:
        """Return a lesson that leads from factors of the case to practices."""
        # In turn, so that some lesson leads to every practice.
        turn = (int(self.name[-5:]) * LESSONS + number) % len(self.world.practices)
        practices = list(dict.fromkeys([self.world.practices[turn], *self.some(self.world.practices, 1)]))
        chain = {"factors": self.random.sample(factors, 2), "practices": practices}
        return self.sourced("lesson", 2, id=f"lesson-{number}", drawn_by="Casebook editors") | chain

    def teaching(self, lessons: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """Return how to use the case in a class, with a question for each lesson."""
        asked = [{"question": self.text(2), "lesson": lesson["id"], "notes": self.text(3)} for lesson in lessons]
        return {
            "audience": self.of("audiences", 3),
            "level": self.of("levels")[0],
            "minutes": 60,
            "objectives": self.sentences(3),
            "questions": asked,
        }

    def practice(self) -> dict[str, Any]:
        """Return the fields of a best practice."""
        claims = [self.sourced("claim") for _ in range(3)]
        states, organisations = self.of("state-profiles", 2), self.of("organisations", 3)
        return {
            "statement": f"{self.one(WHO)} of {self.place} should watch {self.one(WHAT)} {self.one(WHEN)}.",
            "obligation": self.sourced("basis", type=self.of("obligation-types")[0]),
            "evidence": {"strength": self.of("evidence-strengths")[0], "limits": self.text(2), "claims": claims},
            "applicability": {"states": states, "organisations": organisations, "capacity": self.of("capacities")[0]},
            "first_step": self.text(3),
            "indicators": self.sentences(4),
            "pitfalls": [self.sourced("pitfall") for _ in range(4)],
            "cultural_notes": [self.text(2) for _ in range(3)],
            "counter_cases": [{"id": case, "why": self.text()} for case in self.some(self.world.cases, 1)],
        }

    def closing(self) -> dict[str, Any]:
        """Return the fields that stand last in every item."""
        others = self.some(self.world.cases, 2) + self.some(self.world.practices, 2)
        return {
            "guidance": self.of("guidance", 5),
            "sources": [self.source(number) for number in range(1, SOURCES + 1)],
            "related": [{"id": other, "why": self.text()} for other in others],
            "clearance": {"basis": "public-sources", "date": DAY},
            "contributors": [{"name": "Casebook editors", "role": self.of("contributor-roles")[0]}],
            # Whatever the prose cites, no source is left over.
            "uncertain": [f"{self.text()} [^s{number}]" for number in range(1, SOURCES + 1, 4)]
            + ["".join(f"[^s{number}]" for number in range(1, SOURCES + 1))],
        }

    def source(self, number: int) -> dict[str, Any]:
        """Return an entry of the list of sources."""
        return {
            "id": f"s{number}",
            "title": f"Report {number} on {self.one(WHAT)}",
            "author": self.one(WHO),
            "year": self.random.randint(1990, 2026),
            "type": self.of("source-types")[0],
            "url": f"https://www.example.org/{self.name}/{number}",
            "language": "en",
            "reliability": self.one(("A", "B", "C")),
            "note": self.text(),
        }

    def prose(self) -> str:
        """Return the paragraphs of one section."""
        sentences, words = [], 0
        while words < WORDS // len(self.kind.sections) - 20:  # the last sentence and the link come on top
            sentences.append(self.text() + (f"[^{self.cited()}]" if self.random.random() < 2 / 3 else ""))
            words += len(sentences[-1].replace("[", " ").split())
        parts = [sentences[start : start + 5] for start in range(0, len(sentences), 5)]
        parts[0].append(f"Compare [another item]({self.link()}).")
        return "\n\n".join(textwrap.fill(" ".join(part), 118, break_on_hyphens=False) for part in parts)

    def link(self) -> str:
        """Return the relative address of an item of the other kind."""
        other = BEST_PRACTICE if self.kind is CASE_STUDY else CASE_STUDY
        names = self.world.practices if other is BEST_PRACTICE else self.world.cases
        return f"../{other.folder}/{self.one(names)}.md"

    def sourced(self, field: str, length: int = 1, **more: str) -> dict[str, Any]:
        """Return an entry with a text and its sources."""
        return {**more, field: self.text(length), "sources": sorted({self.cited(), self.cited()})}

    def cited(self) -> str:
        """Return the id of a source."""
        return f"s{self.random.randint(1, SOURCES)}"

    def text(self, length: int = 1) -> str:
        """Return a text of some sentences."""
        return " ".join(self.sentences(length))

    def sentences(self, count: int) -> list[str]:
        """Return sentences of about fifteen words, with the place of the item, so that no two items share one."""
        parts = (DID, WHAT, self.random.choice((WHEN, WHY)))
        who = (self.one(WHO) for _ in range(count))
        return [" ".join((f"At {self.place}", one[0].lower() + one[1:], *map(self.one, parts))) + "." for one in who]

    def one(self, choices: Sequence[str]) -> str:
        """Return one of the choices."""
        return self.random.choice(choices)

    def some(self, choices: Sequence[str], count: int) -> list[str]:
        """Return different choices, and never the item itself."""
        chosen = self.random.sample(choices, min(count + 1, len(choices)))
        return [choice for choice in chosen if choice != self.name][:count]

    def of(self, vocabulary: str, count: int = 1) -> list[str]:
        """Return different terms of a vocabulary."""
        return self.some(self.world.terms[vocabulary], count)
