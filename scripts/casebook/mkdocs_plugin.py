"""The door for MkDocs: reads and checks the repository, and puts every artifact in among the files of the site."""

from __future__ import annotations

import os
import posixpath
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel

from casebook import assets, build, dates, handout, moment, promised, security, slides
from casebook.artifact import Artifact, Site
from casebook.finding import CasebookError, Finding, Severity, on_one_line
from casebook.paths import Paths, repository
from casebook.render.head import head
from casebook.render.page import Context

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from casebook.library import Library

log = get_plugin_logger("casebook")
# Ours stands in place of that of MkDocs, which dates each page by the day of the build and packs the time beside it.
SITEMAP = "sitemap.xml"


class CasebookConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Settings of the plugin in mkdocs.yml."""

    branch = config_options.Type(str, default="main")
    drafts = config_options.Type(bool, default=False)
    handouts = config_options.Type(bool, default=False)


class CasebookPlugin(BasePlugin[CasebookConfig]):  # type: ignore[no-untyped-call]  # as above
    """Adapter between MkDocs and the pure rooms of this package."""

    def __init__(self) -> None:
        """Begin as a build; `on_startup` says when it is a preview."""
        self.serving = False
        self.reader: build.Reader | None = None
        self.corpus: build.Corpus | None = None
        self.findings: list[Finding] = []
        self.sources: dict[str, str] = {}
        self.context: Context | None = None
        self.during_build = ExitStack()

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:  # noqa: ARG002
        """Remember whether this is the live preview, and stay alive between its builds."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Point 'improve this page' at the branch, and stop bad content from ending the live preview."""
        if config.repo_url:
            prefix = "-/" if "gitlab" in config.repo_url else ""
            config.edit_uri = f"{prefix}edit/{self.config.branch}/docs/"
            config.repo_url = config.repo_url.rstrip("/") + "/"
        if self.serving:
            config.strict = False
        config.theme.static_templates.discard(SITEMAP)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every artifact to the files of the site."""
        # The theme's own is a template, which MkDocs would copy as it is now that it does not fill it in.
        if theirs := files.get_file_from_path(SITEMAP):
            files.remove(theirs)
        try:
            for artifact in self._artifacts(config):
                files.append(_file(artifact, config))
                if artifact.source:
                    self.sources[artifact.path] = artifact.source
        except CasebookError as error:
            raise PluginError(str(error)) from error
        return files

    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:  # noqa: ARG002
        """Tell the theme how many findings the preview has."""
        env.globals["casebook_findings"] = len(self.findings) if self.serving else 0
        return env

    def on_page_content(self, html: str, *, page: Page, **_: object) -> str:
        """Refuse the page of an item that could act on its own: then the rules have a gap."""
        source = self.sources.get(page.file.src_uri)
        part = security.active_part(html) if source else ""
        if not part:
            return html
        log.error("%s:1:1: the page would act on its own, and is left out: `%s`", source, on_one_line(part))
        return "<p>This page is left out, because it would act on its own.</p>"

    def on_page_context(self, context: Any, *, page: Page, **_: object) -> Any:
        """Give a hand-written page what generated ones have in their front matter: what its head says to machines."""
        if self.context and "head" not in page.meta:
            title, description = (str(page.meta.get(key) or "") for key in ("title", "description"))
            page.meta["head"] = head(self.context.page(page.url), title or str(page.title), description)
        return context

    def on_post_page(self, output: str, **_: object) -> str:
        """Give every page its Content-Security-Policy."""
        return security.protected(output, preview=self.serving)

    def on_post_template(self, output_content: str, *, template_name: str, **_: object) -> str:
        """Give the 404 page its Content-Security-Policy too."""
        is_page = template_name.endswith(".html")
        return security.protected(output_content, preview=self.serving) if is_page else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put the environment back as it was, and name each published address that the built site does not answer."""
        self.during_build.close()
        if self.serving or self.corpus is None or self.context is None:
            return
        known, library, site = self.corpus.ledger, self.context.library, self.context.site
        # A build that draws no handouts still knows which of them the published site has.
        moves = self.corpus.moves
        papers = handout.addresses(library, site, moves) | slides.addresses(library, site, moves)
        planned = set() if site.handouts else papers
        for finding in promised.findings(known, promised.unanswered(known, Path(config.site_dir), planned)):
            _report(finding)

    def on_build_error(self, **_: object) -> None:
        """Put the environment back as it was."""
        self.during_build.close()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002
        """Watch the content, the schemas and the releases too; a first release may come while somebody looks."""
        paths = _paths(config)
        with suppress(OSError):
            paths.releases.mkdir(exist_ok=True)
        for folder in (paths.cases, paths.schema, paths.releases):
            if folder.is_dir():
                server.watch(str(folder))
        return server

    def _artifacts(self, config: MkDocsConfig) -> Iterator[Artifact]:
        paths = _paths(config)
        self.reader = self.reader or build.Reader(paths)
        corpus = self.corpus = self.reader.corpus()
        self.findings = build.check(corpus)
        for finding in self.findings:
            _report(finding)
        drafts = self.serving or self.config.drafts
        library = build.library(corpus, self.findings, drafts=drafts)
        # The address of a preview is that of a port on one's own machine, and nothing should name it.
        where = (config.site_name, "" if self.serving else config.site_url or "", config.repo_url or "")
        today = dates.today() if self.serving else self._day(paths, library)
        handouts = self.config.handouts and not self.serving
        site = Site(*where, drafts=drafts, branch=self.config.branch, today=today, handouts=handouts)
        self.context = Context(library, site)
        papers = [*_handouts(library, site, paths), *_slides(library, site, paths)] if handouts else []
        yield from build.artifacts(library, corpus, site, self.findings, papers)
        yield from build.search_index(library, paths)
        yield from assets.bundle(paths)

    def _day(self, paths: Paths, library: Library) -> str:
        """Return the day for which the site is made, and tell MkDocs and all others of it until the build ends."""
        seconds = moment.moment(paths, os.environ, library.last_changed)
        self.during_build.enter_context(moment.told(seconds))
        return moment.day_of(seconds)


