"""Tables without geography of their own: longitude and latitude, WKT, WKB or GeoJSON in columns, found by their names."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from maps.errors import FeatureError
from maps.features.bulk.collect import BATCH
from maps.features.geojson import DataRecord

from .angle import degrees_of
from .geojson_shape import shapes_of_geojson
from .intake import Intake

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from maps.features.bulk import BulkData
    from maps.features.geojson import LayerData
    from maps.features.notice import Notices

    from .geometry import Objects
    from .vector import Options

# Names of columns, without case, spaces and punctuation, the likeliest first.
LONGITUDES = (
    "longitude",
    "lon",
    "lng",
    "long",
    "longitudewgs84",
    "xcoord",
    "x",
    "경도",
    "долгота",
    "经度",
    "easting",
    "east",
)
LATITUDES = ("latitude", "lat", "latitudewgs84", "ycoord", "y", "위도", "широта", "纬度", "northing", "north")
GEOMETRIES = ("wkt", "geometry", "geom", "thegeom", "geomwkt", "wktgeom", "shape", "geojson", "wkb", "wkbgeometry")
_MAX_BYTES = 2_000_000_000
_DELIMITERS = (",", ";", "\t", "|")
_INTEGER = r"^-?(0|[1-9][0-9]{0,17})$"
_DECIMAL = r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$"
_COMMA = r"^-?(0|[1-9][0-9]*)(,[0-9]+)?$"
_HEX = re.compile(r"^(?:00|01)[0-9a-fA-F]{8,}$")
_BOMS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}


def read_csv(path: Path) -> pa.Table:
    """Read a table of text: the delimiter is the one that the first line has most of.

    Raises
    ------
    FeatureError
        When it is not text in UTF-8 or UTF-16, or has no two lines.
    """
    if path.stat().st_size > _MAX_BYTES:
        raise FeatureError(f"{path.name!r} is larger than {_MAX_BYTES:,} bytes; split it", source=str(path))
    content = path.read_bytes()
    encoding = next((name for mark, name in _BOMS.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise FeatureError(
            f"{path.name!r} is not UTF-8 (byte {error.start + 1:,}); save it as UTF-8", source=str(path)
        ) from None
    head = text.lstrip("\n\r").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    options = csv.ParseOptions(delimiter=delimiter, newlines_in_values=True)
    names = _names(head, options, path)
    convert = csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
    )
    try:
        return csv.read_csv(
            io.BytesIO(text.encode()),
            csv.ReadOptions(column_names=names, skip_rows=1, block_size=1 << 24),
            options,
            convert,
        )
    except pa.ArrowException as error:
        raise FeatureError(f"{path.name!r} cannot be read as CSV: {error}", source=str(path)) from None


def _names(head: str, options: csv.ParseOptions, path: Path) -> list[str]:
    """Names of columns of the first line, each once and none empty."""
    try:
        header = csv.read_csv(
            io.BytesIO(head.rstrip("\r").encode() + b"\n"),
            csv.ReadOptions(autogenerate_column_names=True),
            options,
            csv.ConvertOptions(strings_can_be_null=True, null_values=[""]),
        )
    except pa.ArrowException as error:
        raise FeatureError(f"{path.name!r} cannot be read as CSV: {error}", source=str(path)) from None
    names: list[str] = []
    for number, column in enumerate(header.columns, 1):
        base_name = (
            str(column[0].as_py() if len(column) and column[0].as_py() is not None else "").strip()
            or f"column {number}"
        )
        name, count = base_name, 1
        while name in names:
            count += 1
            name = f"{base_name} {count}"
        names.append(name)
    return names


def take_table(table: pa.Table, path: Path, options: Options) -> LayerData | BulkData:
    """Make features of the rows of a table.

    Raises
    ------
    FeatureError
        When no column holds positions, or one holds an invalid position.
    """
    shapes, used, crs = _geometry(table, path.name, options)
    intake = Intake(path.name, options.crs_of(None if options.crs else crs))
    intake.notices.say(f"the geometry is read from {' and '.join(map(repr, used))}")
    properties = table.drop_columns([name for name in used if len(used) == 1])
    properties = pa.table({name: _typed(properties[name]) for name in properties.column_names})
    for begin in range(0, len(table), BATCH):
        intake.add(shapes(begin, min(begin + BATCH, len(table)), intake.notices), properties.slice(begin, BATCH))
    return intake.finish(DataRecord(path.stem or path.name, path.stem or path.name), options.order)


def _geometry(
    table: pa.Table, name: str, options: Options
) -> tuple[Callable[[int, int, Notices], Objects], tuple[str, ...], str | None]:
    """Find the columns with positions: a maker of shapes, their names, and the CRS they imply."""
    plain = {_plain(column): column for column in reversed(table.column_names)}
    lon, lat = (next((plain[key] for key in keys if key in plain), None) for keys in (LONGITUDES, LATITUDES))
    if lon is not None and lat is not None:
        is_named = _plain(lon) in LONGITUDES[:5] or _plain(lon) in {"경도", "долгота", "经度"}
        angles = not options.crs or is_named
        return _points(table, (lon, lat), name, angles=angles), (lon, lat), "OGC:CRS84" if is_named else None
    column = next((plain[key] for key in GEOMETRIES if key in plain), None)
    if column is None:
        raise FeatureError(
            f"no column of {name!r} tells where its rows are; name two of them longitude and latitude, or one wkt "
            f"(there are {', '.join(map(repr, table.column_names))})",
            source=name,
        )
    return _written(table[column], column, name), (column,), "OGC:CRS84"


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _points(
    table: pa.Table, names: tuple[str, str], source: str, *, angles: bool
) -> Callable[[int, int, Notices], Objects]:
    import shapely

    def shapes(begin: int, end: int, _: Notices) -> Objects:
        axes = [
            _coordinates(table[name].slice(begin, end - begin), begin, name, source, axis if angles else "")
            for name, axis in zip(names, ("EW", "NS"), strict=True)
        ]
        xy = np.column_stack(axes)
        complete = ~np.isnan(xy).any(axis=1)
        points = np.full(end - begin, None, dtype=object)
        points[complete] = shapely.points(xy[complete])
        return points

    return shapes


def _coordinates(column: pa.ChunkedArray, begin: int, name: str, source: str, axis: str) -> np.ndarray:
    """Numbers of a column of longitudes or latitudes; NaN where a row has none."""
    if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
        return np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)
    numbers = np.full(len(column), np.nan)
    for at, text in enumerate(column.to_pylist()):
        if text is None or not text.strip():
            continue
        value = degrees_of(text, axis)
        if value is None:
            raise FeatureError(
                f"{text!r} in the column {name!r} is no coordinate (row {begin + at + 1:,} of {source!r}); write it like "
                "42.41, 42,41, 42°24'36\"N or 42.41N",
                source=source,
            )
        numbers[at] = value
    return numbers


def _written(column: pa.ChunkedArray, name: str, source: str) -> Callable[[int, int, Notices], Objects]:
    """Shapes of a column of WKT, WKB or GeoJSON."""

    def shapes(begin: int, end: int, notices: Notices) -> Objects:
        values = column.slice(begin, end - begin).to_pylist()
        shapes = np.full(len(values), None, dtype=object)
        for at, value in enumerate(values):
            if value not in {None, "", b""}:
                shapes[at] = _shape(value, f"row {begin + at + 1:,} of {source!r}", name, source, notices)
        return shapes

    return shapes


def _shape(value: object, label: str, name: str, source: str, notices: Notices) -> object:
    import shapely

    try:
        if isinstance(value, bytes):
            return shapely.from_wkb(value)
        text = str(value).strip()
        if text.startswith("{"):
            return shapes_of_geojson([json.loads(text)], lambda _: label, source, notices)[0]
        if _HEX.match(text):
            return shapely.from_wkb(text)
        return shapely.from_wkt(text.partition(";")[2] if text.upper().startswith("SRID=") else text)
    except (shapely.GEOSException, ValueError, TypeError) as error:
        raise FeatureError(f"the geometry in {name!r} cannot be read: {error} ({label})", source=source) from None


def _typed(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers where every text is one and is written as one: codes with leading zeros stay text."""
    if not pa.types.is_string(column.type):
        return column
    for pattern, kind in ((_INTEGER, pa.int64()), (_DECIMAL, pa.float64()), (_COMMA, pa.float64())):
        fits = pc.all(pc.match_substring_regex(column, pattern)).as_py()
        if fits:
            return (pc.replace_substring(column, ",", ".") if pattern is _COMMA else column).cast(kind)
    return column


def columns_of(names: Sequence[str]) -> tuple[str, ...]:
    """Columns that hold the position of a row.

    Examples
    --------
    >>> columns_of(["name", "Lat.", "LON"])
    ('LON', 'Lat.')
    """
    plain = {_plain(name): name for name in reversed(names)}
    pair = [next((plain[key] for key in keys if key in plain), None) for keys in (LONGITUDES, LATITUDES)]
    return tuple(name for name in pair if name is not None)
