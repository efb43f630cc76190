"""`python -m tests.fuzz [MINUTES] [FOLDER]`: try the properties with many inputs, and say how many and what it cost.

With atheris (`requirements-fuzz.lock`, Linux) inputs are found by the code that they reach; without it by chance alone.
An input that breaks a property is written into FOLDER, and the run fails. Mend the fault and add it to the corpus.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from importlib import import_module, util
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

MINUTES = 10.0
FOLDER = Path("build/fuzz")
MEMORY_MB = 2_000
LONGEST_INPUT = 4_096
LONGEST_SECONDS = 20
SEEDS = 64


def main(arguments: list[str]) -> int:
    """Run, and return 0 when every property held."""
    minutes = float(arguments[0]) if arguments else MINUTES
    folder = Path(arguments[1]) if len(arguments) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    has_atheris = util.find_spec("atheris") is not None
    return (_by_coverage if has_atheris else _by_chance)(minutes * 60, folder)


def _target() -> Any:
    """Return a function that reads bytes as the choices of Hypothesis and tries all properties with the result."""
    properties, strategies = import_module("tests.fuzz.properties"), import_module("tests.fuzz.strategies")

    @settings(deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(strategies.files, strategies.bodies)
    def target(raw: bytes, body: str) -> None:
        properties.holds(raw)
        properties.body_is_drawn(body)

    return target.hypothesis.fuzz_one_input  # type: ignore[attr-defined]  # set by `given`


def _by_coverage(seconds: float, folder: Path) -> int:
    """Run libFuzzer, which ends the process itself and prints its figures."""
    atheris = import_module("atheris")
    with atheris.instrument_imports(include=["casebook", "yaml", "markdown_it", "frontmatter"]):
        target = _target()
    seeds = folder / "seeds"
    seeds.mkdir(exist_ok=True)
    for number in range(SEEDS):
        (seeds / f"random-{number}").write_bytes(random.Random(number).randbytes(LONGEST_INPUT // 8))  # noqa: S311
    limits = [f"-max_total_time={int(seconds)}", f"-rss_limit_mb={MEMORY_MB}", f"-timeout={LONGEST_SECONDS}"]
    where = [f"-artifact_prefix={folder}/", "-print_final_stats=1", f"-max_len={LONGEST_INPUT}", "-len_control=0"]
    atheris.Setup([sys.argv[0], *limits, *where, str(seeds)], target)
    atheris.Fuzz()
    return 0


def _by_chance(seconds: float, folder: Path) -> int:
    """Try random bytes until the time is over."""
    target, start, count = _target(), time.monotonic(), 0
    source = random.Random(int(time.time()))  # noqa: S311  # no secret
    slowest = 0.0
    while (now := time.monotonic()) - start < seconds:
        data = source.randbytes(source.randrange(16, LONGEST_INPUT))
        try:
            target(data)
        except Exception:
            (folder / f"crash-{count}").write_bytes(data)
            raise
        slowest = max(slowest, time.monotonic() - now)
        count += 1
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stdout.write(f"{count:,} inputs, no fault, the slowest in {slowest:.2f} s, at most {memory} MB of memory\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
