"""The door for MkDocs: reads and checks the repository, and puts every artifact in among the files of the site."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, InclusionLevel

from casebook import assets, build, dates, security
from casebook.artifact import Site
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

    from casebook.artifact import Artifact

log = get_plugin_logger("casebook")
# Ours stands in place of that of MkDocs, which dates each page by the day of the build and packs the time beside it.
SITEMAP = "sitemap.xml"


class CasebookConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves it untyped
    """Settings of the plugin in mkdocs.yml."""

    branch = config_options.Type(str, default="main")
    drafts = config_options.Type(bool, default=False)


class CasebookPlugin(BasePlugin[CasebookConfig]):  # type: ignore[no-untyped-call]  # as above
    """Adapter between MkDocs and the pure rooms of this package."""

    def __init__(self) -> None:
        """Begin as a build; `on_startup` says when it is a preview."""
        self.serving = False
        self.reader: build.Reader | None = None
        self.findings: list[Finding] = []
        self.sources: dict[str, str] = {}
        self.context: Context | None = None

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

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002
        """Watch the content and the schemas too."""
        paths = _paths(config)
        for folder in (paths.cases, paths.schema):
            server.watch(str(folder))
        return server

    def _artifacts(self, config: MkDocsConfig) -> Iterator[Artifact]:
        paths = _paths(config)
        self.reader = self.reader or build.Reader(paths)
        corpus = self.reader.corpus()
        self.findings = build.check(corpus)
        for finding in self.findings:
            _report(finding)
        drafts = self.serving or self.config.drafts
        # The address of a preview is that of a port on one's own machine, and nothing should name it.
        where = (config.site_name, "" if self.serving else config.site_url or "", config.repo_url or "")
        site = Site(*where, drafts=drafts, branch=self.config.branch, today=dates.today())
        library = build.library(corpus, self.findings, drafts=drafts)
        self.context = Context(library, site)
        yield from build.artifacts(library, corpus, site, self.findings)
        yield from build.search_index(library, paths)
        yield from assets.bundle(paths)


def _paths(config: MkDocsConfig) -> Paths:
    return repository(Path(config.config_file_path).parent)


def _report(finding: Finding) -> None:
    levels = {Severity.ERROR: log.error, Severity.WARNING: log.warning, Severity.NOTE: log.debug}
    where = finding.location
    hint = f" ({finding.hint})" if finding.hint else ""
    levels[finding.severity](f"{where.path}:{where.line}:{where.column}: {finding.code} {finding.message}{hint}")


def _file(artifact: Artifact, config: MkDocsConfig) -> File:
    file = File.generated(config, artifact.path, content=artifact.content, inclusion=InclusionLevel.NOT_IN_NAV)
    if artifact.source:
        file.edit_uri = posixpath.join("..", artifact.source)
    return file
