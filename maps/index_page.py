"""The page that lists all maps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from .asset import asset, index_css, policy
from .page import Page
from .style import style_book
from .text import LANGUAGE_NAMES, LANGUAGES, Language, strings
from .thumbnail import thumbnail

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .builder import MapBuilder


def index_page(maps: Sequence[tuple[str, MapBuilder]], *, alternates: Mapping[Language, str] | None = None) -> Page:
    """List maps, each with its title, its introduction and a thumbnail.

    Parameters
    ----------
    maps
        Address and builder of each map, all in one language.
    alternates
        Addresses of this list in every language it exists in.

    Returns
    -------
    Page
        A page without any script.
    """
    lang: Language = maps[0][1].lang if maps else "en"
    ui = strings(lang)["ui"]
    style = index_css(style_book())
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    html = environment.from_string(asset("index.html.jinja")).render(
        tag="zh-Hans" if lang == "zh" else lang,
        ui=ui,
        cards=[_card(address, builder) for address, builder in maps],
        attribution=_attribution([builder for _, builder in maps]),
        as_of=(maps[0][1].as_of or maps[0][1].source.latest_date()) if maps else "",
        languages=_languages(alternates or {}, lang),
        policy=policy(style=style),
        style=Markup(style),  # noqa: S704  our own file
    )
    return Page(ui["index_title"], html)


def _card(address: str, builder: MapBuilder) -> dict[str, object]:
    theme = builder.theme
    return {
        "address": address,
        "title": theme.title.into(builder.lang),
        "intro": theme.intro.into(builder.lang),
        "thumbnail": thumbnail(theme.extent, builder.basemap(), builder.layers(), theme.book),
    }


def _attribution(builders: Sequence[MapBuilder]) -> str:
    words = [data.record.attribution for builder in builders for data in builder.basemap().values()]
    words += [drawn.record.attribution for builder in builders for drawn in builder.layers() if drawn.layer.visible]
    return " · ".join(dict.fromkeys(word for word in words if word))


def _languages(alternates: Mapping[Language, str], lang: Language) -> list[dict[str, object]]:
    return [
        {
            "lang": "zh-Hans" if other == "zh" else other,
            "name": LANGUAGE_NAMES[other],
            "href": alternates[other],
            "current": other == lang,
        }
        for other in LANGUAGES
        if other in alternates
    ]
