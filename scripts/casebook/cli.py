"""The door for people: the `casebook` command."""

from __future__ import annotations

import contextlib
import itertools
import json
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from casebook import __version__, build, export, pictures, render, report, scaffold
from casebook import similar as similarity
from casebook.artifact import Site
from casebook.finding import CasebookError, Severity
from casebook.paths import Paths, nearest_root, repository
from casebook.registry import KIND_BY_NAME
from casebook.shape import load_shapes
from casebook.vocabulary import load_vocabularies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from casebook.artifact import Artifact
    from casebook.finding import Finding

CLEAN, FINDINGS, TROUBLE = 0, 1, 2
_KINDS = click.Choice(list(KIND_BY_NAME))


class _Command(click.Command):
    """A command that ends with exit code 2 and one line of text when the tool itself cannot run."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except CasebookError as error:
            _trouble(str(error))
        except BrokenPipeError:
            # The reader of the pipe has gone; there is nobody left to tell.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(CLEAN)


class _Group(click.Group):
    command_class = _Command


def _trouble(message: str) -> NoReturn:
    click.echo(f"casebook: {message}", err=True)
    sys.exit(TROUBLE)


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_examples(
        "casebook check",
        "casebook new case-study my-case-2020",
        "casebook -C ../other-casebook check --format json",
        'eval "$(_CASEBOOK_COMPLETE=bash_source casebook)"   # completion; also zsh_source, fish_source',
    ),
)
@click.version_option(__version__, prog_name="casebook")
@click.option(
    "-C",
    "directory",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Work on the repository in DIR. Without it: the one in or above this folder.",
)
@click.pass_context
def main(context: click.Context, directory: Path | None) -> None:
    """Check, preview and build a Nuclear Security Casebook."""
    context.obj = directory


def _paths(context: click.Context) -> Paths:
    return repository(context.obj or nearest_root(Path.cwd()))


@contextlib.contextmanager
def _quietly(label: str) -> Iterator[Any]:
    """Yield a progress function that draws a bar on a terminal and nothing in a pipe."""
    with contextlib.ExitStack() as stack:

        def progress(files: Sequence[Path]) -> Iterable[Path]:
            if not sys.stderr.isatty():
                return files
            return stack.enter_context(click.progressbar(files, label=label, file=sys.stderr))

        yield progress


def _read(paths: Paths) -> build.Corpus:
    with _quietly("Reading") as progress:
        return build.Reader(paths).corpus(progress)


@main.command(
    epilog=_examples(
        "casebook check",
        "casebook check cases/case-studies/goiania-1987.md",
        "casebook check --format sarif > findings.sarif",
    )
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(report.FORMATS), default="text", show_default=True)
@click.option(
    "--notes/--no-notes", default=None, help="Show what drafts still need. Default: only when PATHs are named."
)
@click.pass_context
def check(context: click.Context, paths: tuple[Path, ...], form: str, notes: bool | None) -> None:  # noqa: FBT001
    """Check all items, or those in PATHs, and show every finding.

    Exit code 0: clean (notes about drafts do not count); 1: findings; 2: the tool cannot run.
    """
    corpus = _read(_paths(context))
    found = build.check(corpus, paths)
    _show(found if (notes if notes is not None else bool(paths)) else _weighty(found), form)
    if paths and not build.chosen(corpus, paths):
        _trouble("no item of this repository lies at the given paths")
    context.exit(FINDINGS if _weighty(found) else CLEAN)


@main.command(
    epilog=_examples(
        "casebook screen",
        "casebook screen cases/case-studies/goiania-1987.md",
        "casebook screen ~/notes/draft.txt",
    )
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(report.FORMATS), default="text", show_default=True)
@click.pass_context
def screen(context: click.Context, paths: tuple[Path, ...], form: str) -> None:
    """Look for sensitive content in all items, or in PATHs: items, folders of items, and any other text file.

    Run it before a text leaves your machine. It reads and sends nothing; it helps to decide, and does not decide.

    Exit code 0: it saw nothing; 1: findings; 2: the tool cannot run.
    """
    corpus = _read(_paths(context))
    blank = [path for path in paths if not build.chosen(corpus, [path]) and not build.other_texts(corpus, [path])]
    if blank:
        _trouble(f"no item and no text lies at {corpus.paths.relative(blank[0])}; name a file")
    found = build.screened(corpus, paths)
    _show(found, form)
    context.exit(FINDINGS if found else CLEAN)


def _show(findings: Sequence[Finding], form: str) -> None:
    text = report.report(findings, form)
    if text:
        click.echo(text)


def _weighty(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is not Severity.NOTE]


@main.command(
    epilog=_examples(
        "casebook similar cases/case-studies/goiania-1987.md",
        "casebook similar --topics cases/best-practices",
    )
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="PATH...", required=True)
@click.option("--topics", is_flag=True, help="Show only the topics of the items, one in a line.")
@click.pass_context
def similar(context: click.Context, paths: tuple[Path, ...], topics: bool) -> None:  # noqa: FBT001
    """Show which items share most with those in PATHs, and why; drafts count.

    An item with an error, and a file that is no item, is passed over.
    """
    corpus = _read(_paths(context))
    library = build.library(corpus, build.check(corpus), drafts=True)
    shown = (similarity.topics if topics else similarity.lines)(library, build.chosen(corpus, paths))
    for line in shown:
        click.echo(line)


@main.command(
    epilog=_examples(
        "casebook new case-study",
        "casebook new case-study lost-source-2020 --title 'A lost source: Town, 2020' --topic radiological-sources",
    )
)
@click.argument("kind", type=_KINDS)
@click.argument("name", metavar="ID", required=False)
@click.option("--title", help="What happened or what is done, in a few words.")
@click.option("--summary", help="Two to four sentences that stand alone.")
@click.option("--topic", help="Id of the main topic.")
@click.option("--source", help="Title of the first source.")
@click.option("--url", help="Address of the first source.")
@click.pass_context
def new(context: click.Context, /, kind: str, name: str | None, **given: str | None) -> None:
    """Write the draft of a new item of KIND. Asks for what is not given."""
    paths = _paths(context)
    vocabularies, _ = load_vocabularies(paths)
    shape = load_shapes(paths, vocabularies)[kind]
    name = name or _asked("Id (lower case letters, digits, hyphens)", "ID after the kind")
    path = paths.cases / shape.kind.folder / f"{name}.md"
    if any((paths.cases / one.folder / f"{name}.md").exists() for one in KIND_BY_NAME.values()):
        _trouble(f"an item `{name}` exists already")
    topics = ", ".join(term.id for term in vocabularies["topics"] if not term.parent)
    answers = scaffold.Answers(
        id=name,
        title=given["title"] or _asked("Title", "--title"),
        summary=given["summary"] or _asked("Summary, two to four sentences", "--summary"),
        topic=given["topic"] or _asked(f"Main topic ({topics})", "--topic"),
        source=given["source"] or _asked("Title of the first source", "--source"),
        url=given["url"] or "",
    )
    text = scaffold.draft(shape, answers)
    findings = _weighty(build.check_text(text, paths.relative(path), shape.kind, _read(paths)))
    if findings:
        click.echo(report.report(findings, "text"), err=True)
        _trouble("nothing was written; mend what is named and try again")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    click.echo(f"{paths.relative(path)}: written. Next: fill it in, and run `casebook check {paths.relative(path)}`.")


def _asked(question: str, option: str) -> str:
    if not sys.stdin.isatty():
        _trouble(f"{question.partition(' (')[0]} is missing: give it with {option}")
    return str(click.prompt(question))


@main.command(
    epilog=_examples("casebook schema case-study", "casebook schema best-practice > best-practice.schema.json")
)
@click.argument("kind", type=_KINDS)
@click.pass_context
def schema(context: click.Context, kind: str) -> None:
    """Print the JSON Schema of KIND, self-contained, with all vocabularies in it."""
    paths = _paths(context)
    shapes = load_shapes(paths, load_vocabularies(paths)[0])
    click.echo(json.dumps(shapes[kind].schema, ensure_ascii=False, indent=2))


@main.command(
    "build",
    epilog=_examples("casebook build", "casebook build --site ../casebook-site", "casebook build --pages build/pages"),
)
@click.option(
    "--site", "target", type=click.Path(file_okay=False, path_type=Path), help="Folder of the site. Default: site/."
)
@click.option(
    "--pages",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the pages as Markdown and the data files into this empty folder instead, for another generator.",
)
@click.option("--drafts", is_flag=True, help="Show items that are not published too, for a preview.")
@click.pass_context
def build_command(context: click.Context, target: Path | None, pages: Path | None, drafts: bool) -> None:  # noqa: FBT001
    """Check everything and build the site, strictly: a finding or a warning ends the build.

    The site is built beside the old one and then put in its place, so that a failed build leaves the old one as it was.
    """
    paths = _paths(context)
    if pages is None:
        _build_site(paths, (target or paths.site).absolute(), context, drafts=drafts)
        return
    corpus = _read(paths)
    findings = _weighty(build.check(corpus))
    if findings:
        click.echo(report.report(findings, "text"), err=True)
        context.exit(FINDINGS)
    library = build.library(corpus, findings, drafts=drafts)
    site = Site("Nuclear Security Casebook", drafts=drafts)
    made = (
        render.pages(library, corpus.shapes, site, pictures=pictures.load(paths)),
        export.files(library, corpus.shapes, site),
    )
    artifacts = [*itertools.chain(*made), *build.images(library, paths)]
    _write_all(artifacts, pages)
    click.echo(f"{len(artifacts):,} files written to {pages}")


def _write_all(artifacts: Iterable[Artifact], folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        _trouble(f"the folder {folder} is not empty")
    for artifact in artifacts:
        path = folder / artifact.path
        path.parent.mkdir(parents=True, exist_ok=True)
        content = artifact.content
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)


def _build_site(paths: Paths, target: Path, context: click.Context, *, drafts: bool) -> None:
    from mkdocs.commands.build import build as mkdocs_build  # noqa: PLC0415  # slow to import, and not always needed

    target.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f"{target.name}.", dir=target.parent))
    try:
        with _mkdocs_log():
            config = _mkdocs_config(paths, site_dir=str(beside), strict=True)
            config.plugins["casebook"].config["drafts"] = drafts
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
    except (click.ClickException, SystemExit) as error:
        shutil.rmtree(beside, ignore_errors=True)
        click.echo(f"{getattr(error, 'message', '') or 'The build failed'}. {_kept(target)}", err=True)
        context.exit(FINDINGS)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    _swap(beside, target)
    click.echo(f"The site is in {target}", err=True)


def _kept(target: Path) -> str:
    return f"{target} is as it was." if target.exists() else "Nothing was written."


def _swap(beside: Path, target: Path) -> None:
    beside.chmod(0o755)
    old = beside.with_name(f"{beside.name}.old")
    if target.exists():
        target.rename(old)
    beside.rename(target)
    shutil.rmtree(old, ignore_errors=True)


@main.command(epilog=_examples("casebook serve", "casebook serve --port 8080"))
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.pass_context
def serve(context: click.Context, port: int, host: str) -> None:
    """Serve the site, drafts included, and show every change as soon as it is saved.

    An item with an error is left out and named; the rest stays.
    """
    from mkdocs.commands.serve import serve as mkdocs_serve  # noqa: PLC0415  # slow to import, and not always needed

    paths = _paths(context)
    click.echo(f"The preview will be at http://{host}:{port}/ (end it with Ctrl+C)", err=True)
    try:
        with _mkdocs_log():
            mkdocs_serve(str(paths.config), dev_addr=f"{host}:{port}")
    except OSError as error:
        _trouble(f"port {port} cannot be used ({error.strerror}); choose another one with --port")
    except click.ClickException as error:
        _trouble(error.message)


def _mkdocs_config(paths: Paths, **values: Any) -> Any:
    from mkdocs.config import load_config  # noqa: PLC0415  # slow to import, and not always needed

    if not paths.config.is_file():
        raise CasebookError(f"{paths.relative(paths.config)} is not there; a site needs it")
    return load_config(str(paths.config), **values)


@contextlib.contextmanager
def _mkdocs_log() -> Iterator[None]:
    """Show what MkDocs says, one line each; the announcements of Material's maintainers are left out."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s  %(message)s"))
    logger = logging.getLogger("mkdocs")
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


if __name__ == "__main__":
    main()
