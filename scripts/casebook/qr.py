"""QR codes of addresses as SVG, for slides, handouts and pages."""

from __future__ import annotations

from functools import cache
from html import escape
from io import BytesIO

import segno


@cache
def drawing(address: str, about: str = "", border: int = 4) -> str:
    """Return the QR code of an address as an SVG element, which is also a whole file.

    It is dark on light, whatever the colours around it. Its name for those who do not see it is `QR code of ADDRESS`.

    Args:
        address: where it leads.
        about: what is found there, for its name.
        border: width of the light border in modules. ISO/IEC 18004 asks for four, which white paper gives by itself.
    """
    words = f"QR code of {address}{f', {about}' if about else ''}"
    written = BytesIO()
    segno.make_qr(address, error="m").save(
        written,
        kind="svg",
        title=words,
        light="#fff",
        border=border,
        xmldecl=False,
        omitsize=True,
        nl=False,
        svgclass="qr",
    )
    named = f'<svg role="img" aria-label="{escape(words)}"'
    return written.getvalue().decode("utf-8").replace("<svg", named, 1)
