"""The page that lists all maps."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from maps.features.geojson import geometry_kind, properties_of
from maps.i18n.text import LANGUAGE_TAGS, LANGUAGES, NAME_PROPERTIES, Language, Text, strings
from maps.page.drawn import with_looks
from maps.page.page import Page
from maps.page.template import icon, index_css, index_script, json_block, policy, template
from maps.page.words import switch_of
from maps.themes.style import style_book

from .thumbnail import thumbnail

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from maps.builder import MapBuilder
    from maps.features.geojson import Feature
    from maps.page.drawn import DrawnLayer
    from maps.themes.model import Theme

_SAID = ("as_of", "language")
# Reading order of the maps: the border, its crossings, their effects, claims about it.
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


@dataclass(frozen=True, slots=True)
class Card:
    """The entry of a map in the index.

    Attributes
    ----------
    thumbnail
        Inline SVG.
    attributions
        Whose data it shows, the base map first.
    title, intro
        Title and introduction.
    names
        Names that are written on the thumbnail, by their key on the page.
    """

    title: Text
    intro: Text
    thumbnail: Markup
    attributions: tuple[tuple[str, ...], tuple[str, ...]]
    names: Mapping[str, Text] = field(default_factory=dict)


def card_of(builder: MapBuilder, layers: Sequence[DrawnLayer] | None = None) -> Card:
    """Draw the card of a map.

    Parameters
    ----------
    builder
        The map.
    layers
        Its layers, where they have been drawn already.
    """
    layers = builder.layers() if layers is None else layers
    theme = with_looks(builder.filled_theme, layers)
    base = builder.basemap()
    attributions = (
        tuple(data.record.attribution for data in base.values()),
        tuple(drawn.record.attribution for drawn in layers if drawn.layer.visible),
    )
    callout_points = _named(theme, layers)
    picture = thumbnail(
        theme.extent, base, layers, theme.book, [(feature, key) for key, feature in callout_points.items()]
    )
    names = {key: _name(feature) for key, feature in callout_points.items()}
    return Card(theme.title, theme.intro, picture, attributions, names)


def index_page(maps: Sequence[tuple[str, MapBuilder]], cards: Mapping[str, Card] | None = None) -> Page:
    """List maps in the order in which one reads them, each with its title, its introduction and a thumbnail; the first leads.

    Parameters
    ----------
    maps
        Address and builder of each map, all in the same languages.
    cards
        Cards that have been drawn already, by address.

    Returns
    -------
    Page
        Its one script switches the language; the page is written in the first.
    """
    maps = sorted(maps, key=lambda entry: _place(entry[1].theme.name))  # stable: maps of others stay in their order
    langs = maps[0][1].langs if maps else LANGUAGES
    opening = langs[0]
    cards_by_address = cards or {}
    card_by_address = {address: cards_by_address.get(address) or card_of(builder) for address, builder in maps}
    words = {lang: _words([card_by_address[address] for address, _ in maps], lang) for lang in langs}
    style, script = index_css(style_book()), index_script()
    html = template("index").render(
        tag=LANGUAGE_TAGS[opening],
        words=words[opening],
        cards=[{"address": quote(address), "thumbnail": card_by_address[address].thumbnail} for address, _ in maps],
        attribution=_attribution([card_by_address[address] for address, _ in maps]),
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


def _named(theme: Theme, layers: Iterable[DrawnLayer]) -> dict[str, Feature]:
    """Points of the callouts of a map, by the key of their names on the page."""
    ids = [callout.at for callout in theme.story.callouts if not callout.is_dated]
    points = {
        str(feature["id"]): feature
        for drawn in layers
        for feature in drawn.features
        if feature.get("id") in ids and geometry_kind(feature) == "point"
    }
    return {f"{theme.name}:{key}": points[key] for key in ids if isinstance(key, str) and key in points}


def _name(feature: Feature) -> Text:
    properties = properties_of(feature)
    return Text(*(str(properties.get(NAME_PROPERTIES[lang]) or "") for lang in LANGUAGES))


def _words(cards: Sequence[Card], lang: Language) -> dict[str, str]:
    ui = strings(lang)["ui"]
    words = {"title": ui["index_title"], "intro": ui["index_intro"], **{key: ui[key] for key in _SAID}}
    for number, card in enumerate(cards):
        words[f"title-{number}"] = card.title.into(lang)
        words[f"intro-{number}"] = card.intro.into(lang)
        words |= {key: name.into(lang) for key, name in card.names.items()}
    return words


def _attribution(cards: Sequence[Card]) -> str:
    words = [word for card in cards for word in card.attributions[0]]
    words += [word for card in cards for word in card.attributions[1]]
    return " · ".join(dict.fromkeys(word for word in words if word))
