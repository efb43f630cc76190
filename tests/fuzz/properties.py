"""What holds for every file that anybody could send."""

from __future__ import annotations

from functools import cache

from tests.drawing import drawn
from tests.support import DRAFT, ROOT, SITE, base, real, real_screen, replaced

from casebook import build, load
from casebook.finding import LONGEST, Finding, Severity
from casebook.library import Library
from casebook.paths import repository
from casebook.registry import CASE_STUDY
from casebook.render import items
from casebook.render.page import Context, environment
from casebook.rules import RULES
from casebook.security import active_part

CODES = frozenset(rule.code for rule in RULES)
ALARM = "It began with an alarm.[^s1]"


@cache
def _corpus() -> build.Corpus:
    vocabularies, shapes = real()
    paths = repository(ROOT)
    return build.Corpus(paths, vocabularies, shapes, (), (), real_screen())


@cache
def _context() -> Context:
    return Context(Library.of((), _corpus().vocabularies), SITE, environment=environment())


def entry_of(raw: bytes) -> build.Entry:
    """Return what is read from the bytes of a file."""
    return build.Entry.of(load.parse(raw, DRAFT, CASE_STUDY), _corpus().shapes)


def findings_of(entry: build.Entry) -> list[Finding]:
    """Return the findings of an item that stands alone."""
    return sorted(build._entry_findings(entry, _corpus(), build._index([entry])))


def is_checked(raw: bytes) -> None:
    """Assert that a check ends, and that each finding has a known code and a place that is in the file."""
    last = len(raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"))
    for finding in findings_of(entry_of(raw)):
        assert finding.code in CODES
        assert finding.location.path == DRAFT
        assert 1 <= finding.location.line <= last, finding
        assert finding.location.column >= 1, finding
        assert 0 < len(finding.message) <= LONGEST
        assert "\n" not in finding.message + finding.hint


def is_read_alike(raw: bytes) -> None:
    """Assert that a file is read the same at every time, and that what was read is read again as itself."""
    first = load.parse(raw, DRAFT, CASE_STUDY)
    assert load.parse(raw, DRAFT, CASE_STUDY) == first
    if any(finding.code == load.NOT_UTF8.code for finding in first.findings):
        return
    again = load.parse(first.written.encode("utf-8"), DRAFT, CASE_STUDY)
    assert (again.data, again.body, again.written) == (first.data, first.body, first.written)


def is_drawn(raw: bytes) -> None:
    """Assert that a file without errors has a page, and that nothing in the page could act."""
    entry = entry_of(raw)
    if any(finding.severity is Severity.ERROR for finding in findings_of(entry)):
        return
    _assert_harmless(entry)


def body_is_drawn(body: str) -> None:
    """Assert that any body, drawn as if no rule had refused it, gives a page in which nothing could act."""
    content = replaced(base("draft"), [(ALARM, body)])
    entry = entry_of(content.encode("utf-8", errors="replace"))
    if entry.document.tree is not None:
        _assert_harmless(entry)


def _assert_harmless(entry: build.Entry) -> None:
    item = build._item(entry)
    library = Library.of([(item, entry.stream)], _corpus().vocabularies)
    [page] = items.pages(Context(library, SITE, environment=_context().environment))
    assert active_part(drawn(page)) == ""


def holds(raw: bytes) -> None:
    """Assert everything that holds for a file."""
    is_checked(raw)
    is_read_alike(raw)
    is_drawn(raw)
