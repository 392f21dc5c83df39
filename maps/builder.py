"""Maps, put together step by step."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .asset import map_css, script
from .credit import attribution_of, credits_of
from .data import (
    DatedSource,
    FeatureSource,
    GeoInterface,
    LayerData,
    PackagedLayers,
)
from .errors import FeatureError, UnknownSourceError, nearest
from .own import data_of, kinds_of, read_own
from .page import Page
from .payload import DrawnLayer, base_block, draw, draw_bulk, ever_shown, layer_block, page_block, pieces
from .route_layer import RouteLike, route_features
from .text import LANGUAGE_NAMES, LANGUAGES, Language, Text, check_language, strings
from .theme import Symbol, Theme, ThemeLayer, default_layer, load_theme, plain_symbols, themes

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geopandas import GeoDataFrame

    from .bulk import BulkData

_TAGS: Mapping[Language, str] = {"en": "en", "ko": "ko", "ru": "ru", "zh": "zh-Hans"}


@dataclass(frozen=True, slots=True)
class _Added:
    """A layer that came in by `MapBuilder.add`: its look, and its features unless they are one of our layers."""

    layer: ThemeLayer
    data: LayerData | BulkData | None = None


@dataclass(frozen=True, slots=True)
class MapBuilder:
    """A map in the making. Every step gives a new builder and leaves the old one as it was.

    Attributes
    ----------
    theme
        A `Theme`, the name of a built-in one, or the path of a theme file.
    lang
        Language of the page: ``en``, ``ko``, ``ru`` or ``zh``.
    as_of
        The day whose state is shown, ISO 8601 of any precision; by default the newest the data knows.
    source
        Where layers come from.
    alternates
        Addresses of the same page in other languages, by language.
    index
        Address of the page that lists all maps.

    Raises
    ------
    ThemeError
        When the theme is wrong.
    LanguageError
        When the pages do not speak the language.

    Examples
    --------
    >>> builder = MapBuilder("corridor", lang="ru").add({"type": "Point", "coordinates": [130.64, 42.42]}, title="Here")
    >>> [added.layer.title.en for added in builder.added]
    ['Here']
    """

    theme: Theme = field()
    lang: Language = "en"
    as_of: str | None = None
    source: FeatureSource = field(default_factory=PackagedLayers)
    alternates: Mapping[Language, str] = field(default_factory=dict)
    index: str = ""
    added: tuple[_Added, ...] = ()

    def __init__(
        self,
        theme: Theme | str | Path,
        *,
        lang: str = "en",
        as_of: str | None = None,
        source: FeatureSource | None = None,
        alternates: Mapping[Language, str] | None = None,
        index: str = "",
        added: tuple[_Added, ...] = (),
    ) -> None:
        values = {
            "theme": theme if isinstance(theme, Theme) else load_theme(theme),
            "lang": check_language(lang),
            "as_of": as_of,
            "source": source or PackagedLayers(),
            "alternates": dict(alternates or {}),
            "index": index,
            "added": added,
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def add(
        self,
        what: str | GeoDataFrame | GeoInterface | Mapping[str, object],
        *,
        title: str | Text | None = None,
        style: str | None = None,
        symbols: Sequence[Symbol] = (),
        group: str = "own",
        order: str = "",
    ) -> MapBuilder:
        """Add a layer on top.

        More than a few thousand features are packed into columns and drawn on a canvas (see ``docs/big-layers.md``).

        Parameters
        ----------
        what
            The name of one of our layers, a GeoDataFrame with a CRS, a GeoJSON mapping, or any object with
            ``__geo_interface__``.
        title
            Its title in the legend; by default that of the layer.
        style
            A named style for all of it; by default the look of our layer, or a plain one.
        symbols
            Rules in place of one style, the first that a feature meets is taken.
        group
            The group of the legend.
        order
            A column of numbers of a GeoDataFrame: of many features, those of the greater show on small scales.

        Returns
        -------
        MapBuilder
            A new builder.

        Raises
        ------
        UnknownSourceError
            When a name is not one of our layers, or a style or group does not exist.
        FeatureError
            When the features cannot be drawn: a frame without a CRS, a position that is none.
        """
        for name, known in ((style, self.theme.book.styles), (group, self.theme.groups)):
            if name is not None and name not in known:
                raise UnknownSourceError(name, known)
        layer_id = f"added-{len(self.added)}"
        words = Text(title) if isinstance(title, str) else title
        if isinstance(what, str):
            base = default_layer(what)
            if base is None:
                raise UnknownSourceError(what, [layer.source for layer in self.theme.layers])
            rules = tuple(symbols) or ((Symbol(style, Text("")),) if style else base.symbols)
            added = _Added(replace(base, id=layer_id, title=words or base.title, symbols=rules))
        else:
            data = data_of(what, layer_id, order)
            kinds = kinds_of(data)
            rules = tuple(symbols) or plain_symbols(kinds, style)
            layer = ThemeLayer(layer_id, layer_id, words or Text(data.record.title), group, symbols=rules)
            added = _Added(layer, data)
        return replace(self, added=(*self.added, added))

    def add_route(self, route: RouteLike | Mapping[str, object], *, title: str | Text = "") -> MapBuilder:
        """Add a route: its legs by mode, and its two ends.

        Parameters
        ----------
        route
            A `geo.Route`, or the FeatureCollection that its ``to_geojson`` gives: a LineString for each leg, with its
            ``mode`` and its ends ``from`` and ``to``.
        title
            Its title in the legend.

        Raises
        ------
        FeatureError
            When the route has no legs with a geometry.
        """
        data, layer = route_features(
            route, f"route-{len(self.added)}", Text(title) if isinstance(title, str) else title
        )
        return replace(self, added=(*self.added, _Added(layer, data)))

    def render(self) -> Page:
        """Make the page.

        Returns
        -------
        Page
            The same input gives the same bytes.

        Raises
        ------
        UnknownSourceError
            When the theme names a layer that the source does not have.
        FeatureError
            When a file of the theme cannot be drawn.
        """
        from geo import parse_date

        from .folium_adapter import render_map  # folium takes most of a second to import

        base = self.basemap()
        layers = self.layers()
        citations = self.source.citations()
        credit_list = credits_of(layers, base.values(), citations, self.lang)
        as_of = self.as_of or self.source.latest_date()
        day = str(parse_date(as_of).latest) if as_of else ""
        blocks: dict[str, object] = {"tumen-page": page_block(self.theme, layers, base, citations, self.lang, day)}
        blocks.update({f"tumen-base-{name}": base_block(data) for name, data in base.items()})
        blocks.update({f"tumen-layer-{n}": layer_block(drawn, self.lang) for n, drawn in enumerate(layers)})
        title = self.theme.title.into(self.lang)
        ui = strings(self.lang)["ui"]
        frame = {
            "tag": _TAGS[self.lang],
            "title": title,
            "intro": self.theme.intro.into(self.lang),
            "ui": ui,
            "views": len(self.theme.views) > 0,
            "credits": credit_list,
            "attribution": attribution_of(credit_list),
            "as_of": as_of,
            "alternates": self._alternates(),
            "index": self.index,
        }
        html = render_map(
            frame,
            blocks,
            label=f"{ui['map']}: {title}",
            script=script(),
            style=map_css(self.theme.book),
            pieces=pieces(layers),
        )
        return Page(title, html)

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Make the page and write it; see `Page.save`."""
        return self.render().save(path)

    def layers(self) -> list[DrawnLayer]:
        """Layers with their features and rules, in the order of the legend."""
        layers = [_Added(layer) for layer in self.theme.layers]
        return [self._draw(added) for added in (*self.added, *layers)]

    def _draw(self, added: _Added) -> DrawnLayer:
        layer = added.layer
        data = added.data or self._load(layer)
        if not isinstance(data, LayerData):
            return draw_bulk(layer, data)
        drawn = draw(layer, data)
        if added.data or layer.file or not isinstance(self.source, DatedSource):
            return drawn
        return replace(drawn, past=ever_shown(layer, self.source.every_state(layer.source).features))

    def _load(self, layer: ThemeLayer) -> LayerData | BulkData:
        if layer.file is None:
            return self.source.features(layer.source, self.as_of)
        return read_own(layer.file, table=layer.table, order=layer.order)

    def basemap(self) -> dict[str, LayerData]:
        """Give the reference layers that the source has, by name."""
        found: dict[str, LayerData] = {}
        for name in self.theme.basemap:
            try:
                data = self.source.features(name, None)
            except UnknownSourceError:
                continue  # a folder of a user's own need not hold every reference layer
            if data.features:
                found[name] = data
        return found

    def _alternates(self) -> list[dict[str, object]]:
        if not self.alternates:
            return []
        return [
            {
                "lang": _TAGS[lang],
                "name": LANGUAGE_NAMES[lang],
                "href": self.alternates.get(lang, ""),
                "current": lang == self.lang,
            }
            for lang in LANGUAGES
            if lang in self.alternates or lang == self.lang
        ]

    def _repr_html_(self) -> str:
        """Show the map in a notebook."""
        return self.render()._repr_html_()


