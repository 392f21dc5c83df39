"""Time sea paths beside the peers: ``scripts/setup benchmark``, then ``python benchmarks/sea.py [cold] [chart] [land]``.

Times are those of the processor, so that other work on the machine does not count.

cold    the command line from a cold start beside a cold searoute
chart   a path between two places of the chart, read once, beside searoute and scgraph, whose lanes end off its shores
land    a path around the same land, prepared once, beside extremitypathfinder and our exact search

extremitypathfinder asks for numpy 1 and runs with numpy 2: ``pip install --no-deps --target DIR extremitypathfinder``, with DIR
in PYTHONPATH; as a dependency it would take numpy 1 for all.
"""

import argparse
import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import shapely
from lane import sea_lanes
from shapely.geometry.polygon import orient
from timing import show

import geo
import layers

Line = Sequence[tuple[float, float]]
JOBS = ("cold", "chart", "land")
BOX = (129.9, 42.1, 131.3, 43.0)  # of the land that extremitypathfinder can prepare in a minute
COARSE_DEG = 0.01
WATER = (117.5, 23.0, 161.5, 59.5)
SAME = 1.001  # lengths around one land may differ by so much
PROGRAMS = {
    "tumen sea-distance Rajin Vladivostok": ("Rajin", "Vladivostok"),
    "tumen sea-distance Rajin Dangjin": ("Rajin", "Dangjin"),
    "tumen sea-distance Rajin Rotterdam": ("Rajin", "Rotterdam"),
}


def cold(runs: int) -> None:
    """Time whole processes."""
    searoute = "import searoute; searoute.searoute([130.29, 42.22], [126.5, 37.05])"
    commands = {name: [sys.executable, "-m", "maps", "sea-distance", *ends] for name, ends in PROGRAMS.items()} | {
        "searoute, one route": [sys.executable, "-c", searoute]
    }
    usable = {name: command for name, command in commands.items() if _runs(name, command)}
    spent: dict[str, list[float]] = {name: [] for name in usable}
    for _ in range(runs):
        for name, command in usable.items():
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - the programs above
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            spent[name].append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    medians = over(spent, np.median)
    show(
        f"a cold start, median of {runs}",
        medians,
        "searoute, one route" if "searoute, one route" in medians else "",
        "ms",
    )


def _runs(name: str, command: list[str]) -> bool:
    process = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - the programs above
    if process.returncode:
        print(f"skipped: {name} ({process.stderr.strip().splitlines()[-1]})")
    return not process.returncode


def chart(count: int) -> None:
    """Time paths between places in the water of the chart, and peers on the same ones."""
    places = waters(layers.land(), WATER, 2 * count)
    jobs: dict[str, Callable[[int, int], object]] = {
        "tumen geo.sea_path": lambda a, b: geo.sea_path(places[a], places[b], layers.land()),
        **dict(_lane_peers(places)),
    }
    questions = [(2 * number, 2 * number + 1) for number in range(count)]
    spent = worst(jobs, questions)
    show(f"a path by sea, median of {count} pairs, each asked once", over(spent, np.median), "tumen geo.sea_path", "ms")
    show("the slowest of them", over(spent, np.max), "tumen geo.sea_path", "ms")


def worst(jobs: dict[str, Callable[[int, int], object]], questions: list[tuple[int, int]]) -> dict[str, list[float]]:
    """Seconds of each question by each method, in turns."""
    spent: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job(*questions[0])
    for start, end in questions[1:]:
        for name, job in jobs.items():
            begin = time.process_time()
            job(start, end)
            spent[name].append(time.process_time() - begin)
    return spent


def over(spent: dict[str, list[float]], reduce: Callable[[list[float]], float]) -> dict[str, float]:
    """Reduce the seconds of each method to one number."""
    return {name: float(reduce(values)) for name, values in spent.items()}


def _lane_peers(places: list[geo.LonLat]) -> list[tuple[str, Callable[[int, int], object]]]:
    peers: list[tuple[str, Callable[[int, int], object]]] = []
    try:
        import searoute

        peers.append(("searoute", lambda a, b: searoute.searoute(list(places[a]), list(places[b]))))
    except ImportError as error:
        print(f"skipped: searoute ({error})")
    try:
        from scgraph import GeoGraph

        lanes = sea_lanes()
        graph: list[dict[int, float]] = [{} for _ in lanes.lonlats]
        for start, end, metres in lanes.open:
            graph[start][end] = graph[end][start] = metres / 1000
        nodes = [[lat, lon] for lon, lat in lanes.lonlats]
        peer = GeoGraph(graph=graph, nodes=nodes)
        peers.append(
            (
                "scgraph, the lanes of searoute",
                lambda a, b: peer.get_shortest_path(
                    origin_node={"latitude": places[a].lat, "longitude": places[a].lon},
                    destination_node={"latitude": places[b].lat, "longitude": places[b].lon},
                ),
            )
        )
    except ImportError as error:
        print(f"skipped: scgraph ({error})")
    return peers


