"""The Content-Security-Policy of a page: its own address and nothing else.

Source of the rules: W3C, Content Security Policy Level 3. Scripts that the theme writes into the page are allowed by
their hash, each page's own, so that `unsafe-inline` is not needed.
"""

from __future__ import annotations

import base64
import hashlib
import re

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE)
_CHARSET = re.compile(r'<meta charset="?utf-8"?\s*/?>', re.IGNORECASE)


def policy(html: str, *, preview: bool = False) -> str:
    """Return the policy that fits the scripts of a page; `preview` also allows the script of live reload."""
    hashes = " ".join(_hash(code) for code in _inline_scripts(html))
    scripts = "'unsafe-inline'" if preview else hashes
    return (
        f"default-src 'none'; script-src 'self' {scripts}".rstrip()
        + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        "worker-src 'self' blob:; manifest-src 'self'; form-action 'self'; base-uri 'self'; object-src 'none'"
    )


def protected(html: str, *, preview: bool = False) -> str:
    """Return a page with its policy, and with the referrer kept from other sites."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(html, preview=preview)}">'
    referrer = '<meta name="referrer" content="same-origin">'
    return _CHARSET.sub(lambda match: f"{match.group()}{meta}{referrer}", html, count=1)


def _inline_scripts(html: str) -> list[str]:
    found = (match for match in _SCRIPT.finditer(html) if "src=" not in match["attributes"])
    return list(dict.fromkeys(match["code"] for match in found if "application/json" not in match["attributes"]))


def _hash(code: str) -> str:
    digest = hashlib.sha256(code.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
