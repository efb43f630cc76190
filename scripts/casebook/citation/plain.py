"""A citation as one line of text, for a slide or a handout."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from casebook.citation.record import Record


def line(cited: Record) -> str:
    """Return how to cite a work, as one line of text."""
    names = ", ".join(one["literal"] for one in cited["author"])
    year = f" ({cited['issued']['date-parts'][0][0]})" if "issued" in cited else ""
    status = f", {cited['status']}" if "status" in cited else ""
    version = (
        f" {cited['publisher']}, {cited['genre'].lower()} {cited['number']}, version {cited['version']}{status}."
        if "number" in cited
        else ""
    )
    place = f" {cited['URL']}" if "URL" in cited else ""
    return f"{names}{year}. {cited['title']}.{version}{place}"
