"""The page that lists all maps."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from maps.i18n.text import LANGUAGE_TAGS, LANGUAGES, Language, strings
from maps.page.blocks import with_looks
from maps.page.page import Page
from maps.page.template import asset, icon, index_css, index_script, json_block, policy
from maps.page.words import switch_of
from maps.themes.style import style_book

from .thumbnail import thumbnail

if TYPE_CHECKING:
    from collections.abc import Sequence

    from maps.builder import MapBuilder
    from maps.themes.model import Theme

_SAID = ("as_of", "language")
# The order in which one reads the maps: where the border is, what crosses it, what comes of it, what is said of it.
READING = (
    "overview",
    "border",
    "crossings",
    "corridor",
    "continental",
    "routes",
    "trade",
    "zones",
    "power",
    "minerals",
    "claims",
)


def index_page(maps: Sequence[tuple[str, MapBuilder]]) -> Page:
    """List maps in the order in which one reads them, each with its title, its introduction and a thumbnail; the first leads.

    Parameters
    ----------
    maps
        Address and builder of each map, all in the same languages.

    Returns
    -------
    Page
        Its one script switches the language; what it says in the first stands in the page.
    """
    maps = sorted(maps, key=lambda entry: _place(entry[1].theme.name))  # stable: maps of others stay in their order
    langs = maps[0][1].langs if maps else LANGUAGES
    opening = langs[0]
    told = [builder.told for _, builder in maps]
    words = {lang: _words(told, lang) for lang in langs}
    style, script = index_css(style_book()), index_script()
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    html = environment.from_string(asset("templates/index.html.jinja")).render(
        tag=LANGUAGE_TAGS[opening],
        words=words[opening],
        cards=[_card(address, builder) for address, builder in maps],
        attribution=_attribution([builder for _, builder in maps]),
        as_of=(maps[0][1].as_of or maps[0][1].source.latest_date()) if maps else "",
        languages=switch_of(langs),
        block=json_block({"langs": langs, "words": words, "strings": {}, "blocks": {"layers": [], "basemap": []}}),
        icon=icon(),
        policy=policy(script=script, style=style),
        script=Markup(script),  # noqa: S704  our own file
        style=Markup(style),  # noqa: S704  our own file
    )
    return Page(words[opening]["title"], html)


def _place(name: str) -> int:
    return READING.index(name) if name in READING else len(READING)


def _words(themes: Sequence[Theme], lang: Language) -> dict[str, str]:
    ui = strings(lang)["ui"]
    words = {"title": ui["index_title"], "intro": ui["index_intro"], **{key: ui[key] for key in _SAID}}
    for number, theme in enumerate(themes):
        words[f"title-{number}"] = theme.title.into(lang)
        words[f"intro-{number}"] = theme.intro.into(lang)
    return words


def _card(address: str, builder: MapBuilder) -> dict[str, object]:
    layers = builder.layers()
    theme = with_looks(builder.theme, layers)
    return {
        "address": quote(address),
        "thumbnail": thumbnail(theme.extent, builder.basemap(), layers, theme.book),
    }


def _attribution(builders: Sequence[MapBuilder]) -> str:
    words = [data.record.attribution for builder in builders for data in builder.basemap().values()]
    words += [drawn.record.attribution for builder in builders for drawn in builder.layers() if drawn.layer.visible]
    return " · ".join(dict.fromkeys(word for word in words if word))
