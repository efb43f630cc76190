"""Run everything and print it."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

import bench
from bench import builds, questions, transfer

SIZES = "100,1000,5000"
INDEXED = (0, 1000, 10000)
PARTS = ("builds", "questions", "transfer")


def main() -> None:
    """Run the parts that are wanted, all by default."""
    parser = argparse.ArgumentParser(
        prog="bench", description=bench.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", default=SIZES, help=f"numbers of items to build, with commas (default: {SIZES})")
    parser.add_argument("--only", choices=PARTS, action="append", help="run only this part; may be given again")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave repositories and sites in this folder")
    options = parser.parse_args()
    wanted = options.only or PARTS
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as scratch:
        folder = (options.keep or Path(scratch)).absolute()
        if "builds" in wanted:
            _builds(sorted({int(size) for size in options.items.split(",")}), folder, keep=bool(options.keep))
        if {"questions", "transfer"} & set(wanted):
            ours, material = questions.sites(folder)
            if "questions" in wanted:
                questions.show(questions.scores(ours, material))
            if "transfer" in wanted:
                transfer.show(ours, folder, INDEXED)


def _builds(sizes: list[int], scratch: Path, *, keep: bool) -> None:
    print(builds.introduction(), flush=True)
    tables = {}
    for count in sizes:
        folder = scratch / f"{count}-items"
        folder.mkdir(parents=True)
        tables[count] = {run.name: run for run in builds.runs(folder, count)}
        builds.show(count, tables[count])
        if not keep:
            shutil.rmtree(folder)
    if len(tables) > 1:
        builds.growth(tables)


if __name__ == "__main__":
    main()
