"""Content of an export: layers on a day, and the tables made from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from geo import parse_date
from layers.errors import ExportError
from layers.record.catalog import catalog
from layers.record.history import features_at
from layers.record.store import JsonObject, properties_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layers.record.record import LayerRecord
    from layers.record.store import DataPath

Geometry: TypeAlias = Literal["point", "line", "area"]

KINDS: dict[str, Geometry] = {
    "Point": "point",
    "MultiPoint": "point",
    "LineString": "line",
    "MultiLineString": "line",
    "Polygon": "area",
    "MultiPolygon": "area",
}
SINGLE: dict[Geometry, str] = {"point": "Point", "line": "LineString", "area": "Polygon"}


@dataclass(frozen=True, slots=True)
class Table:
    """A layer, or the points, lines or areas of one that mixes them.

    Attributes
    ----------
    name
        The layer's name, for a mixed layer followed by ``_points``, ``_lines`` or ``_areas``.
    layer
        The layer's name.
    geometry
        What every row is.
    geometry_type
        The OGC name of the one geometry type of all rows.
    """

    name: str
    layer: str
    geometry: Geometry
    geometry_type: str


@dataclass(frozen=True, slots=True)
class LayerState:
    """A layer as it was on a day.

    Attributes
    ----------
    record
        Its record in the catalog.
    as_of
        The day, ISO 8601 of any precision.
    features
        GeoJSON features; none when nothing was on the record then.
    """

    record: LayerRecord
    as_of: str
    features: tuple[JsonObject, ...]

    @property
    def name(self) -> str:
        """The layer's name."""
        return self.record.name

    def of_geometry(self, geometry: Geometry) -> tuple[JsonObject, ...]:
        """Features that are points, lines or areas."""
        return tuple(row for row in self.features if geometry_of(row) == geometry)

    def cited(self) -> tuple[str, ...]:
        """Ids of all sources that the features cite, sorted."""
        return tuple(sorted({source for row in self.features for source in _cited(properties_of(row))}))

    def span(self) -> tuple[str, str] | None:
        """First and last date of the features, ISO 8601 as precise as known; None for a layer without dates."""
        dates = sorted(
            {date for row in self.features for date in _dates(properties_of(row))},
            key=lambda date: parse_date(date).earliest,
        )
        return (dates[0], dates[-1]) if dates else None


def geometry_of(feature: JsonObject) -> Geometry:
    """Tell whether a feature is a point, a line or an area.

    Raises
    ------
    ExportError
        When it has no geometry, or one of another type.
    """
    geometry = feature.get("geometry")
    kind = str(geometry.get("type")) if isinstance(geometry, dict) else ""
    if kind not in KINDS:
        raise ExportError(
            f"expected a geometry of {', '.join(KINDS)}, got {kind!r} (feature {feature.get('id')!r}); "
            "check the layer with `tumen layers validate`"
        )
    return KINDS[kind]


def tables(record: LayerRecord) -> tuple[Table, ...]:
    """Return the tables of a layer in formats where a table holds one type of geometry.

    Examples
    --------
    >>> [table.name for table in tables(catalog()["crossings"])]
    ['crossings_points', 'crossings_lines']
    >>> tables(catalog()["lakes"])
    (Table(name='lakes', layer='lakes', geometry='area', geometry_type='MultiPolygon'),)
    """
    kinds = [kind for kind in SINGLE if any(KINDS[name] == kind for name in record.geometry_types)]
    return tuple(
        Table(
            record.name if len(kinds) == 1 else f"{record.name}_{kind}s",
            record.name,
            kind,
            next(
                (name for name in record.geometry_types if KINDS[name] == kind and name != SINGLE[kind]), SINGLE[kind]
            ),
        )
        for kind in kinds
    )


def read(
    names: Sequence[str] | None = None, as_of: str | None = None, *, data: DataPath = None
) -> tuple[LayerState, ...]:
    """Read layers as they were on a day.

    Parameters
    ----------
    names
        Layers, in this order; by default all, in the order of the catalog.
    as_of
        ISO 8601 date of any precision; by default the newest date that the data knows.
    data
        The data directory; by default that of ``TUMEN_DATA``, else the layers that tumen ships.

    Raises
    ------
    UnknownLayerError
        When there is no layer with a name.
    ExportError
        When no layer is named, or one twice.
    geo.InvalidDateError
        When `as_of` is not a date.
    """
    shipped = catalog(data=data)
    chosen = list(shipped.records) if names is None else list(names)
    records = [shipped[name] for name in chosen]
    if not chosen or len(set(chosen)) < len(chosen):
        raise ExportError(f"expected different layers, got {chosen!r}; see `tumen layers list`")
    day = as_of or shipped.latest
    moment = parse_date(day).latest
    return tuple(
        LayerState(record, day, tuple(features_at(shipped.features(record.name), moment))) for record in records
    )


def _cited(properties: JsonObject) -> Iterator[str]:
    for entry in (properties, *_entries(properties, "history")):
        yield from cast("list[str]", entry.get("sources") or [])
    for entry in (*_entries(properties, "figures"), *_entries(properties, "chainage")):
        if isinstance(source := entry.get("source"), str):
            yield source


def _entries(properties: JsonObject, name: str) -> list[JsonObject]:
    return cast("list[JsonObject]", properties.get(name) or [])


def _dates(properties: JsonObject) -> Iterator[str]:
    history = [entry.get("date") for entry in _entries(properties, "history")]
    for date in (properties.get("valid_from"), properties.get("valid_to"), *history):
        if isinstance(date, str):
            yield date
