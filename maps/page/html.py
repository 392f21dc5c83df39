"""The one module that knows folium: its element tree holds the map, the layers and the page.

folium's own templates are not used. They insert data into JavaScript and HTML unescaped, branca compiles what they
render once more as a Jinja template, and ids are random. Here an element carries finished, escaped text; ids count up
from zero in the order of creation; there is no remote asset.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, cast

import folium
from branca.element import Element, Figure
from markupsafe import Markup

from .template import icon, json_block, policy, template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


_SCRIPT = "<script>"  # the page's own; no other element of it, and no text, holds this tag
_BASE64 = re.compile(r"[A-Za-z0-9+/]*={0,2}(?:[A-Za-z0-9+/]+={0,2})*")


class _Verbatim(Element):
    """Text that is rendered unchanged."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_kwargs: object) -> str:
        return self.text


class _Block(folium.MacroElement):
    """A JSON block; the page's script draws it."""

    def __init__(self, block_id: str, value: object) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca's
        self._name = "DataBlock"
        self.block_id = block_id
        self.value = value

    def render(self, **_kwargs: object) -> str:
        text = Markup('<script type="application/json" id="{}">{}</script>\n').format(
            self.block_id, json_block(self.value)
        )
        cast("Figure", self.get_root()).html.add_child(_Verbatim(text), name=self.get_name())
        return ""


class _Map(folium.Map):
    """folium's map without its remote assets and its script: a labelled region that ours fills."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012  folium's attribute
    default_css: list[tuple[str, str]] = []  # noqa: RUF012  folium's attribute

    def __init__(self, label: str) -> None:
        super().__init__(tiles=None, zoom_control=False)
        self.label = label

    def render(self, **kwargs: object) -> str:
        text = Markup('<div id="map" role="region" aria-label="{}" data-text-label="map"></div>\n').format(self.label)
        cast("Figure", self.get_root()).html.add_child(_Verbatim(text), name=self.get_name())
        for child in self._children.values():
            child.render(**kwargs)
        return ""


class _Page(Figure):
    """The page around the map, from our own template, which escapes all values."""

    def __init__(
        self, frame: Mapping[str, object], *, script: str, style: str, images: Sequence[str], beside: bool
    ) -> None:
        super().__init__()
        self.beside = beside
        self.images = images
        self.frame = frame
        self.page_script = script
        self.page_style = style

    def render(self, **kwargs: object) -> str:
        for child in self._children.values():
            child.render(**kwargs)
        return template("page").render(
            **self.frame,
            icon=icon(),
            body=Markup(self.html.render()),  # noqa: S704  the elements escaped it
            policy=policy(script=self.page_script, style=self.page_style, images=self.images, beside=self.beside),
            script=Markup(self.page_script),  # noqa: S704  our own file
            style=Markup(self.page_style),  # noqa: S704  our own file
        )


def render_map(
    frame: Mapping[str, object],
    blocks: Mapping[str, object],
    *,
    label: str,
    script: str,
    style: str,
    images: Sequence[str] = (),
    pieces: Mapping[str, str] | None = None,
    beside: bool = False,
) -> str:
    """Render a map page.

    Parameters
    ----------
    frame
        Variables of the page template, as plain values; the template escapes them.
    blocks
        The JSON blocks by id, in order.
    label
        The accessible name of the map.
    script, style
        The page's one script and one stylesheet.
    images
        Origins that the page may ask for pictures.
    pieces
        Base64 by id, written unchanged after the blocks; they can be most of the page.
    beside
        Whether the page may load scripts from where it is itself.

    Returns
    -------
    str
        HTML; the same input gives the same text.
    """
    page = _Page(frame, script=script, style=style, images=images, beside=beside)
    chart = _Map(label).add_to(page, name="map")
    for block_id, value in blocks.items():
        _Block(block_id, value).add_to(chart, name=block_id)
    _number(page)
    page.html._children.clear()  # noqa: SLF001  branca offers no other way
    return _with_pieces(page.render(), pieces or {})


def _with_pieces(html: str, pieces: Mapping[str, str]) -> str:
    """Put the pieces before the page's script: pushed through the templates, each would be copied a dozen times.

    Raises
    ------
    ValueError
        When a piece holds anything but base64.
    """
    if not pieces:
        return html
    head, script, tail = html.rpartition(_SCRIPT)
    parts = [head]
    for piece_id, text in pieces.items():
        if not _BASE64.fullmatch(text):
            raise ValueError(f"expected base64 in {piece_id!r}")
        parts += [f'<script type="application/octet-stream" id="{piece_id}">', text, "</script>\n"]
    return "".join([*parts, script, tail])


def _number(root: Element) -> None:
    """Give every element of a tree an id that depends on its place only."""
    numbers = count()
    waiting = [root]
    while waiting:
        element = waiting.pop(0)
        element._id = f"{next(numbers):x}"  # noqa: SLF001  branca offers no other way
        waiting.extend(element._children.values())  # noqa: SLF001
