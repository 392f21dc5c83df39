"""Time distances of many pairs beside the peers: ``python benchmarks/distance.py [--quick]``, after ``scripts/setup benchmark``.

The peers that measure one pair a call are given fewer pairs; all times are those of a pair. On one thread.
"""

import argparse
import sys
from collections.abc import Callable

import numpy as np
from timing import in_turns, show

import geo

TOLERANCE_M = 1e-6


def tumen(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Arrays, checked for range."""
    return geo.distance(a, b)


def tumen_pair(a: np.ndarray, b: np.ndarray) -> list[float]:
    """A call a pair."""
    return [geo.distance(start, end) for start, end in zip(_pairs(a), _pairs(b), strict=True)]


def pyproj(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Arrays."""
    from pyproj import Geod

    return np.array(Geod(ellps="WGS84").inv(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[2])


def geographiclib(a: np.ndarray, b: np.ndarray) -> list[float]:
    """A call a pair."""
    from geographiclib.geodesic import Geodesic

    solve = Geodesic.WGS84.Inverse
    return [solve(start[1], start[0], end[1], end[0])["s12"] for start, end in zip(_pairs(a), _pairs(b), strict=True)]


def geopy(a: np.ndarray, b: np.ndarray) -> list[float]:
    """A call a pair."""
    from geopy.distance import geodesic

    return [geodesic(start[::-1], end[::-1]).m for start, end in zip(_pairs(a), _pairs(b), strict=True)]


def _pairs(table: np.ndarray) -> list[tuple[float, float]]:
    return list(map(tuple, table.tolist()))


Way = Callable[[np.ndarray, np.ndarray], object]
WAYS: dict[str, tuple[Way, int]] = {
    "tumen, arrays": (tumen, 100),
    "pyproj, arrays": (pyproj, 100),
    "tumen, a call a pair": (tumen_pair, 1),
    "geographiclib, a call a pair": (geographiclib, 1),
    "geopy, a call a pair": (geopy, 1),
}


def main(arguments: list[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="few pairs")
    pairs = 20 if parser.parse_args(arguments).quick else 2000
    random = np.random.default_rng(1)
    a, b = (random.uniform((-180, -90), (180, 90), (pairs * 100, 2)) for _ in range(2))
    ours = tumen(a, b)
    ways, counts = {}, {}
    for name, (way, times) in WAYS.items():
        count = pairs * times
        try:
            metres = np.asarray(way(a[:count], b[:count]))
        except ModuleNotFoundError as error:
            print(f"skipped: {name} ({error.name} is not installed)")
            continue
        off_m = float(np.abs(metres - ours[:count]).max())
        if not off_m <= TOLERANCE_M:
            sys.exit(f"{name} differs from ours by {off_m} m")
        ways[name], counts[name] = (lambda way=way, count=count: way(a[:count], b[:count])), count
    print(f"all agree to {TOLERANCE_M:g} m on {pairs} pairs or more")
    spent = {name: seconds / counts[name] for name, seconds in in_turns(ways, 5).items()}
    show("distance of one pair among many, anywhere on the earth", spent, "tumen, arrays")


if __name__ == "__main__":
    main()
