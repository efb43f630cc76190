"""The Content-Security-Policy of a page: its own address and nothing else. And what in a page could act on its own.

Source of the rules: W3C, Content Security Policy Level 3. Scripts that the theme writes into the page are allowed by
their hash, each page's own, so that `unsafe-inline` is not needed.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

import nh3

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE)
# Data does not run: JSON, and what is built on it, such as JSON-LD.
_DATA = re.compile(r"""(?<![\w-])type=["']?application/(?:[\w.-]+\+)?json\b""", re.IGNORECASE)
_CHARSET = re.compile(r'<meta charset="?utf-8"?\s*/?>', re.IGNORECASE)


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Elements that run, load, send or restyle, and attributes that do. No page of an item needs one of them.
_ACTIVE = _names(
    "script iframe frame frameset object embed applet portal base link meta style form template noembed noframes "
    "audio video source track foreignObject math annotation-xml"
)
# The sanitiser never keeps these, so that its two results are equal: an animation can set an address.
_ANIMATION = re.compile(r"<(?:animate\w*|set|handler)[\s/>]", re.IGNORECASE)
_ACTIVE_ATTRIBUTES = _names("srcdoc srcset http-equiv xlink:href formaction ping background")
# What else is read, so that an active part within it is seen.
_PLAIN = _names(
    "a abbr article aside b blockquote br button caption circle code dd details div dl dt em figcaption figure g h1 h2 "
    "h3 h4 h5 h6 header hr i img input label li line nav ol p path polygon pre rect section span strong summary svg "
    "table tbody td text textarea tfoot th thead time title tr tspan ul use"
)
_ADDRESSES = _names("href src action cite data poster type")
_SAFE_SCHEMES = _names("http https mailto")
_ACTIVE_SCHEMES = _names("javascript vbscript data file blob about filesystem")
_EXCERPT = 80


@cache
def _cleaner(*, strict: bool) -> nh3.Cleaner:
    """Return a sanitiser that removes active parts, or one that keeps them; in all else the two are equal."""
    return nh3.Cleaner(
        tags=set(_PLAIN if strict else _PLAIN | _ACTIVE),
        clean_content_tags=set(),
        attributes={"*": set(_ADDRESSES if strict else _ADDRESSES | _ACTIVE_ATTRIBUTES)},
        generic_attribute_prefixes=set() if strict else {"on"},
        url_schemes=set(_SAFE_SCHEMES if strict else _SAFE_SCHEMES | _ACTIVE_SCHEMES),
        link_rel=None,
    )


def active_part(html: str) -> str:
    """Return the beginning of the first part of a content that could act on its own, or an empty text.

    Active is what a sanitiser takes out: scripts, frames, forms, event handlers, addresses such as `javascript:`.
    """
    kept, clean = _cleaner(strict=False).clean(html), _cleaner(strict=True).clean(html)
    if kept == clean:
        animation = _ANIMATION.search(html)
        return html[animation.start() :][:_EXCERPT] if animation else ""
    same = next((at for at, (one, other) in enumerate(zip(kept, clean, strict=False)) if one != other), len(clean))
    start = max(kept.rfind("<", 0, same + 1), 0)
    return kept[start : start + _EXCERPT]


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
    return list(dict.fromkeys(match["code"] for match in found if not _DATA.search(match["attributes"])))


def _hash(code: str) -> str:
    digest = hashlib.sha256(code.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
