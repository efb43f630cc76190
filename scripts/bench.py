"""What a check and a build cost, beside stock MkDocs with Material. Run it with `make bench`.

A tool to see with, and not a test. For each N it writes N synthetic items into a temporary repository of the shape of
this one, runs each program in a process of its own, and prints what the kernel says of that process. The items are the
same on every run.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import re
import shutil
import sys
import tempfile
import textwrap
import time
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from casebook.paths import Paths
from casebook.registry import BEST_PRACTICE, CASE_STUDY, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HERE = Paths(Path(__file__).absolute().parent.parent)
SIZES = "100,1000,5000"
ALL_IN_NAV_MOST = 100  # above it the menu of stock, drawn into every page, takes gigabytes and a long time

SHARE_OF_CASES = 0.7
WORDS = 900
SOURCES, STEPS, FACTORS, LESSONS = 12, 10, 5, 4
DAY = "2026-11-24"

# The front matter of a page may name a template of our theme, which stock does not have.
_TEMPLATE = re.compile(r"^template: .*\n", re.MULTILINE)

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
            "clearance": {"basis": self.of("clearance-bases")[0], "date": DAY},
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


@dataclass(frozen=True, slots=True)
class Site:
    """What a build left behind, in files and bytes."""

    pages: int
    largest: int
    largest_page: str
    index: int
    total: int

    @classmethod
    def at(cls, folder: Path) -> Site:
        """Measure the site in a folder."""
        sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in _files(folder)}
        html = {path: size for path, size in sizes.items() if path.endswith(".html")}
        largest = max(html, key=lambda path: html[path])
        return cls(len(html), html[largest], largest, sizes["search/search_index.json"], sum(sizes.values()))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


@dataclass(frozen=True, slots=True)
class Run:
    """What one process used: seconds, bytes of memory at the peak, and for how many pages or items."""

    name: str
    cpu: float
    wall: float
    peak: int
    units: int = 0
    site: Site | None = None


def measured(command: Sequence[str | Path], log: Path) -> tuple[float, float, int]:
    """Run a program to its end; return its CPU and wall seconds and its peak of memory, its own children included.

    Raises:
        SystemExit: with all that it said, if it failed.
    """
    words = [str(word) for word in command]
    output = (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    begin = time.perf_counter()
    process = os.posix_spawn(words[0], words, _environment(), file_actions=[output, (os.POSIX_SPAWN_DUP2, 1, 2)])
    _, status, used = os.wait4(process, 0)
    wall = time.perf_counter() - begin
    if status:
        code = os.waitstatus_to_exitcode(status)
        sys.exit(f"{log.read_text('utf-8', 'replace')}\nbench: exit code {code} from: {' '.join(words)}")
    return used.ru_utime + used.ru_stime, wall, used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _environment() -> dict[str, str]:
    """Return the environment without what changes addresses, and without Material's announcements."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CASEBOOK_")}
    return {**kept, "NO_MKDOCS_2_WARNING": "1"}


def repository(folder: Path, count: int) -> None:
    """Write a repository of the shape of this one, with synthetic items in the place of real ones."""
    shutil.copytree(HERE.schema, folder / "schema")
    shutil.copytree(HERE.docs, folder / "docs")
    shutil.copy(HERE.config, folder)
    if HERE.node_modules.is_dir():
        (folder / HERE.node_modules.name).symlink_to(HERE.node_modules)
    _unlink_items(folder / "docs")
    World(count).write(folder / "cases")


def _unlink_items(docs: Path) -> None:
    """Take links to real items, which are not there, out of the hand-written pages; their words stay."""
    items = "|".join(path.stem for path in HERE.cases.rglob("*.md"))
    link = re.compile(rf"\[([^\]]*)\]\([^)\s]*/(?:{items})[/.][^)\s]*\)")
    for page in docs.rglob("*.md"):
        page.write_text(link.sub(r"\1", page.read_text("utf-8")), "utf-8")


def stock_config(pages: Path, site: Path, *, in_nav: bool) -> str:
    """Return mkdocs.yml without what is ours; what it shares with ours stays as it is, tags included."""
    root: Any = yaml.compose(HERE.config.read_text("utf-8"), Loader=yaml.SafeLoader)
    fields = {key.value: value for key, value in root.value}
    _drop(root, "nav", "extra_css", "extra_javascript", "docs_dir", "site_dir", "strict")
    _drop(fields["theme"], "custom_dir")
    fields["plugins"].value = [plugin for plugin in fields["plugins"].value if _plugin_name(plugin) != "casebook"]
    nav = "" if in_nav else "nav: [index.md]\n"
    return f"{yaml.serialize(root)}docs_dir: '{pages}'\nsite_dir: '{site}'\n{nav}"


def _drop(mapping: yaml.MappingNode, *keys: str) -> None:
    mapping.value = [(key, value) for key, value in mapping.value if key.value not in keys]


def _plugin_name(node: yaml.Node) -> str:
    return str(node.value if isinstance(node, yaml.ScalarNode) else node.value[0][0].value)


def runs(folder: Path, count: int) -> Iterator[Run]:
    """Yield the runs for one number of items, one after the other."""
    ours, pages, log = folder / "repository", folder / "pages", folder / "output.txt"
    repository(ours, count)
    casebook: list[str | Path] = [Path(sys.executable).with_name("casebook"), "-C", ours]
    measured([casebook[0], "--version"], log)  # our modules are compiled before anything counts
    yield Run("casebook check", *measured([*casebook, "check"], log), count)
    yield _build("casebook build", [*casebook, "build"], ours / "site", log)
    yield Run("check and Markdown alone", *measured([*casebook, "build", "--pages", pages], log))
    shutil.copytree(ours / "docs", pages, dirs_exist_ok=True)
    for page in pages.rglob("*.md"):
        page.write_text(_TEMPLATE.sub("", page.read_text("utf-8"), count=1), "utf-8")
    yield _stock("stock", folder, in_nav=False)
    if count <= ALL_IN_NAV_MOST:
        yield _stock("stock, all pages in menu", folder, in_nav=True)


