"""Our own browser code and style, bundled with esbuild and the packages that set-up installs from npm.

The index of the search is made by the same code, run with the Node.js that set-up installs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casebook.artifact import Artifact
from casebook.finding import CasebookError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from casebook.paths import Paths

ENTRIES = (
    "js/casebook.js",
    "js/form.js",
    "js/redirect.js",
    "js/changed.js",
    "js/basket.js",
    "js/basket-exports.js",
    "js/card.js",
    "js/embed.js",
    "js/stage.js",
    "js/exercise-clock.js",
    "css/casebook.css",
    "css/exercise.css",
    "css/leaf.css",
    "css/version.css",
    "css/teach.css",
)
FOLDER = "assets/casebook"


def bundle(paths: Paths) -> Iterator[Artifact]:
    """Yield the bundled files; nothing where the repository has no browser code of its own.

    Raises:
        CasebookError: if esbuild is not installed or refuses the code.
    """
    entries = [str(paths.assets / entry) for entry in ENTRIES if (paths.assets / entry).is_file()]
    if not entries:
        return
    with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
        _run(paths, [*entries, f"--outdir={folder}", f"--outbase={paths.assets}"])
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                yield Artifact(f"{FOLDER}/{path.relative_to(folder).as_posix()}", path.read_bytes())


def indexer_of(paths: Paths) -> Callable[[Mapping[str, Any]], dict[str, Any]] | None:
    """Return what makes an index of the search; None where the repository has no browser code of its own."""
    script = paths.assets / "js" / "search" / "build.js"
    if not script.is_file():
        return None

    def indexer(library: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(_output([_node(), str(script)], paths, json.dumps(library)))
        return found

    return indexer


def _node() -> str:
    beside = Path(sys.executable).with_name("node")
    return str(beside) if beside.exists() else shutil.which("node") or "node"


def _run(paths: Paths, arguments: list[str]) -> None:
    options = [
        "--bundle",
        "--minify",
        "--format=iife",
        "--target=es2022",
        "--loader:.svg=dataurl",
        "--log-level=warning",
    ]
    fonts = ["--loader:.woff2=file", "--asset-names=fonts/[name]"]
    _output([str(paths.node_modules / ".bin" / "esbuild"), *arguments, *options, *fonts], paths)


def _output(command: Sequence[str], paths: Paths, given: str = "") -> str:
    program = Path(command[0]).name
    try:
        done = subprocess.run(  # noqa: S603  # our own arguments, no shell
            command, input=given, capture_output=True, encoding="utf-8", check=False, cwd=paths.root
        )
    except OSError as error:
        raise CasebookError(f"{program} cannot be run ({error.strerror}). Run `make setup`.") from error
    if done.returncode:
        raise CasebookError(f"{program} refuses the browser code:\n{done.stderr.strip()}")
    return done.stdout
