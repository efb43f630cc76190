"""What every page needs: addresses, author's text as HTML, and the frame of front matter."""

from __future__ import annotations

import json
import posixpath
import re
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from casebook import embed, qr
from casebook.artifact import Artifact, Site, relative
from casebook.dates import EventDate
from casebook.metadata.coins import context_object
from casebook.pictures import NONE, Pictures
from casebook.registry import linked_item
from casebook.render.head import head
from casebook.text import Prose, first_sentence, paragraphs, plain, section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from markdown_it.token import Token

    from casebook.library import Library
    from casebook.model import Item, Source
    from casebook.release import Release
    from casebook.vocabulary import Term, Vocabulary


_BLANK = re.compile(r"\n\s*\n")
# Long pages of several parts, which have a table of contents beside them.
_WITH_CONTENTS = ("case-study.md.j2", "best-practice.md.j2", "schema.md.j2", "coverage.md.j2")


def environment(room: str = "casebook.render") -> jinja2.Environment:
    """Return the environment of the templates of a room: what is not marked safe is escaped."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader(room),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        # `{#id}` after a heading is Markdown's here, and not the beginning of a comment.
        comment_start_string="<#--",
        comment_end_string="--#>",
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["day"] = lambda text: str(EventDate.parse(text)) if text else ""
    made.filters["first_sentence"] = first_sentence
    made.filters["plural"] = plural
    made.filters["plain"] = plain
    made.filters["paragraphs"] = paragraphs
    made.filters["on_disk"] = on_disk
    made.filters["qr"] = lambda address: Markup(qr.drawing(address))  # noqa: S704  # escaped in qr
    made.filters["in_css"] = in_css
    made.filters["in_sentence"] = in_sentence
    return made


def in_sentence(label: str) -> str:
    """Return a label as it stands inside a sentence: its first letter small, unless it begins with an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def on_disk(href: str) -> str:
    """Return a relative address that also works from a disk, where nobody finds `index.html` in a folder."""
    path, mark, fragment = href.partition("#")
    return f"{path}index.html{mark}{fragment}" if path.endswith("/") else href


def mark(number: int, href: str) -> str:
    """Return the mark of a citation: the number of its source, which leads there if it has an address."""
    if not href:
        return f'<sup class="cite">{number}</sup>'
    return f'<sup class="cite"><a href="{escape(href)}" aria-label="Source {number}">{number}</a></sup>'


def in_css(text: str) -> Markup:
    """Return a text as it can stand between the quotation marks of a style: every other sign is a number."""
    return Markup("".join(sign if sign.isascii() and sign.isalnum() else f"\\{ord(sign):06x}" for sign in text))  # noqa: S704


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its word: `1 case`, `3 cases`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


@dataclass(frozen=True)
class Glossary:
    """Finds glossary terms in running text."""

    vocabulary: Vocabulary

    @cached_property
    def forms(self) -> Mapping[str, Term]:
        """Every form of every term, folded, with its term."""
        found: dict[str, Term] = {}
        for term in self.vocabulary:
            for form in (term.label, *term.names):
                found.setdefault(form.casefold(), term)
        return found

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """Matches any form as a whole word, the longest first; None when there are no terms."""
        if not self.forms:
            return None
        alternatives = "|".join(re.escape(form) for form in sorted(self.forms, key=len, reverse=True))
        return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w-])", re.IGNORECASE)


@dataclass(frozen=True)
class Context:
    """The library, the site and the pictures, with what is prepared once for all pages.

    `sizes` are those of the handouts, in bytes by their paths.
    """

    library: Library
    site: Site
    pictures: Pictures = NONE
    environment: jinja2.Environment = field(default_factory=environment)
    sizes: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def glossary(self) -> Glossary:
        """The glossary."""
        return Glossary(self.library.vocabularies["glossary"])

    def embed_code(self, item: Item, *, resizing: bool = False) -> str:
        """Return the HTML that shows the card of an item in another page; `resizing` brings the script along."""
        return embed.code(embed.card(item, self.library), self.site, resizing=resizing)

    def page(self, address: str) -> Page:
        """Return the helper for the page at an address such as `cases/goiania-1987/`."""
        return Page(self, address)


