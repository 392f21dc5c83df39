"""The sea chart: the layer of land, compiled for finding paths around it."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from geo import BBox, ChartFileError, CompiledChart, SeaChart
from layers.errors import UnknownCountryError
from layers.record.store import VARIABLE, data_file, parse_json, properties_of, read_file

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from layers.record.store import DataPath, JsonObject

FILE = "sea_chart.npz"
_LAYER = "land.geojson"


def land(*, data: DataPath = None) -> CompiledChart:
    """Read the sea chart.

    Parameters
    ----------
    data
        The data directory; by default that of ``TUMEN_DATA``, else the layers that tumen ships.

    Returns
    -------
    geo.CompiledChart
        All three scales of the layer `land` together, with the accuracy of each; it ends where
        the layer ends. Kept once a process for each state of the layer.

    Raises
    ------
    DataDirectoryError, DataFileError
        When the layer cannot be read.

    Notes
    -----
    The package ships the chart of its own land. That of another land is compiled when it is first
    first used, which takes a minute, and kept in the user's cache. The hash of the layer tells from
    which land a chart was compiled. Lakes and rivers count as land, for ships of the sea.

    Examples
    --------
    >>> land().is_land((130.644917, 42.430056)), land().is_land((131.0, 42.0))
    (True, False)
    """
    path = data_file(_LAYER, data)
    content = read_file(path)
    return _of_land(path, hashlib.sha256(content).hexdigest(), content)


def compile_land(path: str | Path) -> CompiledChart:
    """Compile the chart of a layer of land, as ``python -m layers.build sea_chart`` does.

    Raises
    ------
    DataFileError
        When the file cannot be read.
    """
    content = read_file(path)
    return uncompiled(str(path), content).compiled(hashlib.sha256(content).hexdigest())


def coast(country: str, *, data: DataPath = None) -> BaseGeometry:
    """Return the land of one country, as far as its territory is on record.

    Parameters
    ----------
    country
        ISO 3166 code of two letters.
    data
        As in `land`.

    Raises
    ------
    UnknownCountryError
        When the layer `territories` does not have it; lists what there is.

    Examples
    --------
    >>> coast("KP").bounds[0] > 124
    True
    """
    chosen = data if data is not None else os.environ.get(VARIABLE)
    return _coast(country.upper(), None if chosen is None else os.fspath(chosen))


@cache
def _coast(country: str, data: str | None) -> BaseGeometry:
    import shapely

    from layers.record.catalog import catalog  # a path needs none

    rows = {str(row["id"]).rpartition("/")[2].upper(): row for row in catalog(data=data).features("territories")}
    if country not in rows:
        raise UnknownCountryError(country, sorted(rows))
    territory = shapely.from_geojson(json.dumps(rows[country]["geometry"]))
    return shapely.intersection(land(data=data).land, territory)


_kept: dict[str, CompiledChart] = {}


def _of_land(path: str, digest: str, content: bytes) -> CompiledChart:
    """Read the chart of a layer, from the package, else from the cache; else compile it."""
    if digest not in _kept:
        chart = _shipped()
        _kept[digest] = chart if chart is not None and chart.source == digest else _of_user(path, digest, content)
    return _kept[digest]


@lru_cache(maxsize=1)
def _shipped() -> CompiledChart | None:
    with suppress(OSError, ChartFileError):
        return _read(os.path.join(os.path.dirname(os.path.dirname(__file__)), "data", FILE))  # noqa: PTH118, PTH120 - pathlib takes 4 ms
    return None


def _read(path: str | Path) -> CompiledChart:
    with open(path, "rb") as file:  # noqa: PTH123 - as above
        return CompiledChart(file.read())


def _of_user(path: str, digest: str, content: bytes) -> CompiledChart:
    from layers.graph.cache import cache_directory
    from layers.record.atomic import write_whole

    folder = cache_directory()
    cached = None if folder is None else folder / f"sea-chart-{digest[:32]}.npz"
    if cached is not None:
        with suppress(OSError, ChartFileError):  # none yet, or a damaged one: it is compiled again
            chart = _read(cached)
            if chart.source == digest:
                return chart
    chart = uncompiled(path, content).compiled(digest)
    if cached is not None:
        with suppress(OSError):  # a user without a cache compiles each time
            write_whole(cached, chart.to_bytes())
    return chart


def uncompiled(path: str, content: bytes) -> SeaChart:
    """Make the uncompiled chart of a layer of land.

    Parameters
    ----------
    path
        For messages.
    content
        GeoJSON.
    """
    import shapely

    rows: list[JsonObject] = parse_json(content, path)["features"]  # type: ignore[assignment]  # of a layer
    features = [row for row in rows if properties_of(row)["kind"] == "land"]
    shapes = shapely.from_geojson([json.dumps(row["geometry"]) for row in features])
    scales: dict[float, list[int]] = {}
    for number, row in enumerate(features):
        scales.setdefault(float(str(properties_of(row)["accuracy_m"])), []).append(number)
    boxes = {metres: shapely.total_bounds(shapes[rows]).tolist() for metres, rows in scales.items()}
    accuracies = [(BBox(*boxes[metres]), metres) for metres in sorted(boxes, reverse=True)]
    extent = BBox(*shapely.total_bounds(shapely.from_geojson([json.dumps(row["geometry"]) for row in rows])).tolist())
    return SeaChart(list(shapes), extent=extent, accuracies=accuracies)
