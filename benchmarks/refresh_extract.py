"""Measures reading a large extract: ``.venv/bin/python benchmarks/refresh_extract.py [MILLIONS OF NODES]``.

Writes a made-up extract into a temporary folder, houses but for a few thousand railways and bridges; then reads it in a process
of its own and prints its time and its greatest memory, beside those of an extract a tenth as large with as many railways.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import osmium
from osmium.osm.mutable import Node, Relation, Way

CORNERS = 5
RAILWAYS = 5000
READ = """
import resource, sys, time
from pathlib import Path
from geo import BBox
from layers.osm.extract import read_extract
if len(sys.argv) > 1:
    begin = time.perf_counter()
    found = read_extract(Path(sys.argv[1]), BBox(121.0, 33.0, 143.0, 49.0))
    print(f"{time.perf_counter() - begin:.2f}", len(found.tracks), end=" ")
else:
    import osmium, osmium.filter
    print(0, 0, end=" ")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def write(path: Path, nodes: int) -> None:
    random = np.random.default_rng(1)
    head = osmium.io.Header()
    head.add_box(osmium.osm.Box(124.0, 37.0, 140.0, 49.0))
    head.set("osmosis_replication_timestamp", "2026-01-01T00:00:00Z")
    ways = nodes // CORNERS
    centres = random.uniform((124.0, 37.0), (140.0, 49.0), (ways, 2))
    with osmium.SimpleWriter(str(path), header=head) as writer:
        for way, centre in enumerate(centres):
            for corner, (lon, lat) in enumerate(centre + random.uniform(-1e-3, 1e-3, (CORNERS, 2))):
                writer.add_node(Node(id=way * CORNERS + corner + 1, location=(lon, lat)))
        for way in range(ways):
            tags = {"building": "yes"}
            if way % (ways // RAILWAYS) == 0:
                tags = {"railway": "rail", "gauge": "1520"}
            elif way % (ways // RAILWAYS) == 1:
                tags = {"highway": "residential", "bridge": "yes"}
            first = way * CORNERS + 1
            writer.add_way(Way(id=way + 1, nodes=list(range(first, first + CORNERS)), tags=tags))
        writer.add_relation(Relation(id=1, members=[("w", 1, "outer")], tags={"type": "boundary"}))


def read(*arguments: str) -> tuple[float, int, float]:
    process = subprocess.run([sys.executable, "-c", READ, *arguments], capture_output=True, text=True, check=True)  # noqa: S603
    seconds, tracks, kilobytes = process.stdout.split()
    return float(seconds), int(tracks), int(kilobytes) / 1000


def main(millions: float) -> None:
    _, _, idle_mb = read()
    print(f"the imports alone: {idle_mb:.0f} MB")
    with tempfile.TemporaryDirectory() as folder:
        for share in (0.1, 1.0):
            path = Path(folder) / f"{share}.osm.pbf"
            begin = time.perf_counter()
            write(path, int(millions * share * 1e6))
            wrote_s = time.perf_counter() - begin
            seconds, tracks, peak_mb = read(str(path))
            size_mb = path.stat().st_size / 1e6
            print(
                f"{millions * share:g} M nodes, {size_mb:.1f} MB, {tracks} railway ways: read in {seconds:.1f} s, "
                f"peak {peak_mb:.0f} MB (written in {wrote_s:.0f} s)"
            )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)