@dataclass
class Page:
    """One page while it is written. Templates call it `page`."""

    context: Context
    address: str
    item: Item | None = None
    seen: set[str] = field(default_factory=set)

    @property
    def library(self) -> Library:
        """The library."""
        return self.context.library

    @property
    def site(self) -> Site:
        """The site."""
        return self.context.site

    def href(self, target: str) -> str:
        """Return the relative address from this page to another one, `target` from the root of the site."""
        return relative(target, self.address)

    def to_item(self, item: Item, fragment: str = "") -> str:
        """Return the relative address of an item, or of a part of it."""
        return self.href(item.address + (f"#{fragment}" if fragment else ""))

    def released(self, item: Item) -> dict[int, Release]:
        """Return the released versions of an item by their numbers, also those under ids that it had before."""
        ids = (*item.aliases, item.id)
        return {one.version: one for item_id in ids for one in self.library.releases.get(item_id, ())}

    def context_object(self, item: Item) -> str:
        """Return what a citation manager reads of an item in a list."""
        return context_object(item, self.library, self.site)

    def term(self, vocabulary: str, term_id: str) -> Term | None:
        """Return a term, or None where there is none."""
        terms = self.library.vocabularies[vocabulary]
        return terms.get(term_id)

    def label(self, vocabulary: str, term_id: str) -> str:
        """Return the label of a term."""
        return self.library.vocabularies[vocabulary].label(term_id)

    def marks(self, sources: Iterable[str]) -> Markup:
        """Return the citation marks of a list of source ids."""
        return Markup("".join(self._cite(source) for source in sources))  # noqa: S704  # escaped in _cite

    def line(self, text: str, sources: Iterable[str] = ()) -> Markup:
        """Return a plain text field as HTML, with its citations."""
        return Markup(self._prose(escape).line(text)) + self.marks(sources)  # noqa: S704  # escaped in Prose

    def passage(self, text: str) -> Markup:
        """Return a plain text of several paragraphs as HTML, with its citations; a blank line begins a new one."""
        paragraphs = (self.line(part) for part in _BLANK.split(text.strip()) if part)
        return Markup("\n").join(Markup("<p>{}</p>").format(part) for part in paragraphs)

    def section(self, heading: str) -> Markup:
        """Return the author's text of one section of the item as HTML."""
        return self.prose(self.section_tokens(heading))

    def prose(self, stream: Sequence[Token]) -> Markup:
        """Return the author's text as HTML."""
        return Markup(self._prose(self._explained).html(stream))  # noqa: S704  # escaped in Prose

    def section_tokens(self, heading: str) -> list[Token]:
        """Return the tokens of one section of the item."""
        return section(self.library.streams[self.item.id], heading) if self.item else []

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Numbers of the sources of the item by their ids."""
        return {source.id: number for number, source in enumerate(self.item.sources if self.item else (), 1)}

    def _prose(self, plain: Callable[[str], str]) -> Prose:
        return Prose(cite=self._cite, link=self._link, plain=plain)

    def _cite(self, source: str) -> str:
        number = self.numbers.get(source)
        return mark(number, f"#source-{source}") if number else ""

    def _link(self, address: str) -> str:
        if address.startswith(("https://", "http://", "mailto:")):
            return address
        if self.item is None:
            return ""
        path, _, fragment = address.partition("#")
        if not path:
            return f"#{fragment}"
        item_id = linked_item(path, posixpath.dirname(self.item.path))
        if not item_id:
            name = posixpath.basename(path)
            return name if name in self.item.images else ""
        item = self.library.named(item_id)
        return self.to_item(item, fragment) if item else ""

    def _explained(self, text: str) -> str:
        """Return text escaped, with each glossary term linked where the page uses it first."""
        pattern = self.context.glossary.pattern
        if pattern is None:
            return escape(text)
        parts, end = [], 0
        for match in pattern.finditer(text):
            term = self.context.glossary.forms[match.group().casefold()]
            if term.id not in self.seen:
                self.seen.add(term.id)
                parts += [escape(text[end : match.start()]), self._term_link(term, match.group())]
                end = match.end()
        return "".join(parts) + escape(text[end:])

    def _term_link(self, term: Term, words: str) -> str:
        href = self.href(f"glossary/#{term.id}")
        return f'<a class="term" href="{href}" data-definition="{escape(term.definition)}">{escape(words)}</a>'

    def artifact(self, template: str, title: str, description: str, **values: Any) -> Artifact:
        """Return the page drawn with a template; further values are for the template, `meta` for the front matter.

        The front matter has `head` too: what the head of the page says to machines, as HTML.
        """
        hide = {} if template in _WITH_CONTENTS else {"hide": ["toc"]}
        meta = {"title": title, "description": description, **hide, **values.pop("meta", {})}
        meta["head"] = head(self, meta["title"], description, values.get("trail", ()))
        body = self.context.environment.get_template(template).render(page=self, title=title, **values)
        # JSON is YAML, and json.dumps cannot be tricked into ending the front matter.
        fields = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in meta.items())
        source = self.item.path if self.item else ""
        return Artifact(f"{self.address}index.md", f"---\n{fields}---\n\n{body}", source)


def evidence(sources: Sequence[Source], vocabularies: Mapping[str, Vocabulary]) -> str:
    """Return how an item is sourced: `14 sources: 6 official, 3 reviewed, 5 press`."""
    if not sources:
        return "no sources of its own"
    types = vocabularies["source-types"]
    groups = [types[source.type].group for source in sources if source.type in types]
    parts = [f"{groups.count(group)} {label}" for group, label in types.groups.items() if group in groups]
    return f"{plural(len(sources), 'source')}: {', '.join(parts)}"
