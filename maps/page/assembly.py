"""Assembles a page from the parts of a builder: words, blocks of data, and the template."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from geo import parse_date
from maps.features.derived import DerivedSource
from maps.features.geojson import LayerData
from maps.features.source import NetworkSource, data_of
from maps.i18n.text import LANGUAGE_TAGS, strings

from .base import base_block, bounds_of
from .blocks import layer_block, page_block, pieces
from .claim_notes import claims_block
from .claims_table import claim_words
from .credit import credits_of, demanded, works_of
from .drawn import with_looks
from .page import Page, Parts
from .planner import planner_block
from .story import Setting, claim_section, story_section
from .template import map_css, script
from .words import page_words, switch_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maps.features.geojson import Citation
    from maps.features.osm import OsmBase
    from maps.features.source import FeatureSource
    from maps.i18n.text import Language
    from maps.themes.model import Theme

    from .credit import Credit
    from .drawn import DrawnLayer
    from .options import PageOptions

PLANNER = "tumen-planner"


@dataclass(frozen=True, slots=True)
class Gathered:
    """The parts of a page.

    Attributes
    ----------
    theme
        Its texts are filled.
    langs
        Languages that the page can be switched to; it opens in the first.
    source
        Where the layers came from.
    options, index, claims
        As in `maps.MapBuilder`.
    as_of, day
        The day as the caller named it, and as the page opens at: ``YYYY-MM-DD``.
    layers, base, osm
        Layers of the theme, reference layers by name, base map of an extract.
    """

    theme: Theme
    langs: Sequence[Language]
    source: FeatureSource
    options: PageOptions
    index: str
    claims: str
    as_of: str | None
    day: str
    layers: Sequence[DrawnLayer]
    base: Mapping[str, LayerData]
    osm: OsmBase | None


def assemble(gathered: Gathered) -> Page:
    """Make the page.

    Returns
    -------
    Page
        The same input gives the same bytes.

    Raises
    ------
    FeatureError
        When the story compares routes and one leads nowhere.
    """
    from .html import render_map  # folium takes most of a second to import

    gathered = replace(gathered, theme=with_looks(gathered.theme, gathered.layers))
    theme, osm, tiles = gathered.theme, gathered.osm, gathered.options.tiles
    source = DerivedSource(gathered.source) if theme.story else gathered.source
    citations = source.citations()
    credits_by = _credits(gathered)
    words = _words(gathered, credits_by)
    opening = gathered.langs[0]
    layers = pieces(gathered.layers)
    parts = Parts.of(gathered.options.split, layers) if gathered.options.split and layers else None
    html = render_map(
        _frame(gathered, words[opening], credits_by[opening], citations),
        _blocks(gathered, words, citations, parts),
        label=words[opening]["map"],
        script=script(),
        style=map_css(theme.book, story=bool(theme.story)),
        images=tiles.origins if tiles else (),
        pieces=({} if parts else layers)
        | ({f"tumen-osm-{n}": text for n, text in enumerate(osm.pieces)} if osm else {}),
        beside=parts is not None,
    )
    return Page(words[opening]["title"], html, gathered.options.simplify_m, gathered.layers, parts)


def _credits(gathered: Gathered) -> dict[Language, list[Credit]]:
    base = [*gathered.base.values(), *([LayerData(gathered.osm.record)] if gathered.osm else [])]
    return {lang: credits_of(gathered.layers, base, lang) for lang in gathered.langs}


def _words(gathered: Gathered, credits_by: Mapping[Language, Sequence[Credit]]) -> dict[Language, dict[str, str]]:
    """Words of the page by language, including those of the claims that it shows."""
    articles = () if gathered.options.embed else gathered.theme.story.claims
    return {
        lang: page_words(gathered.theme, credits_by[lang], lang, simplified_m=gathered.options.simplify_m)
        | claim_words(articles, lang, data_of(gathered.source))
        for lang in gathered.langs
    }


def _blocks(
    gathered: Gathered,
    words: Mapping[Language, Mapping[str, str]],
    citations: Mapping[str, Citation],
    parts: Parts | None,
) -> dict[str, object]:
    """Blocks of JSON by their id."""
    theme, layers, osm, tiles = gathered.theme, gathered.layers, gathered.osm, gathered.options.tiles
    planner = _planner(gathered, citations)
    claims = {**claims_block(layers, gathered.source, gathered.langs), "page": gathered.claims}
    page = page_block(
        theme, layers, gathered.base, words, gathered.day, claims=claims, planner=PLANNER if planner else ""
    )
    if osm and not gathered.base:
        page["baseExtent"] = bounds_of(theme, osm.box)
    if _is_past(gathered):
        rows = cast("list[object]", page["callouts"])
        page["callouts"] = [row for row, callout in zip(rows, theme.story.callouts, strict=True) if callout.is_dated]
    optional = {"tiles": tiles.block() if tiles else None, "osm": osm.about if osm else None}
    optional |= {"parts": parts.block() if parts else None}
    blocks: dict[str, object] = {"tumen-page": page | optional}
    if planner:
        blocks[PLANNER] = planner
    blocks.update({f"tumen-base-{name}": base_block(data) for name, data in gathered.base.items()})
    blocks.update({f"tumen-layer-{n}": layer_block(drawn, gathered.langs) for n, drawn in enumerate(layers)})
    return blocks


def _planner(gathered: Gathered, citations: Mapping[str, Citation]) -> dict[str, str] | None:
    """Block of the network, where the theme asks for one and the source has one."""
    if not (gathered.theme.planner and isinstance(gathered.source, NetworkSource)):
        return None
    return planner_block(gathered.source.network(), gathered.source.node_names(), citations, gathered.langs)


def _frame(
    gathered: Gathered, words: Mapping[str, str], credit_list: Sequence[Credit], citations: Mapping[str, Citation]
) -> dict[str, object]:
    """Values of the template, in the language that the page opens in."""
    theme, options, tiles = gathered.theme, gathered.options, gathered.options.tiles
    settings = [Setting(lang, citations, gathered.as_of, data_of(gathered.source)) for lang in gathered.langs]
    stories = [story_section(theme.story, setting, shown=setting is settings[0]) for setting in settings]
    panel = ("story", "text_and_legend") if theme.story else ("ui", "legend")
    opening = gathered.langs[0]
    return {
        "tag": LANGUAGE_TAGS[opening],
        "words": words,
        "ui": strings(opening)["ui"],
        "stories": [story for story in stories if story and not options.embed],
        "claim_table": "" if options.embed else claim_section(theme.story, settings[0]),
        "wide": bool(theme.story.claims),
        "panel_word": ":".join(panel),
        "panel_title": settings[0].word(*panel),
        "views": len(theme.views) > 0,
        "credits": credit_list,
        "works": works_of(gathered.layers, citations),
        "attribution": " · ".join([*([tiles.attribution] if tiles else []), demanded(credit_list)]),
        "tile_hosts": ", ".join(tiles.hosts) if tiles else "",
        **_dates(gathered),
        "languages": switch_of(gathered.langs),
        "planner": bool(theme.planner and isinstance(gathered.source, NetworkSource)),
        "index": gathered.index,
        "simplified": bool(options.simplify_m),
        "embed": options.embed,
        "address": options.address,
        "card": options.card,
    }


def _is_past(gathered: Gathered) -> bool:
    """Whether the page opens at an earlier day than the newest on record, of which callouts without a validity are written."""
    latest = gathered.source.latest_date()
    return bool(latest and gathered.day) and parse_date(gathered.day).precedes(parse_date(latest))


def _dates(gathered: Gathered) -> dict[str, object]:
    """Give the day that is shown, and the newest on record where that is another."""
    latest = gathered.source.latest_date()
    as_of = gathered.as_of or latest
    return {
        "as_of": as_of,
        "latest": latest if latest != as_of and gathered.theme.layers else "",
        "beyond": bool(latest and as_of) and parse_date(latest).precedes(parse_date(as_of)),
    }
