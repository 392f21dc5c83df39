"""Builds maps step by step."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from .errors import FeatureError, UnknownSourceError
from .features.derived import DerivedSource
from .features.geojson import GeoInterface, LayerData
from .features.route import RouteLike, route_features
from .features.source import FeatureSource, PackagedLayers, data_of, day_of
from .i18n.text import LANGUAGES, Language, Text, check_languages
from .page.assembly import Gathered, assemble
from .page.base import base_layers
from .page.credit import credits_of, demanded
from .page.drawn import DrawnLayer, draw, draw_bulk, ever_shown, with_looks
from .page.options import PageOptions
from .page.size import fit, simplified
from .themes import reader
from .themes.fill import Facts, filled
from .themes.model import Symbol, Theme, ThemeLayer, plain_symbols

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import folium
    from geopandas import GeoDataFrame

    from geo import Position

    from .features.bulk import BulkData
    from .features.osm import OsmBase
    from .page.page import Page

INDEX = "index.html"
CLAIMS = "claims"  # the theme whose page shows the claims


@dataclass(frozen=True, slots=True)
class _Added:
    """A layer that came in by `MapBuilder.add`: its look, and its features unless they are one of our layers."""

    layer: ThemeLayer
    data: LayerData | BulkData | None = None
    own: bool = False


@dataclass(frozen=True, slots=True)
class MapBuilder:
    """A map in the making. Every step gives a new builder and leaves the old one as it was.

    Attributes
    ----------
    theme
        A `Theme`, the name of a built-in one, or the path of a theme file.
    langs
        Languages that the page can be switched to, of ``en``, ``ko``, ``ru`` and ``zh``; it opens in the first.
    as_of
        The day whose state is shown, ISO 8601 of any precision; by default the newest the data knows.
    source
        Source of the layers.
    index
        Address of the page that lists all maps.
    claims
        Address of the page of claims, for links from popups.
    options
        A limit of its size, raster tiles, a base map from an OpenStreetMap extract.

    Raises
    ------
    ThemeError
        When the theme is wrong.
    LanguageError
        When pages do not support the language.

    Examples
    --------
    >>> builder = MapBuilder("corridor", langs="ru").add({"type": "Point", "coordinates": [130.64, 42.42]}, title="Here")
    >>> [added.layer.title.en for added in builder.added]
    ['Here']
    """

    theme: Theme = field()
    langs: tuple[Language, ...] = LANGUAGES
    as_of: str | None = None
    source: FeatureSource = field(default_factory=PackagedLayers)
    index: str = ""
    claims: str = ""
    options: PageOptions = field(default_factory=PageOptions)
    added: tuple[_Added, ...] = ()

    def __init__(
        self,
        theme: Theme | str | Path,
        *,
        langs: str | Sequence[str] = LANGUAGES,
        as_of: str | None = None,
        source: FeatureSource | None = None,
        index: str = "",
        claims: str = "",
        options: PageOptions | None = None,
        added: tuple[_Added, ...] = (),
    ) -> None:
        source = source or PackagedLayers()
        values = {
            "theme": theme if isinstance(theme, Theme) else reader.theme(theme, data=data_of(source)),
            "langs": check_languages(langs),
            "as_of": as_of,
            "source": source,
            "index": index,
            "claims": claims,
            "options": options or PageOptions(),
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
            When the features cannot be drawn: a frame without a CRS, an invalid position.
        """
        for name, names in ((style, self.theme.book.styles), (group, self.theme.groups)):
            if name is not None and name not in names:
                raise UnknownSourceError(name, names)
        layer_id = f"added-{len(self.added)}"
        words = Text(title) if isinstance(title, str) else title
        if isinstance(what, str):
            base = reader.default_layer(what)
            if base is None:
                raise UnknownSourceError(what, [layer.source for layer in self.theme.layers])
            rules = tuple(symbols) or ((Symbol(style, Text("")),) if style else base.symbols)
            added = _Added(replace(base, id=layer_id, title=words or base.title, symbols=rules))
        else:
            from .features.reading import kinds_of, read_given  # numpy and Arrow take a while to import

            data = read_given(what, layer_id, order)
            kinds = kinds_of(data)
            rules = tuple(symbols) or plain_symbols(kinds, style)
            layer = ThemeLayer(layer_id, layer_id, words or Text(data.record.title), group, symbols=rules)
            is_ours = "record" in getattr(what, "attrs", {})  # a frame that `layers.load` gave
            added = _Added(layer, data, own=not is_ours)
        return replace(self, added=(*self.added, added))

    def add_layer(self, layer: ThemeLayer, data: LayerData | BulkData) -> MapBuilder:
        """Add a layer of a theme on top, with its features.

        Parameters
        ----------
        layer
            Its styles, popup and tooltip.
        data
            The result of `maps.features.reading`.
        """
        return replace(self, added=(*self.added, _Added(layer, data, own=True)))

    def add_points(
        self,
        points: GeoDataFrame | GeoInterface | Mapping[str, object] | Iterable[Position],
        *,
        title: str | Text | None = None,
        style: str | None = None,
        symbols: Sequence[Symbol] = (),
        order: str = "",
    ) -> MapBuilder:
        """Add points on top.

        Parameters
        ----------
        points
            A GeoDataFrame with a CRS, GeoJSON, any object with ``__geo_interface__``, or positions: (lon, lat) pairs in
            degrees, `geo.LonLat`, or results of `layers.find`, which keep their names.
        title, style, symbols, order
            As in `add`.

        Raises
        ------
        UnknownSourceError
            When a style does not exist.
        FeatureError
            When something is not a point, or lies outside the range of coordinates.

        Examples
        --------
        >>> builder = MapBuilder("corridor").add_points([(130.64, 42.42), (130.29, 42.23)], title="Seen")
        >>> len(builder.added[0].data.features)
        2
        >>> MapBuilder("corridor").add_points([(42.42, 130.64)])
        Traceback (most recent call last):
        ...
        layers.errors.FeatureError: latitude must be in [-90, 90], got 130.64 (point 1); are lon and lat swapped?
        """
        from .features.reading import is_collection, kinds_of, point_collection

        collection = points if is_collection(points) else point_collection(cast("Iterable[Position]", points))
        layer = self.add(cast("GeoInterface", collection), title=title, style=style, symbols=symbols, order=order)
        data = layer.added[-1].data
        others = [] if data is None else [kind for kind in kinds_of(data) if kind != "point"]
        if others:
            raise FeatureError(f"expected points, got {' and '.join(others)}; add() takes any geometry")
        return layer

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
        SizeError
            When it cannot be brought under ``options.max_bytes``.
        UnknownSourceError
            When the theme names a layer that the source does not have.
        FeatureError
            When a file of the theme cannot be drawn.
        """
        if self.theme.fields:
            return replace(self, theme=self.filled_theme).render()
        limit = self.options.max_bytes
        if limit is None:
            return self._render()

        def at(tolerance_m: float) -> Page:
            half = min(self.options.basemap_bytes, limit // 2)
            options = replace(self.options, max_bytes=None, simplify_m=tolerance_m, basemap_bytes=half)
            return replace(self, options=options).render()

        return fit(at, limit, self.theme.extent)

    @property
    def filled_theme(self) -> Theme:
        """The theme, its texts filled with the values of the record on the day."""
        if not self.theme.fields:
            return self.theme
        return replace(filled(self.theme, Facts(data_of(self.source), self.as_of)), fields=False)

    def _render(self) -> Page:
        return assemble(
            Gathered(
                theme=self.theme,
                langs=self.langs,
                source=self.source,
                options=self.options,
                index=self.index,
                claims=self.claims,
                as_of=self.as_of,
                day=self._day(),
                layers=self.layers(),
                base=self.basemap(),
                osm=self._osm(),
            )
        )

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Make the page and write it; see `Page.save`."""
        return self.render().save(path)

    def to_folium(self, tiles: str = "OpenStreetMap.Mapnik") -> folium.Map:
        """Return a live `folium.Map` with the same layers, styles and popups, for use with folium's plugins.

        Unlike our pages it needs the network: for folium's scripts and for the tiles.

        Parameters
        ----------
        tiles
            A provider of raster tiles, a name in xyzservices.

        Returns
        -------
        folium.Map
            With a layer control; a text from the data stays text.

        Raises
        ------
        FeatureError
            When a layer has more features than folium draws.
        TileError
            When the provider cannot be used.
        """
        from .page.folium_map import folium_map
        from .page.tiles import tiles as provider

        layers = self.layers()
        lang = self.langs[0]
        credit = credits_of(layers, (), lang)
        return folium_map(with_looks(self.filled_theme, layers), layers, lang, provider(tiles), demanded(credit))

    def layers(self) -> list[DrawnLayer]:
        """Layers with their features and rules, in the order of the legend."""
        layers = [_Added(layer) for layer in self.theme.layers]
        return [self._draw(added) for added in (*self.added, *layers)]

    def _draw(self, added: _Added) -> DrawnLayer:
        layer = added.layer
        data = added.data or self._load(layer)
        if added.own or layer.file is not None:
            from .page.own import draw_own

            return draw_own(layer, self._thin(data) if isinstance(data, LayerData) else data, self._day())
        if not isinstance(data, LayerData):
            return draw_bulk(layer, data)
        drawn = draw(layer, self._thin(data))
        source = DerivedSource(self.source)
        if added.data or not source.is_dated(layer.source):
            return drawn
        return replace(drawn, past=ever_shown(layer, self._thin(source.every_state(layer.source))))

    def _osm(self) -> OsmBase | None:
        """Return the base map of the extract that the options name."""
        if self.options.basemap is None:
            return None
        from .features.osm import osm_base

        return osm_base(self.options.basemap, self.theme.extent, self.langs, self.options.basemap_bytes)

    def _day(self) -> str:
        return day_of(self.as_of, self.source)

    def _thin(self, data: LayerData) -> LayerData:
        return simplified(data, self.options.simplify_m)

    def _load(self, layer: ThemeLayer) -> LayerData | BulkData:
        if layer.file is None:
            return DerivedSource(self.source).features(layer.source, self.as_of)
        from .features.reading import read_file

        return read_file(layer.file, table=layer.table, order=layer.order, crs=layer.crs)

    def basemap(self) -> dict[str, LayerData]:
        """Return the reference layers of the source, by name."""
        return base_layers(self.theme.basemap, self.source, self.options.simplify_m)

    def _repr_html_(self) -> str:
        """Show the map in a notebook."""
        return self.render()._repr_html_()
