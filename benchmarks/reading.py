"""Time (of the processor) reading our layers beside geopandas: ``python benchmarks/reading.py [--quick] [LAYER…]``.

`layers.load` gives more than the file holds: the state of a day, typed columns. The features as plain objects come from
`Catalog.features`, the network from `layers.network`.
"""

import argparse
import sys
import time

import geopandas as gpd
from timing import in_turns, show

import layers
from geo import parse_date
from layers.features.typed import frame_of
from layers.record.history import features_at


def main(arguments: list[str] | None = None) -> None:
    """Run and print."""
    catalog = layers.catalog()
    day = parse_date(catalog.latest).latest
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("layers", nargs="*", metavar="LAYER", help="the largest five by default")
    parser.add_argument("--quick", action="store_true", help="one small layer, once")
    options = parser.parse_args(arguments)
    largest = [record.name for record in sorted(catalog, key=lambda row: -row.bytes)[:5]]
    for name in options.layers or (["border"] if options.quick else largest):
        path = catalog.path(name)
        ours, theirs = layers.load(name), gpd.read_file(path)
        if not set(ours["id"]) <= set(theirs["id"]) or len(ours) > len(theirs):
            sys.exit(f"layer {name}: other features than those of the file")
        ways = {
            "layers.load": lambda name=name: layers.load(name),
            "geopandas.read_file": lambda path=path: gpd.read_file(path),
            "geopandas.read_file, Arrow": lambda path=path: gpd.read_file(path, use_arrow=True),
            "the GeoJSON to the same frame": lambda name=name: frame_of(name, features_at(catalog.features(name), day)),
            "Catalog.features": lambda name=name: catalog.features(name),
        }
        title = f"{name}: {len(theirs)} features, {catalog[name].bytes / 1e6:.2f} MB"
        show(title, in_turns(ways, 1 if options.quick else 15, time.process_time), "layers.load", "ms")


if __name__ == "__main__":
    main()
