"""The parts of a page that do not change: Leaflet, our scripts, stylesheets and templates."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from maps.errors import VendorError

from .encode import json_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.themes.style import StyleBook

_HERE = Path(__file__).parents[1]
_ASSETS = _HERE / "assets"
_VENDOR = _HERE / "vendor"
_TRIMMED = frozenset({"story", "claims"})  # their lines are written once a language


@cache
def vendored(name: str) -> str:
    """Text of a vendored file, checked against its pinned hash.

    Raises
    ------
    VendorError
        When the file is not the one that ``vendor.json`` pins.
    """
    pinned = json.loads((_VENDOR / "vendor.json").read_text(encoding="utf-8"))
    content = (_VENDOR / name).read_bytes()
    expected = {file["path"]: file["sha256"] for library in pinned["libraries"] for file in library["files"]}.get(name)
    actual = hashlib.sha256(content).hexdigest()
    if actual != expected:
        raise VendorError(f"{name}: expected sha256 {expected}, got {actual}; restore the vendored file")
    return content.decode().replace("\r\n", "\n")  # as a browser normalises line ends before it computes hashes


@cache
def asset(name: str) -> str:
    """Text of one of our own files in ``maps/assets``."""
    return (_ASSETS / name).read_text(encoding="utf-8")


@cache
def template(name: str) -> jinja2.Template:
    """Compile one of our templates, once for all pages; it escapes all values."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=name in _TRIMMED)
    return environment.from_string(asset(f"templates/{name}.html.jinja"))


@cache
def script() -> str:
    """Build the one script of a map page: Leaflet, then our modules as ``scripts/bundle`` made them one file."""
    leaflet = re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "", vendored("leaflet/leaflet.js"))
    return f"{leaflet}\n{asset('bundle/page.js')}"


@cache
def icon() -> str:
    """Icon of every page, as an address that holds the picture itself."""
    return f"data:image/svg+xml;base64,{base64.b64encode(asset('icon.svg').strip().encode()).decode()}"


def index_script() -> str:
    """Script of the index page."""
    return asset("bundle/index.js")


@cache
def leaflet_css() -> str:
    """Leaflet's stylesheet without the rules that fetch an image or address an old browser."""
    css = vendored("leaflet/leaflet.css")
    return re.sub(r"\s*(?:background-image|behavior):\s*url\([^)]*\);", "", css)


def map_css(book: StyleBook, *, story: bool = False) -> str:
    """Stylesheet of a map page, with or without a story."""
    text = f"{leaflet_css()}\n{book.css()}\n{asset('bundle/page.css')}\n{asset('bundle/compare.css')}"
    return f"{text}\n{asset('bundle/story.css')}" if story else text


def index_css(book: StyleBook) -> str:
    """Stylesheet of the index page."""
    return f"{book.css()}\n{asset('bundle/index.css')}"


@lru_cache(maxsize=8)
def content_hash(text: str) -> str:
    """Hash of an inline script or style, as a content security policy writes it.

    Examples
    --------
    >>> content_hash("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def policy(*, script: str = "", style: str = "", images: Sequence[str] = (), beside: bool = False) -> str:
    """Content security policy: this very script and style, pictures from the origins named, scripts from beside the page."""
    rules = [
        "default-src 'none'",
        f"script-src {content_hash(script) if script else chr(39) + 'none' + chr(39)}" + " 'self'" * beside,
        f"style-src {content_hash(style)}",
        " ".join(["img-src data:", *images]),
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(rules)


def json_block(value: object) -> Markup:
    r"""Write JSON for a ``<script type="application/json">``: no character in it can end the block or start markup.

    Examples
    --------
    >>> json_block({"name": "</script><b>&"})
    Markup('{"name":"\\u003c/script\\u003e\\u003cb\\u003e\\u0026"}')
    """
    text = json_text(value)
    for char in _MARKUP:  # a pass each is faster than one that looks every character up
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704  nothing in it can be markup any more


_MARKUP = "<>&\u2028\u2029"
