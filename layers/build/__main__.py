"""Write the files of record: ``python -m layers.build [LAYER…]``."""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from geo import CompiledChart
from layers.features import columnar
from layers.graph.compilation import Inputs, compile_network
from layers.record.atomic import write_whole
from layers.record.store import PACKAGED, read_features
from layers.sea.chart import compile_land

from . import along, basemap, border, index, point, railway, record, road, sea_lane, seaway, shore, water_area
from .collection import Collection, read_collection

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

# In the order of the catalog: subject layers, then the base map.
BUILDERS: dict[str, Callable[[], tuple[Collection, ...]]] = {
    "border": lambda: (border.build(),),
    "crossings": lambda: (point.build_typed("crossings"),),
    "railways": railway.build,
    "ports": lambda: (point.build_ports(),),
    "zones": lambda: (point.build_typed("zones"),),
    "minerals": lambda: (point.build_typed("minerals"),),
    "power": lambda: (point.build_typed("power"),),
    "pipelines": lambda: (point.build_typed("pipelines"),),
    "telecom": lambda: (along.build("telecom"),),
    "programmes": lambda: (along.build("programmes"),),
    "highways": lambda: (point.build_typed("highways"),),
    "checkpoints": lambda: (point.build_typed("checkpoints"),),
    "airports": lambda: (point.build_airports(),),
    "shipments": lambda: (point.build_typed("shipments"),),
    "places": lambda: (point.build_places(),),
    # Its ends lie in stations, ports, checkpoints and places, which are read as they were built.
    "road_links": lambda: (road.build(),),
    "land": lambda: (basemap.land(),),
    "lakes": lambda: (basemap.lakes(),),
    "rivers": lambda: (basemap.rivers(border.rivers()),),
    "shore": lambda: (shore.build(),),
    "water_areas": lambda: (water_area.build(),),
    "roads": lambda: (basemap.roads(),),
    "admin1": lambda: (basemap.admin1(),),
    "provinces": lambda: (basemap.provinces(),),
    "territories": lambda: (basemap.territories(),),
    "boundaries": lambda: (basemap.boundaries(),),
}
ORDER = (
    "border", "crossings", "railways", "stations", "ports", "zones", "minerals", "power", "pipelines",
    "telecom", "programmes", "highways", "checkpoints", "airports", "shipments", "places", "road_links",
    "land", "shore", "lakes", "water_areas", "rivers", "roads", "admin1", "provinces", "territories", "boundaries",
)  # fmt: skip


# Beside the layers; the sea chart takes half a minute, the sea paths between the ports a third of one, the rest a second or two.
SEA_CHART, SEAWAYS, NETWORK, COLUMNS = "sea_chart", "seaways", "network", "columns"


def main(arguments: list[str] | None = None) -> int:
    """Build the named layers, or all, and the files written beside them; return the exit code."""
    targets = (*BUILDERS, SEA_CHART, SEAWAYS, NETWORK, COLUMNS)
    parser = argparse.ArgumentParser(prog="python -m layers.build", description=__doc__)
    parser.add_argument("layers", nargs="*", metavar="LAYER", help=f"all by default; of {', '.join(targets)}")
    parser.add_argument("--out", type=Path, default=PACKAGED, help="the data directory (default: the package's own)")
    options = parser.parse_args(arguments)
    if unknown := set(options.layers) - set(targets):
        parser.error(f"no builder for {', '.join(sorted(unknown))}; there are {', '.join(targets)}")
    options.out.mkdir(parents=True, exist_ok=True)
    chosen = options.layers or targets
    for name in (name for name in chosen if name in BUILDERS):
        begin = time.perf_counter()
        for collection in BUILDERS[name]():
            write_whole(options.out / f"{collection.name}.geojson", collection.text())
            print(f"{collection.name:12} {len(collection.features):5} features  {time.perf_counter() - begin:5.1f} s")
    write_index(options.out)
    chart, is_new = write_sea_chart(options.out, anew=SEA_CHART in chosen)
    if SEAWAYS in chosen or is_new:
        ports = read_collection(options.out / "ports.geojson").features
        ways = seaway.write(options.out / "seaways.json", ports, chart)
        print(f"{SEAWAYS:12} {ways:5} ways")
    write_compiled(options.out, write_columns(options.out, anew=COLUMNS in chosen))
    return 0


def write_index(folder: Path) -> None:
    """Write the catalog, the sources, the gazetteer, the lengths, the record and the sea lanes from the layers in a folder."""
    collections = [read_collection(folder / f"{name}.geojson") for name in ORDER]
    for name, text in {
        "sources": index.sources(collections),
        "gazetteer": index.gazetteer(collections),
        "lengths": index.lengths(),
        "catalog": index.catalog(collections),
        **record.texts(),
        sea_lane.NAME: sea_lane.text(),
    }.items():
        write_whole(folder / f"{name}.json", text)


def write_sea_chart(folder: Path, *, anew: bool) -> tuple[CompiledChart, bool]:
    """Compile the sea chart from the land in a folder, unless it is up to date; return whether it was compiled now."""
    path, land = folder / index.COMPILED[SEA_CHART], folder / "land.geojson"
    if not anew and path.is_file():
        chart = CompiledChart(path.read_bytes())
        if chart.source == hashlib.sha256(land.read_bytes()).hexdigest():
            return chart, False
    chart = compile_land(land)
    write_whole(path, chart.to_bytes())
    print(f"{SEA_CHART:12} {chart!r}")
    return chart, True


def write_columns(folder: Path, *, anew: bool) -> dict[str, bytes]:
    """Write each layer of a folder as columns, unless they are up to date; return them by name."""
    columns: dict[str, bytes] = {}
    for name in ORDER:
        source, path = folder / f"{name}.geojson", folder / f"{name}{columnar.SUFFIX}"
        digest = hashlib.sha256(source.read_bytes()).hexdigest()
        if anew or columnar.source_of(path) != digest:
            write_whole(path, columnar.encode(name, read_features(source), digest))
        columns[name] = path.read_bytes()
    return columns


def write_compiled(folder: Path, columns: Mapping[str, bytes]) -> None:
    """Compile the network from the layers and tables in a folder, and record it in the catalog."""
    content = compile_network(Inputs(folder, folder), strict=True)
    write_whole(folder / index.COMPILED[NETWORK], content)
    collections = [read_collection(folder / f"{name}.geojson") for name in ORDER]
    compiled = {name: (folder / file).read_bytes() for name, file in index.COMPILED.items()}
    write_whole(folder / "catalog.json", index.catalog(collections, compiled, columns))
    print(f"{NETWORK:12} {len(content):7} bytes")


if __name__ == "__main__":
    sys.exit(main())
