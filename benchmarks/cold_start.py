"""Time one question from a cold start beside the peers: ``scripts/setup benchmark``, then ``python benchmarks/cold_start.py``.

Each program runs in a separate process, in turns, seven times each; the medians and their ratios are printed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from timing import show

RUNS = 7
TUMEN = str(Path(sys.executable).with_name("tumen"))
GEOPY = "from geopy.distance import geodesic; print(geodesic((42.430056, 130.644917), (42.24972, 130.28917)).m)"
SEAROUTE = "import searoute; print(searoute.searoute([130.29, 42.22], [129.4, 36.03]).properties['length'])"
FOLIUM = "import folium; print(len(folium.Map(location=(42.4, 130.6)).get_root().render()))"
PROGRAMS = {
    "bare Python": [sys.executable, "-c", "pass"],
    "tumen distance": [TUMEN, "distance", "Khasan", "Rajin"],
    "geopy, one distance": [sys.executable, "-c", GEOPY],
    "tumen route": [TUMEN, "route", "Khasan", "Rajin"],
    "searoute, one route": [sys.executable, "-c", SEAROUTE],
    "folium, an empty map": [sys.executable, "-c", FOLIUM],
}
COMPARED = (("tumen distance", "geopy, one distance"), ("tumen route", "searoute, one route"))


def seconds(command: list[str]) -> float:
    """Time one process."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)  # noqa: S603 - the programs above
    return time.perf_counter() - begin


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="each once")
    runs = 1 if parser.parse_args().quick else RUNS
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for command in PROGRAMS.values():
        seconds(command)  # writes the bytecode, which pip has done for the peers
    for _ in range(runs):
        for name, command in PROGRAMS.items():
            times[name].append(seconds(command))
    medians = {name: statistics.median(values) for name, values in times.items()}
    show("cold start", medians, "tumen distance", "ms")
    for ours, peer in COMPARED:
        print(f"{ours} takes 1/{medians[peer] / medians[ours]:.1f} of {peer}")


if __name__ == "__main__":
    main()
