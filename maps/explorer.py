"""A map of the user's features in one call, with the parameter names of `GeoDataFrame.explore`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from geo import BBox
from geo.spelling import nearest

from .builder import MapBuilder
from .errors import ThemeError
from .features.geojson import LayerData, box_of
from .i18n.text import Text
from .page.options import PageOptions
from .themes.classes import Classes, palettes
from .themes.expression import conditions_of
from .themes.fields import PICTURE, Field, plain_field
from .themes.model import REFERENCE_LAYERS, Labels, Theme, ThemeLayer, plain_symbols
from .themes.structure import choices, limits

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence
    from pathlib import Path

    from .features.bulk import BulkData

_GEOPANDAS_SCHEMES = {
    "quantiles": "quantiles",
    "fisherjenks": "natural-breaks",
    "naturalbreaks": "natural-breaks",
    "natural-breaks": "natural-breaks",
    "equalinterval": "equal",
    "equal": "equal",
    "stdmean": "std",
    "std": "std",
    "log": "log",
    "categories": "categories",
}
_GROUP = Text("Layers", "레이어", "Слои", "图层")
_MARGIN = 0.06
_LEAST_DEG = 0.02
_LEAST_ON_STREETS_DEG = 0.002
_WORLD = BBox(-180.0, -60.0, 180.0, 78.0)


@dataclass(frozen=True, slots=True)
class Drawing:
    """How your features are drawn.

    Attributes
    ----------
    column, scheme, k, palette, size
        As in `maps.themes.classes.Classes`.
    label
        The column that letters the features.
    popup, tooltip
        The columns of the popup and the tooltip.
    time
        The columns of the first and the last day; with one, a feature stays from its day on.
    filter
        Which features are drawn, such as ``pop > 100 and kind == 'well'``.
    order
        A column of numbers: of many features, those of the greater show on small scales.
    picture
        The column of pictures beside the drawn file, and the column with their descriptions; `popup` lists the first too.
    """

    column: str = ""
    scheme: str = ""
    k: int = 5
    palette: str | tuple[str, ...] = ""
    size: str = ""
    label: str = ""
    popup: tuple[str, ...] = ()
    tooltip: tuple[str, ...] = ()
    time: tuple[str, ...] = ()
    filter: str = ""
    order: str = ""
    picture: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        scheme = _GEOPANDAS_SCHEMES.get(self.scheme.casefold().replace("_", ""), self.scheme) if self.scheme else ""
        problems = []
        if scheme and scheme not in (schemes := choices("classes", "scheme")):
            problems.append(f"scheme: unknown scheme {self.scheme!r}; {nearest(self.scheme, schemes)}")
        if isinstance(self.palette, str) and self.palette and self.palette not in palettes():
            problems.append(f"palette: unknown palette {self.palette!r}; {nearest(self.palette, palettes())}")
        minimum, maximum = limits("classes", "k")
        if not minimum <= self.k <= maximum:
            problems.append(f"k: expected {minimum:g} to {maximum:g} classes, got {self.k!r}")
        if self.picture and len(self.picture) != len(("file", "words")):
            problems.append(
                "picture: expected two columns, that of the files and that of what they show, such as photo,caption"
            )
        if problems:
            raise ThemeError("map", problems)
        object.__setattr__(self, "scheme", scheme)

    def layer(self, layer_id: str, title: str, file: Path | None = None, table: str = "", crs: str = "") -> ThemeLayer:
        """Layer of a theme that is drawn so."""
        classes = (
            Classes(self.column, self.scheme, self.k, self.palette, self.size) if self.column or self.size else None
        )
        return ThemeLayer(
            layer_id,
            file.name if file else layer_id,
            Text(title or layer_id),
            "own",
            conditions_of(self.filter),
            plain_symbols(),
            Labels(self.label, 60) if self.label else Labels("name", 60),
            file=file,
            table=table,
            order=self.order,
            crs=crs,
            classes=classes,
            popup=tuple(map(self._field, self.popup)),
            tooltip=tuple(map(plain_field, self.tooltip)),
            time=self.time,
        )

    def _field(self, column: str) -> Field:
        if column not in self.picture[:1]:
            return plain_field(column)
        return replace(plain_field(column), format=PICTURE, alt=self.picture[1])


@dataclass(frozen=True, slots=True)
class Exploration:
    """A map of your features: shown in a notebook, saved as a page or a picture.

    Attributes
    ----------
    builder
        The builder of the page; it takes more layers and routes.
    """

    builder: MapBuilder

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page; see `maps.Page.save`."""
        return self.builder.save(path)

    def png(self, path: str | os.PathLike[str], *, width: int = 1600, height: int = 1000) -> Path:
        """Write a picture of the map.

        Raises
        ------
        BrowserError
            When no Chromium is found.
        """
        import tempfile
        from pathlib import Path

        from .sheets.sheet import PngSheet, save_sheet

        with tempfile.TemporaryDirectory(prefix="tumen-") as folder:
            return save_sheet(self.builder.save(Path(folder) / "map.html"), path, PngSheet(width, height))

    def _repr_html_(self) -> str:
        return self.builder.render()._repr_html_()


