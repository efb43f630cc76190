"""Properties that hold for any input, tried with a few examples; `make fuzz` tries many more with the same code."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from tests.fuzz import properties, strategies

# The same examples at every run: what is found by chance belongs into `make fuzz`.
few = settings(max_examples=40, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@few
@given(strategies.files)
def test_any_file_is_checked(raw: bytes) -> None:
    """A check of any bytes ends with findings whose codes are known and whose places are in the file."""
    properties.is_checked(raw)


@few
@given(strategies.files)
def test_any_file_is_read_alike(raw: bytes) -> None:
    """What was read is read again as itself."""
    properties.is_read_alike(raw)


@few
@given(strategies.edited)
def test_what_has_no_errors_is_drawn(raw: bytes) -> None:
    """What passes the check has a page, and nothing in the page could act."""
    properties.is_drawn(raw)


@few
@given(strategies.bodies)
def test_any_body_is_drawn_without_active_parts(body: str) -> None:
    """A page stays harmless, whatever stands in the body, as if no rule had refused it."""
    properties.body_is_drawn(body)
