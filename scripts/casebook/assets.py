"""Our own browser code and style, bundled with esbuild and the packages that set-up installs from npm."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from casebook.artifact import Artifact
from casebook.finding import CasebookError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from casebook.paths import Paths

ENTRIES = ("js/casebook.js", "css/casebook.css")
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


def _run(paths: Paths, arguments: list[str]) -> None:
    program = paths.node_modules / ".bin" / "esbuild"
    options = [
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
        "--loader:.svg=dataurl",
        "--log-level=warning",
    ]
    fonts = ["--loader:.woff2=file", "--asset-names=fonts/[name]"]
    try:
        done = subprocess.run(  # noqa: S603  # our own arguments, no shell
            [str(program), *arguments, *options, *fonts],
            capture_output=True,
            text=True,
            check=False,
            cwd=paths.root,
        )
    except OSError as error:
        raise CasebookError(f"esbuild cannot be run ({error.strerror}). Run `make setup`.") from error
    if done.returncode:
        raise CasebookError(f"esbuild refuses the browser code:\n{done.stderr.strip()}")
