"""Time routes and tables of lengths beside the peers: ``scripts/setup benchmark``, then ``python benchmarks/routing.py``.

All engines get the same graph and the same pairs in one process. Before anything is timed, every answer is compared with
ours; the program fails where one differs. ``--quick`` takes a small grid and the peers that are installed; ``--large`` takes
the highways of the world with the sea lanes in place of the sea lanes alone (many minutes).
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np
from engine import DISTANCE, MAKERS, Engine, igraph_of, networkx_of, rustworkx_of, scgraph_of, scipy_of, tumen_of
from lane import NORTHWEST, Graph, grid, highways, sea_lanes
from timing import in_turns, over_questions, show

import geo

RELATIVE = 1e-6  # lengths may differ by this: ours are compared in whole units, of some centimetres on the sea lanes
ABSOLUTE_M = 0.2  # and by this: scgraph rounds to 0.1 m
JOBS = ("route", "bare", "options", "matrix")
NOT_LARGE = ("searoute", "scgraph contraction")  # too slow to be made ready


def engines(graph: Graph, skipped: tuple[str, ...] = ()) -> dict[str, Engine]:
    """Make every engine ready that is installed."""
    answers = {}
    for name, make in MAKERS.items():
        if name.startswith(skipped):
            continue
        begin = time.perf_counter()
        try:
            answers[name] = make(graph)
        except ModuleNotFoundError as error:
            print(f"skipped: {name} ({error.name} is not installed)")
            continue
        print(f"ready in {time.perf_counter() - begin:7.2f} s: {name}", flush=True)
    return answers


def check(name: str, ours: np.ndarray, theirs: np.ndarray) -> None:
    """Stop unless two tables of metres agree."""
    off = np.abs(ours - theirs) - np.maximum(RELATIVE * ours, ABSOLUTE_M)
    if (off > 0).any() or (np.isfinite(ours) != np.isfinite(theirs)).any():
        worst = int(np.nanargmax(off))
        sys.exit(f"{name} disagrees: {theirs.flat[worst]} m against our {ours.flat[worst]} m")


def time_routes(graph: Graph, count: int, repeat: int, skipped: tuple[str, ...]) -> None:
    """One route with its path."""
    ways = engines(graph, skipped)
    questions = graph.questions(count)
    checked = questions[: min(count, 50)]
    first, *peers = ways
    ours = np.array([ways[first](*pair) for pair in checked])
    for name in peers:
        way = getattr(ways[name], "check", ways[name])
        check(name, ours, np.array([way(*pair) for pair in checked]))
    print(f"all agree on {len(checked)} pairs to {RELATIVE:g} and {ABSOLUTE_M:g} m")
    medians = over_questions(ways, questions, repeat)
    show(f"one route with its path, median of {len(questions)} pairs, {repeat} times", medians, first)


def time_bare(graph: Graph, count: int, repeat: int) -> None:
    """The overhead of our code on the query of the engine: the quickest of several runs for each pair, then their median."""
    net = tumen_of(graph)
    pairs = [(f"n{start}", f"n{end}") for start, end in graph.questions(count)]
    search = net.search(DISTANCE.weight_key)
    metric = getattr(search, "_metric", None)
    if metric is None:
        print("skipped: the bare engine (pyroutingkit is not installed)")
        return
    topology = search.topology
    states = {pair: (topology.start(pair[0], None), topology.end(pair[1])) for pair in pairs}
    ways: dict[str, Callable[[tuple[str, str]], object]] = {
        "bare engine": lambda pair: metric.query(*states[pair]),
        "tumen prepared.path": lambda pair: net.path(*pair, DISTANCE),
        "tumen geo.route": lambda pair: geo.route(net, *pair, DISTANCE),
    }
    spent = {name: float(np.median([quickest(way, pair, repeat) for pair in pairs])) for name, way in ways.items()}
    show(f"our lines over the engine's, {len(pairs)} pairs, quickest of {repeat}", spent, "bare engine")


def quickest(way: Callable[[tuple[str, str]], object], pair: tuple[str, str], repeat: int) -> float:
    """Seconds of the quickest of several runs for one pair."""
    goes = []
    for _ in range(repeat):
        begin = time.perf_counter()
        way(pair)
        goes.append(time.perf_counter() - begin)
    return min(goes)


def time_options(graph: Graph, repeat: int) -> None:
    """New options on a loaded network; a different set each time, so that nothing is cached."""
    net = tumen_of(graph)
    start, end = (f"n{number}" for number in graph.questions(1)[0])
    net.path(start, end, cost="distance")
    spare = [f"e{number}" for number, passage in enumerate(graph.passages) if passage != NORTHWEST][
        :: 1 + len(graph.ends) // 97
    ]
    modes = iter(
        [("sea", *further) for further in (("rail",), ("road",), ("ferry",), ("rail", "road"), ("rail", "ferry"))]
    )

    def avoided(words: Iterator[str]) -> Callable[[], object]:
        return lambda: net.path(start, end, avoid=(next(words),))

    ways = {
        "avoid: an edge": avoided(iter(spare)),
        "modes": lambda: net.path(start, end, modes=next(modes)),
    }
    show(
        "new options on a prepared network, first answer included (target: 10 ms)",
        in_turns(ways, min(repeat, 5)),
        "",
        "ms",
    )
    for cost in ("time", "generalized"):
        begin = time.perf_counter()
        net.path(start, end, cost=cost)
        print(f"  {'first question of cost ' + cost:42} {(time.perf_counter() - begin) * 1e3:12,.3f} ms")
        begin = time.perf_counter()
        net.path(start, end, cost=cost, avoid=["suez"])
        print(f"  {'then new options of that cost':42} {(time.perf_counter() - begin) * 1e3:12,.3f} ms")


def time_matrix(graph: Graph, size: int, sample: int, skipped: tuple[str, ...]) -> None:
    """A table of lengths; the peers on a sample of its rows, scaled to all."""
    part = np.random.default_rng(2).permutation(graph.largest_part())[:size].tolist()
    rows = part[:sample]
    ids = [f"n{node}" for node in part]
    net = tumen_of(graph)
    geo.matrix(net, ids[:2], ids[:2], cost="distance")
    ours = geo.matrix(net, ids, ids, cost="distance")
    peers = dict(_tables(graph, rows, part, skipped))
    for name, table in peers.items():
        check(name, ours[: len(rows)], table())
    print(f"all agree on {len(rows)} × {len(part)} lengths")
    spent = in_turns({"tumen": lambda: geo.matrix(net, ids, ids, cost="distance")} | peers, 3)
    scaled = {name: value * (1 if name == "tumen" else len(part) / len(rows)) for name, value in spent.items()}
    title = f"matrix {len(part)} × {len(part)}; peers: {len(rows)} rows, times {len(part) / len(rows):g}"
    show(title, scaled, "tumen", "s")


def _tables(
    graph: Graph, rows: list[int], part: list[int], skipped: tuple[str, ...]
) -> Iterator[tuple[str, Callable[[], np.ndarray]]]:
    for name, make in {
        "scipy": _scipy_table,
        "igraph": _igraph_table,
        "rustworkx": _rustworkx_table,
        "scgraph, trees": _scgraph_table,
        "networkx": _networkx_table,
    }.items():
        if name.startswith(skipped):
            continue
        try:
            yield name, make(graph, rows, part)
        except ModuleNotFoundError as error:
            print(f"skipped: {name} ({error.name} is not installed)")


def _scipy_table(graph: Graph, rows: list[int], part: list[int]) -> Callable[[], np.ndarray]:
    from scipy.sparse.csgraph import dijkstra

    peer = scipy_of(graph)
    return lambda: dijkstra(peer, indices=rows)[:, part]


def _igraph_table(graph: Graph, rows: list[int], part: list[int]) -> Callable[[], np.ndarray]:
    peer = igraph_of(graph)
    return lambda: np.array(peer.distances(source=rows, target=part, weights="weight"))


def _rustworkx_table(graph: Graph, rows: list[int], part: list[int]) -> Callable[[], np.ndarray]:
    import rustworkx as rx

    peer = rustworkx_of(graph)

    def table() -> np.ndarray:
        trees = [{row: 0.0, **rx.dijkstra_shortest_path_lengths(peer, row, float)} for row in rows]
        return np.array([[tree[node] for node in part] for tree in trees])

    return table


def _scgraph_table(graph: Graph, rows: list[int], part: list[int]) -> Callable[[], np.ndarray]:
    """Its `distance_matrix`, without the search for the nearest nodes."""
    peer = scgraph_of(graph).graph_object

    def table() -> np.ndarray:
        trees = [peer.get_shortest_path_tree(row)["distance_matrix"] for row in rows]
        return np.array([[tree[node] for node in part] for tree in trees]) * 1000

    return table


def _networkx_table(graph: Graph, rows: list[int], part: list[int]) -> Callable[[], np.ndarray]:
    import networkx as nx

    peer = networkx_of(graph)

    def table() -> np.ndarray:
        trees = [nx.single_source_dijkstra_path_length(peer, row) for row in rows]
        return np.array([[tree[node] for node in part] for tree in trees])

    return table


def main(arguments: list[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("jobs", nargs="*", metavar="JOB", help=f"of {', '.join(JOBS)} (default: all)")
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true", help="a small grid, few pairs")
    size.add_argument("--large", action="store_true", help="highways of the world with the sea lanes")
    options = parser.parse_args(arguments)
    if unknown := set(options.jobs) - set(JOBS):
        parser.error(f"no job is called {', '.join(sorted(unknown))}; there are {', '.join(JOBS)}")
    graph = grid() if options.quick else highways() if options.large else sea_lanes()
    skipped = NOT_LARGE if options.large else ()
    print(f"{len(graph.lonlats):,} nodes, {len(graph.ends):,} edges, {len(graph.open):,} of them open")
    jobs = options.jobs or JOBS
    if "route" in jobs:
        time_routes(graph, *((6, 1) if options.quick else (10, 2) if options.large else (100, 3)), skipped)
    if "bare" in jobs:
        time_bare(graph, 6 if options.quick else 100, 5 if options.quick else 15)
    if "options" in jobs:
        time_options(graph, 3 if options.quick else 5)
    if "matrix" in jobs:
        time_matrix(graph, *((20, 5) if options.quick else (1000, 2) if options.large else (1000, 20)), skipped)


if __name__ == "__main__":
    main()