def explore(  # noqa: PLR0913 - the words of GeoDataFrame.explore
    features: object,
    column: str = "",
    *,
    scheme: str = "",
    k: int = 5,
    categorical: bool = False,
    cmap: str | Sequence[str] = "",
    size: str = "",
    label: str = "",
    tooltip: str | Sequence[str] = (),
    popup: str | Sequence[str] = (),
    time: str | Sequence[str] = (),
    filter: str = "",  # noqa: A002 - it is called so everywhere
    title: str = "",
    on: str = "",
    tiles: str = "",
    basemap: str | os.PathLike[str] = "",
    langs: str | Sequence[str] = "en",
) -> Exploration:
    """Make a map of features.

    Parameters
    ----------
    features
        A GeoDataFrame or GeoSeries with a CRS, shapes of shapely, GeoJSON, a table of Arrow with geometry, (lon, lat) pairs.
    column
        Column for the colour: numbers in classes, anything else in categories.
    scheme
        ``quantiles``, ``natural-breaks``, ``equal``, ``std``, ``log`` or ``categories``; names of mapclassify are taken too.
    k
        How many classes, 2 to 12.
    categorical
        Whether numbers are categories.
    cmap
        A palette (see `maps.themes.classes.palettes`), or colours like ``#1f4e79`` from low to high.
    size
        A column of numbers that gives the size of points and the width of lines.
    label, tooltip, popup, time, filter
        As `Drawing`.
    title
        Of the map.
    on
        A built-in theme to draw upon; by default the base map alone.
    tiles
        A provider of raster tiles, such as ``OpenStreetMap.Mapnik``: the page then needs the network for them.
    basemap
        An OpenStreetMap extract, ``.osm.pbf``, that the base map is drawn from; the page needs no network for it.
    langs
        Languages of the page.

    Returns
    -------
    Exploration
        It shows itself in a notebook; ``save`` writes the page.

    Raises
    ------
    FeatureError
        When nothing can be drawn, or a column is missing.
    ThemeError
        When a scheme or a palette does not exist.
    layers.ExtractError
        When the extract cannot be read.

    Examples
    --------
    >>> import maps
    >>> seen = maps.explore([(130.64, 42.42), (130.29, 42.23)], title="Seen")
    >>> seen.builder.theme.title.en
    'Seen'
    """
    from .features.reading import read_given

    drawing = Drawing(
        column,
        "categories" if categorical else scheme,
        k,
        cmap if isinstance(cmap, str) else tuple(cmap),
        size,
        label,
        _several(popup),
        _several(tooltip),
        _several(time),
        filter,
    )
    name = title or "features"
    data = read_given(features, name)
    options = _options(tiles, basemap)
    return Exploration(
        builder_of([(drawing.layer("own-0", name), data)], title=name, on=on, langs=langs, options=options)
    )


def builder_of(
    layers: Sequence[tuple[ThemeLayer, LayerData | BulkData]],
    *,
    title: str,
    on: str = "",
    langs: str | Sequence[str] = "en",
    options: PageOptions | None = None,
) -> MapBuilder:
    """Put your layers on a map that shows all of them.

    Parameters
    ----------
    layers
        Each with its features, the first on top.
    title
        Of the map.
    on
        A built-in theme to draw upon.
    langs
        Languages of the page.
    options
        Options of the page; on the base map of an extract it opens closer to its features.
    """
    from .page.own import last_day

    options = options or PageOptions()
    extent = extent_of([data for _, data in layers], _LEAST_ON_STREETS_DEG if options.basemap else _LEAST_DEG)
    if on:
        from .themes.reader import theme as load_theme

        base = load_theme(on)
        theme = replace(base, title=Text(title), extent=extent)
    else:
        theme = Theme("map", Text(title), Text(""), extent, groups={"own": _GROUP}, basemap=_basemap(extent))
    days = [day for layer, data in layers if (day := last_day(data, layer.time))]
    builder = MapBuilder(theme, langs=langs, as_of=max(days) if days and not on else None, options=options)
    for layer, data in layers:
        builder = builder.add_layer(layer, data)
    return builder


def extent_of(layers: Sequence[LayerData | BulkData], least_deg: float = _LEAST_DEG) -> BBox:
    """Return the box around everything, with a margin of at least so many degrees."""
    boxes = [box for box in map(_box, layers) if box]
    if not boxes:
        return _WORLD
    box = reduce(BBox.union, boxes)
    x, y = (max(least_deg, side * _MARGIN) for side in (box.east - box.west, box.north - box.south))
    return BBox(
        max(-180.0, box.west - x), max(-89.0, box.south - y), min(180.0, box.east + x), min(89.0, box.north + y)
    )


def _box(data: LayerData | BulkData) -> BBox | None:
    if isinstance(data, LayerData):
        return box_of(data.features)
    from .features.bulk.shape import boxes_of, degrees

    boxes = boxes_of(data.shapes)
    if not len(boxes):
        return None
    corners = degrees(boxes.reshape(-1, 2))
    return BBox(*corners.min(axis=0).tolist(), *corners.max(axis=0).tolist())


def _basemap(extent: BBox) -> tuple[str, ...]:
    """Choose the reference layers below; none where they do not reach."""
    import layers

    return REFERENCE_LAYERS if layers.catalog()["land"].bbox.touches(extent) else ()


def _several(value: str | Sequence[str]) -> tuple[str, ...]:
    return ((value,) if value else ()) if isinstance(value, str) else tuple(value)


def _options(provider: str, basemap: str | os.PathLike[str]) -> PageOptions:
    from pathlib import Path

    options = PageOptions(basemap=Path(basemap)) if basemap else PageOptions()
    if not provider:
        return options
    from .page.tiles import tiles

    return replace(options, tiles=tiles(provider))
