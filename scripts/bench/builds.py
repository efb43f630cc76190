"""What a check and a build cost, beside stock MkDocs with Material: each program in a process of its own."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from bench.synthetic import HERE, SOURCES, WORDS, World

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ALL_IN_NAV_MOST = 100  # above it the menu of stock, drawn into every page, takes gigabytes and a long time

# The front matter of a page may name a template of our theme, which stock does not have.
_TEMPLATE = re.compile(r"^template: .*\n", re.MULTILINE)


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
        index = sum(size for path, size in sizes.items() if path.startswith(("search/search_index", "assets/search/")))
        return cls(len(html), html[largest], largest, index, sum(sizes.values()))


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
    # Its own search is what stock comes with.
    fields["plugins"].value = [yaml.ScalarNode("tag:yaml.org,2002:str", "search")]
    nav = "" if in_nav else "nav: [index.md]\n"
    return f"{yaml.serialize(root)}docs_dir: '{pages}'\nsite_dir: '{site}'\n{nav}"


def _drop(mapping: yaml.MappingNode, *keys: str) -> None:
    mapping.value = [(key, value) for key, value in mapping.value if key.value not in keys]


def runs(folder: Path, count: int) -> Iterator[Run]:
    """Yield the runs for one number of items, one after the other."""
    ours, pages, log = folder / "repository", folder / "pages", folder / "output.txt"
    repository(ours, count)
    casebook: list[str | Path] = [Path(sys.executable).with_name("casebook"), "-C", ours]
    measured([casebook[0], "--version"], log)  # our modules are compiled before anything counts
    yield Run("casebook check", *measured([*casebook, "check"], log), count)
    yield _build("casebook build", [*casebook, "build"], ours / "site", log)
    yield Run("check and Markdown alone", *measured([*casebook, "build", "--pages", pages], log))
    as_stock(ours / "docs", pages)
    yield stock("stock", folder, in_nav=False)
    if count <= ALL_IN_NAV_MOST:
        yield stock("stock, all pages in menu", folder, in_nav=True)


def as_stock(docs: Path, pages: Path) -> None:
    """Put the hand-written pages among the generated ones, and take out what only our theme has."""
    shutil.copytree(docs, pages, dirs_exist_ok=True)
    for page in pages.rglob("*.md"):
        page.write_text(_TEMPLATE.sub("", page.read_text("utf-8"), count=1), "utf-8")


def stock(name: str, folder: Path, *, in_nav: bool) -> Run:
    """Build the pages in `folder/pages` with MkDocs and Material alone, into `folder/<name>`."""
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