def land(count: int) -> None:
    """Time paths around a small land, prepared once by each."""
    box = shapely.box(*BOX)
    shape = shapely.intersection(shapely.simplify(layers.land().land, COARSE_DEG), box)
    print(f"\nland of {shapely.get_num_coordinates(shape)} vertices")
    begin = time.perf_counter()
    exact = geo.SeaChart(shape, extent=geo.BBox(*BOX))
    print(f"  geo.SeaChart {time.perf_counter() - begin:.2f} s")
    begin = time.perf_counter()
    compiled = exact.compiled()
    print(f"  compiled {time.perf_counter() - begin:.2f} s")
    places = waters(compiled, BOX, 2 * count)
    jobs: dict[str, Callable[[int, int], object]] = {
        "tumen, compiled": lambda a, b: compiled.turns(places[a], places[b]),
        "tumen, exact search": lambda a, b: exact.turns(places[a], places[b]),
    }
    if peer := _extremity(shape, box, places):
        jobs["extremitypathfinder"] = peer
    questions = [(2 * number, 2 * number + 1) for number in range(count)]
    check(jobs, places, questions)
    show(f"a path around it, median of {count} pairs", over(worst(jobs, questions), np.median), "tumen, compiled", "ms")


def _extremity(
    shape: shapely.Geometry, box: shapely.Geometry, places: list[geo.LonLat]
) -> Callable[[int, int], object] | None:
    """Prepare the peer on the water of the box that holds the places, in the same gnomonic plane and 50 m off the shore."""
    try:
        from extremitypathfinder import PolygonEnvironment
    except ImportError as error:
        print(f"skipped: extremitypathfinder ({error})")
        return None
    from geo.sea._projection import Plane

    plane = Plane.around(shape)
    barrier = shapely.transform(shape, plane.project).buffer(50, join_style="mitre")
    water = shapely.transform(shapely.segmentize(box, 0.1), plane.project).difference(barrier)
    at = plane.project(np.array([tuple(place) for place in places]))
    parts = [part for part in shapely.get_parts(water) if shapely.intersects_xy(part, *at.T).any()]
    part = max(parts, key=lambda part_: int(shapely.intersects_xy(part_, *at.T).sum()))
    inside = shapely.intersects_xy(part, *at.T)
    part = orient(part)  # it takes the boundary counterclockwise, holes clockwise, and does not check
    environment = PolygonEnvironment()
    rings = [np.array(ring.coords)[:-1] for ring in (part.exterior, *part.interiors)]
    begin = time.perf_counter()
    environment.store(rings[0], rings[1:])
    print(f"  extremitypathfinder {time.perf_counter() - begin:.2f} s")

    def turns(a: int, b: int) -> list[geo.LonLat] | None:
        if not (inside[a] and inside[b]):
            return None
        path, _ = environment.find_shortest_path(tuple(at[a]), tuple(at[b]))
        return [geo.LonLat(*row) for row in plane.unproject(np.array(path)[1:-1].reshape(-1, 2)).tolist()]

    return turns


def check(
    jobs: dict[str, Callable[[int, int], object]], places: list[geo.LonLat], questions: list[tuple[int, int]]
) -> None:
    """End the program where two methods disagree about a length."""
    for a, b in questions:
        lengths = {}
        for name, job in jobs.items():
            turns = job(a, b)
            line = [places[a], *turns, places[b]] if isinstance(turns, list) else []
            lengths[name] = math.fsum(geo.distance(*leg) for leg in pairwise(line)) if line else math.inf
        ways = [metres for metres in lengths.values() if metres < math.inf]
        if ways and max(ways) > min(ways) * SAME:
            sys.exit(f"lengths from {places[a]} to {places[b]} disagree: {lengths}")
    print(f"  all agree on {len(questions)} pairs")


def waters(chart: geo.CompiledChart, box: tuple[float, float, float, float], count: int) -> list[geo.LonLat]:
    """Give places spread over the water of a box, always the same."""
    generator = np.random.default_rng(1)
    turns: list[geo.LonLat] = []
    while len(turns) < count:
        place = geo.LonLat(*generator.uniform(box[:2], box[2:]).tolist())
        if chart.reaches(place) and not chart.is_land(place):
            turns.append(place)
    return turns


def main(arguments: list[str] | None = None) -> None:
    """Run the jobs named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("jobs", nargs="*", metavar="JOB", help=f"of {', '.join(JOBS)}; all by default")
    parser.add_argument("--quick", action="store_true", help="a few pairs, to see that it runs")
    options = parser.parse_args(arguments)
    if unknown := set(options.jobs) - set(JOBS):
        parser.error(f"no job {', '.join(sorted(unknown))}; there are {', '.join(JOBS)}")
    jobs = options.jobs or JOBS
    for name, job, few, many in (("cold", cold, 1, 7), ("chart", chart, 5, 200), ("land", land, 5, 100)):
        if name in jobs:
            job(few if options.quick else many)


if __name__ == "__main__":
    main()
