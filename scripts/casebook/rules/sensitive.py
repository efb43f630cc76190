"""Nothing in an item looks like content that must stay protected.

The screen reads the whole file, comments and drafts included, for document markings, exact coordinates, numbers of
guards, response times, placement of cameras and alarms, keys and codes, amounts of material with their place, personal
data, and unpublished findings of missions. It knows the languages of the region, and it is no judge: what it does not
see can be sensitive, and what it sees can be harmless. Its expressions stand in `schema/screen.yml`.

**Mend it:** make it more general, drop it, or ask the owner of the information. When it is harmless public
information, record that in the item, and say why. The page of the item shows it.

```yaml
clearance:
  exceptions:
    - check: document-marking
      text: stamped OFFICIAL USE ONLY
      reason: The regulator published the page with its old stamp, see s3.
```

An exception lets stand what the check sees within these words, and nothing else. When it silences nothing, it is
itself reported: delete it.
"""

from __future__ import annotations

import bisect
from itertools import islice
from typing import TYPE_CHECKING

from casebook import screen
from casebook.finding import Finding, Location, Rule, Severity, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from casebook.load import Document
    from casebook.rules._subject import Subject

RULE = Rule("sensitive", __doc__, Severity.WARNING)
# Reports are public where a check runs in public; they do not repeat more than is needed to find the place.
SHOWN = 24
# The schema allows no more; a rule meets what the schema refuses too.
MOST_EXCEPTIONS, LONGEST_EXCEPTION = 20, 200


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a warning for each match that no exception covers, and for each exception that covers none."""
    document, text = subject.document, subject.document.written
    place, (first, last) = screen.places(text), _clearance_lines(document)
    found = [one for one in screen.matches(subject.screen, text) if not first <= place(one.start)[0] < last]
    covered: set[screen.Match] = set()
    for index, entry in islice(subject.entries("clearance", "exceptions"), MOST_EXCEPTIONS):
        permission = screen.Permission(str(entry.get("check", "")), str(entry.get("text", ""))[:LONGEST_EXCEPTION])
        used = _used(permission, found, text)
        covered |= used
        if not used:
            yield _unused(permission, document.at("clearance", "exceptions", index), subject.screen)
    yield from (_finding(one, text, Location(document.path, *place(one.start))) for one in found if one not in covered)


def seen(text: str, path: str, checks: screen.Screen) -> Iterator[Finding]:
    """Yield a warning for each match in a text that is no item."""
    place = screen.places(text)
    yield from (_finding(one, text, Location(path, *place(one.start))) for one in screen.matches(checks, text))


def _clearance_lines(document: Document) -> tuple[int, int]:
    """Return the first line of the field `clearance` and the first one after it: exceptions repeat what they allow."""
    if "clearance" not in document.data:
        return 0, 0
    starts = sorted(document.at_key(key).line for key in document.data)
    first = document.at_key("clearance").line
    return first, next((line for line in starts if line > first), document.body_offset + 1)


def _used(permission: screen.Permission, found: Sequence[screen.Match], text: str) -> set[screen.Match]:
    spans = screen.permitted(text, permission)
    starts = [start for start, _ in spans]

    def covers(match: screen.Match) -> bool:
        index = bisect.bisect_right(starts, match.start) - 1
        return index >= 0 and match.end <= spans[index][1]

    return {match for match in found if match.check.id == permission.check and covers(match)}


def _unused(permission: screen.Permission, where: Location, checks: screen.Screen) -> Finding:
    ids = [one.id for one in checks]
    if permission.check not in ids:
        return RULE.at(where, f"the screen has no check `{permission.check}`", nearest(permission.check, ids))
    return RULE.at(where, f"this exception to `{permission.check}` silences nothing", "delete it, or mend its `text`")


def _finding(match: screen.Match, text: str, where: Location) -> Finding:
    words = " ".join(text[match.start : match.end].split())
    shown = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
    message = f"{match.check.label.lower()}: '{shown}'. {match.check.why}"
    hint = f"{match.check.remedy} If it is harmless, record it in `clearance.exceptions`: check `{match.check.id}`"
    return RULE.at(where, message, f"{hint}, text, reason")