def _handouts(library: Library, site: Site, paths: Paths) -> list[Artifact]:
    """Return the handouts and readers; those that an earlier build made and kept are not drawn again."""
    press = handout.Press.of(paths, build.images(library, paths))
    kept = {sheet.path: paths.handouts / f"{press.key(sheet)}.pdf" for sheet in handout.sheets(library, site)}
    missing = [sheet for sheet in handout.sheets(library, site) if not kept[sheet.path].is_file()]
    log.info("Handouts and readers: %s of %s are to be drawn", len(missing), len(kept))
    fresh: dict[str, bytes] = {}
    for sheet, printed in zip(missing, press.printed([press.order(sheet) for sheet in missing]), strict=True):
        fresh[sheet.path] = printed.content
        for fault in printed.faults:
            log.warning("%s: %s", sheet.path, on_one_line(fault))
        if not printed.faults:
            _keep(kept[sheet.path], printed.content)
    for file in set(paths.handouts.glob("*.pdf")) - set(kept.values()):
        file.unlink()
    return [Artifact(path, fresh.get(path) or file.read_bytes()) for path, file in kept.items()]


def _slides(library: Library, site: Site, paths: Paths) -> list[Artifact]:
    """Return the slides; those that an earlier build made and kept are not made again."""
    decks = {show.path: slides.deck(show.item, library, site) for show in slides.shows(library)}
    kept = {path: paths.handouts / f"{slides.key(deck)}.pptx" for path, deck in decks.items()}
    missing = [path for path, file in kept.items() if not file.is_file()]
    log.info("Slides: %s of %s are to be made", len(missing), len(kept))
    for path in missing:
        _keep(kept[path], slides.written(decks[path]))
    for file in set(paths.handouts.glob("*.pptx")) - set(kept.values()):
        file.unlink()
    return [Artifact(path, file.read_bytes()) for path, file in kept.items()]


def _keep(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".tmp")
    beside.write_bytes(content)
    beside.replace(path)


def _paths(config: MkDocsConfig) -> Paths:
    return repository(Path(config.config_file_path).parent)


def _report(finding: Finding) -> None:
    levels = {Severity.ERROR: log.error, Severity.WARNING: log.warning, Severity.NOTE: log.debug}
    where = finding.location
    hint = f" ({finding.hint})" if finding.hint else ""
    levels[finding.severity](f"{where.path}:{where.line}:{where.column}: {finding.code} {finding.message}{hint}")


def _file(artifact: Artifact, config: MkDocsConfig) -> File:
    # Bytes stay as they are on every system; a page is text, because MkDocs reads it.
    content = artifact.content if artifact.path.endswith(".md") else artifact.data
    file = File.generated(config, artifact.path, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
    if artifact.source:
        file.edit_uri = posixpath.join("..", artifact.source)
    return file