def build(
    theme: Theme | str | Path,
    *,
    out: str | os.PathLike[str],
    lang: str = "en",
    as_of: str | None = None,
    source: FeatureSource | None = None,
) -> Path:
    """Build one map.

    Parameters
    ----------
    theme
        A built-in theme's name, the path of a theme file, or a `Theme`.
    out
        The HTML file to write.
    lang
        ``en``, ``ko``, ``ru`` or ``zh``.
    as_of
        ISO 8601 date of any precision; by default the newest that the data knows.
    source
        Where layers come from; by default the layers that tumen ships.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ThemeError, LanguageError, UnknownSourceError, FeatureError
        As `MapBuilder`.
    """
    return MapBuilder(theme, lang=lang, as_of=as_of, source=source).save(out)


def build_all(
    out: str | os.PathLike[str],
    *,
    names: Iterable[str] = (),
    langs: Sequence[str] = ("en",),
    as_of: str | None = None,
    source: FeatureSource | None = None,
    report: Callable[[Path], object] | None = None,
) -> list[Path]:
    """Build the built-in maps and an index of them into a folder.

    Parameters
    ----------
    out
        The folder.
    names
        Themes, by name or path; by default all the built-in ones.
    langs
        Languages; the first gives ``index.html`` and ``overview.html``, a further one ``overview.ko.html``.
    as_of, source
        As in `build`.
    report
        Called with each file as soon as it is written.

    Returns
    -------
    list of Path
        The files written, the first index first.

    Raises
    ------
    ThemeError, LanguageError, UnknownSourceError, FeatureError
        As `MapBuilder`.
    """
    from .index_page import index_page

    languages = [check_language(lang) for lang in langs]
    if not languages:
        raise FeatureError(f"langs must name at least one language; {nearest('', LANGUAGES)}")
    chosen = [load_theme(name) for name in (tuple(names) or themes())]
    origin = source or PackagedLayers()
    folder = Path(out)

    def file_name(stem: str, lang: Language) -> str:
        return f"{stem}.html" if lang == languages[0] else f"{stem}.{lang}.html"

    def addresses(stem: str) -> dict[Language, str]:
        return {lang: file_name(stem, lang) for lang in languages} if len(languages) > 1 else {}

    def written(page: Page, stem: str, lang: Language) -> Path:
        path = page.save(folder / file_name(stem, lang))
        if report is not None:
            report(path)
        return path

    indexes: list[Path] = []
    pages: list[Path] = []
    for lang in languages:
        builders = [
            MapBuilder(
                theme,
                lang=lang,
                as_of=as_of,
                source=origin,
                alternates=addresses(theme.name),
                index=file_name("index", lang),
            )
            for theme in chosen
        ]
        pages += [written(builder.render(), builder.theme.name, lang) for builder in builders]
        listing = index_page(
            [(file_name(builder.theme.name, lang), builder) for builder in builders], alternates=addresses("index")
        )
        indexes.append(written(listing, "index", lang))
    return indexes + pages