def _stock(name: str, folder: Path, *, in_nav: bool) -> Run:
    config, site = folder / f"{name}.yml", folder / name
    config.write_text(stock_config(folder / "pages", site, in_nav=in_nav), "utf-8")
    command: list[str | Path] = [sys.executable, "-m", "mkdocs", "build", "--no-strict", "--config-file", config]
    return _build(name, command, site, folder / "output.txt")


def _build(name: str, command: Sequence[str | Path], folder: Path, log: Path) -> Run:
    used = measured(command, log)
    site = Site.at(folder)
    return Run(name, *used, site.pages, site)


def show(count: int, found: dict[str, Run]) -> None:
    """Print the table for one number of items."""
    print(f"\n{count:,} items\n")
    print(f"{'':28}{'CPU s':>9}{'wall s':>9}{'peak MiB':>10}{'each, ms CPU':>14}{'ms wall':>9}")
    for run in found.values():
        each = f"{run.cpu / run.units * 1000:14.1f}{run.wall / run.units * 1000:9.1f}" if run.units else ""
        print(f"{run.name:28}{run.cpu:9.1f}{run.wall:9.1f}{run.peak / 2**20:10.0f}{each}")
    for run in (found["casebook check"], found["casebook build"]):
        print(_ratio(run, found["stock"]))
    print(f"\n{'':28}{'pages':>9}{'site MiB':>9}{'search index':>14}{'largest page':>14}")
    for run in found.values():
        if site := run.site:
            sizes = f"{site.pages:9,}{site.total / 2**20:9.1f}{site.index:14,}{site.largest:14,}"
            print(f"{run.name:28}{sizes}  {site.largest_page}")
    sys.stdout.flush()


def _ratio(run: Run, base: Run) -> str:
    name = f"{run.name} : {base.name}"
    return f"{name:28}{run.cpu / base.cpu:9.2f}{run.wall / base.wall:9.2f}{run.peak / base.peak:10.2f}"


def growth(tables: dict[int, dict[str, Run]]) -> None:
    """Print how the time for one page, and for one item, changes from one number of items to the next."""
    for (few, before), (many, after) in pairwise(tables.items()):
        print(f"\nFrom {few:,} to {many:,} items: time for one page or item as a multiple of what it was before\n")
        print(f"{'':28}{'CPU a page':>12}{'wall a page':>13}{'CPU an item':>13}{'ms CPU for one item more':>26}")
        for name in ("casebook check", "casebook build", "stock"):
            print(f"{name:28}{_grown(before[name], after[name], few, many)}")
    print("\nPages of terms are small, and a smaller share of more pages: the mean page grows with the items.")


def _grown(old: Run, new: Run, few: int, many: int) -> str:
    cpu, wall, pages = new.cpu / old.cpu, new.wall / old.wall, old.units / new.units
    more = (new.cpu - old.cpu) / (many - few) * 1000
    return f"{cpu * pages:12.2f}{wall * pages:13.2f}{cpu * few / many:13.2f}{more:26.1f}"


def introduction() -> str:
    """Return what is compared with what, and on which machine."""
    names = {"MkDocs": "mkdocs", "Material": "mkdocs-material", "Python-Markdown": "markdown", "Jinja2": "jinja2"}
    versions = ", ".join(f"{name} {version(package)}" for name, package in names.items())
    return f"""\
Python {platform.python_version()}, {versions}
{platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start

What is compared. `casebook check` reads and checks all items. `casebook build` checks them, writes the pages as
Markdown, bundles our browser code, and lets MkDocs draw the site, strictly, with our theme on top of Material. `stock`
is MkDocs with Material alone: it draws the same Markdown, which `casebook build --pages` had written before, with the
hand-written pages and the same settings, but without our plugin, theme, style and code, and not strictly. So stock does
the last part of our work only, and a ratio above 1 is the price of all the rest. Its menu holds the first page; ours
holds some twenty pages. MkDocs by itself puts every page into the menu of every page: the row `all pages in menu` shows
that, up to {ALL_IN_NAV_MOST:,} items. Links of hand-written pages to real items are taken out on both sides, and
for stock the names of templates that only our theme has.

Each run is a process of its own; CPU and memory are what the kernel counted for it and its children. Wall time depends
on what else the machine does. 70 per cent of the items are case studies; all are made up, each of about {WORDS} words
and with {SOURCES} sources."""


def main() -> None:
    """Run everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", default=SIZES, help=f"numbers of items, with commas (default: {SIZES})")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave repositories and sites in this folder")
    options = parser.parse_args()
    sizes = sorted({int(size) for size in options.items.split(",")})
    print(introduction(), flush=True)
    tables = {}
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as scratch:
        for count in sizes:
            folder = (options.keep or Path(scratch)).absolute() / f"{count}-items"
            folder.mkdir(parents=True)
            tables[count] = {run.name: run for run in runs(folder, count)}
            show(count, tables[count])
            if not options.keep:
                shutil.rmtree(folder)
    if len(tables) > 1:
        growth(tables)


if __name__ == "__main__":
    main()
