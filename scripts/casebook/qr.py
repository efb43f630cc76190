"""QR codes of addresses, as SVG for pages and handouts, and as PNG for slides."""

from __future__ import annotations

from functools import cache
from html import escape
from io import BytesIO

import segno


@cache
def drawing(address: str, about: str = "", *, on_paper: bool = False) -> str:
    """Return the QR code of an address as an SVG element, which is also a whole file.

    It is dark on light, whatever the colours around it, with the light border that ISO/IEC 18004 asks for; on white
    paper both are there already. Its name for those who do not see it is `QR code of ADDRESS`.

    Args:
        address: where it leads.
        about: what is found there, for its name.
        on_paper: whether it stands on white paper.
    """
    words = f"QR code of {address}{f', {about}' if about else ''}"
    written = BytesIO()
    segno.make_qr(address, error="m").save(
        written,
        kind="svg",
        title=words,
        light=None if on_paper else "#fff",
        border=0 if on_paper else 4,
        xmldecl=False,
        omitsize=True,
        nl=False,
        svgclass="qr",
    )
    named = f'<svg role="img" aria-label="{escape(words)}"'
    return written.getvalue().decode("utf-8").replace("<svg", named, 1)


@cache
def picture(address: str) -> bytes:
    """Return the QR code of an address as PNG, for programs that cannot draw SVG, with its light border."""
    written = BytesIO()
    segno.make_qr(address, error="m").save(written, kind="png", scale=10, border=4)
    return written.getvalue()
