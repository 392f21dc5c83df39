"""Your own networks compared with peers: time, memory, bytes and routes, each engine in a separate process.

``network.py`` compiles a million edges, ``--large`` ten million, ``--quick`` twenty thousand. Seconds are of the processor, as
others use the machine.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
from timing import show

SIZES = {"--quick": 20_000, "": 1_000_000, "--large": 10_000_000}
SLOW = {"scgraph"}  # engines that keep a Python object for each edge: not beyond a million
QUESTIONS = 9

Query = Callable[[int, int], float]


def lattice(edges: int) -> tuple[np.ndarray, np.ndarray]:
    """Positions of a lattice of streets, each place moved a little, and the ends of its edges."""
    side = int((edges / 2) ** 0.5) + 1
    random = np.random.default_rng(1)
    row, column = np.divmod(np.arange(side * side), side)
    step = 40 / side
    lonlat = (
        np.column_stack([100 + column * step, 20 + row * step]) + random.uniform(-0.3, 0.3, (side * side, 2)) * step
    )
    numbers = np.arange(side * side).reshape(side, side)
    across = np.column_stack([numbers[:, :-1].ravel(), numbers[:, 1:].ravel()])
    along = np.column_stack([numbers[:-1].ravel(), numbers[1:].ravel()])
    return np.round(lonlat, 7), np.concatenate([across, along])


def questions(lonlat: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of places, the same for all."""
    return [(int(a), int(b)) for a, b in np.random.default_rng(2).choice(len(lonlat), size=(QUESTIONS, 2))]


def write_lines(folder: Path, edges: int) -> None:
    """Write the lattice as GeoParquet, and as the columns that the peers take."""
    import geopandas
    import shapely

    import geo

    lonlat, ends = lattice(edges)
    metres = geo.distance(lonlat[ends[:, 0]], lonlat[ends[:, 1]])
    np.savez(folder / "graph.npz", lonlat=lonlat, ends=ends, metres=metres)
    shapes = shapely.linestrings(lonlat[ends])
    frame = geopandas.GeoDataFrame({"highway": ["primary"] * len(ends)}, geometry=shapes, crs=4326)
    frame.to_parquet(folder / "lines.parquet")


def compile_lines(folder: Path) -> dict[str, float]:
    """Compile the lines."""
    import layers

    begin = time.process_time()
    layers.compile_network(folder / "lines.parquet", folder / "net")
    size = sum(path.stat().st_size for path in (folder / "net").iterdir())
    return {"seconds": time.process_time() - begin, "bytes": size}


def contract(folder: Path) -> dict[str, float]:
    """Contract the compiled network."""
    import geo
    import layers

    begin = time.process_time()
    geo.prepare(layers.read_network(folder / "net")).save(folder / "net" / "contracted")
    size = sum(path.stat().st_size for path in (folder / "net" / "contracted").iterdir())
    return {"seconds": time.process_time() - begin, "bytes": size}


def tumen_columns(folder: Path) -> Query:
    """Whole routes, with legs and stops, without a contracted form."""
    import geo
    import layers

    net = layers.read_network(folder / "net")
    return _route(net, geo.RouteOptions(cost="distance"))


def tumen_contracted(folder: Path) -> Query:
    """Whole routes over the contracted form."""
    import geo
    import layers

    net = geo.prepare(layers.read_network(folder / "net"), folder / "net" / "contracted")
    return _route(net, geo.RouteOptions(cost="distance"))


def tumen_path(folder: Path) -> Query:
    """Only the ids of the path, over the contracted form."""
    import geo
    import layers

    net = geo.prepare(layers.read_network(folder / "net"), folder / "net" / "contracted")
    lonlat = np.load(folder / "graph.npz")["lonlat"]
    ids: dict[int, str] = {}

    def way(start: int, end: int) -> float:
        for place in (start, end):
            if place not in ids:
                ids[place] = net.nearest(tuple(lonlat[place]))[0].id
        return net.path(ids[start], ids[end], cost="distance").cost

    return way


def _route(net, options) -> Query:  # noqa: ANN001 - imported late
    import geo

    lonlat = np.load(Path(sys.argv[2]) / "graph.npz")["lonlat"]
    return lambda start, end: geo.route(net, tuple(lonlat[start]), tuple(lonlat[end]), options).length_m


def scipy_tree(folder: Path) -> Query:
    """One to all, with predecessors."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    lonlat, ends, metres = _arrays(folder)
    edges = (np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]]))
    graph = csr_array((np.concatenate([metres, metres]), edges), shape=(len(lonlat), len(lonlat)))

    def way(start: int, end: int) -> float:
        costs, before = dijkstra(graph, indices=start, return_predecessors=True)
        node = end
        while node != start:
            node = int(before[node])
        return float(costs[end])

    return way


def rustworkx(folder: Path) -> Query:
    """Dijkstra with the path."""
    import rustworkx as rx

    lonlat, ends, metres = _arrays(folder)
    graph = rx.PyGraph()
    graph.add_nodes_from(range(len(lonlat)))
    graph.add_edges_from(list(zip(ends[:, 0].tolist(), ends[:, 1].tolist(), metres.tolist(), strict=True)))

    def way(start: int, end: int) -> float:
        nodes = rx.dijkstra_shortest_paths(graph, start, target=end, weight_fn=float)[end]
        return sum(graph.get_edge_data(a, b) for a, b in pairwise(nodes))

    return way


def igraph(folder: Path) -> Query:
    """Dijkstra with the path."""
    import igraph as ig

    lonlat, ends, metres = _arrays(folder)
    graph = ig.Graph(n=len(lonlat), edges=ends)

    def way(start: int, end: int) -> float:
        (edges,) = graph.get_shortest_paths(start, to=end, weights=metres, output="epath")
        return float(metres[edges].sum())

    return way


def networkit(folder: Path) -> Query:
    """Bidirectional Dijkstra with the path."""
    import networkit as nk

    lonlat, ends, metres = _arrays(folder)
    graph = nk.Graph(len(lonlat), weighted=True)
    graph.addEdges((metres, (ends[:, 0].astype(np.uint64), ends[:, 1].astype(np.uint64))))

    def way(start: int, end: int) -> float:
        search = nk.distance.BidirectionalDijkstra(graph, start, end, True)  # noqa: FBT003 - it takes no name
        search.run()
        search.getPath()
        return float(search.getDistance())

    return way


def scgraph(folder: Path) -> Query:
    """Its default algorithm, without geometry."""
    from scgraph import GeoGraph

    lonlat, ends, metres = _arrays(folder)
    near: list[dict[int, float]] = [{} for _ in range(len(lonlat))]
    for (start, end), length in zip(ends.tolist(), (metres / 1000).tolist(), strict=True):
        near[start][end] = near[end][start] = length
    graph = GeoGraph(graph=near, nodes=lonlat[:, ::-1].tolist())
    places = {}

    def way(start: int, end: int) -> float:
        for place in (start, end):
            places[place] = {"latitude": float(lonlat[place, 1]), "longitude": float(lonlat[place, 0])}
        path = graph.get_shortest_path(places[start], places[end], output_units="m", silent=True)
        return float(path["length"])

    return way


def _arrays(folder: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    graph = np.load(folder / "graph.npz")
    return graph["lonlat"], graph["ends"], graph["metres"]


STEPS = {"compile": compile_lines, "contract": contract}
ENGINES = {
    "tumen geo.route, columns": tumen_columns,
    "tumen geo.route, contracted": tumen_contracted,
    "tumen path, contracted": tumen_path,
    "scipy, one to all": scipy_tree,
    "networkit, both ends": networkit,
    "rustworkx": rustworkx,
    "igraph": igraph,
    "scgraph": scgraph,
}


def child(name: str, folder: Path) -> dict[str, object]:
    """Run a step or an engine, and print seconds, memory and results."""
    if name in STEPS:
        measured: dict[str, object] = dict(STEPS[name](folder))
    else:
        begin = time.process_time()
        way = ENGINES[name](folder)
        pairs = questions(np.load(folder / "graph.npz")["lonlat"])
        way(*pairs[0])  # builds its cache
        measured = {"seconds": time.process_time() - begin}
        spent, answers = [], []
        for start, end in pairs[1:]:
            begin = time.process_time()
            answers.append(round(way(start, end), 1))
            spent.append(time.process_time() - begin)
        measured |= {"query": float(np.median(spent)), "answers": answers}
    return measured | {"memory": peak()}


def peak() -> int:
    """Peak memory of this process in bytes; unlike ``getrusage``, without that of its parent."""
    (line,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def run(name: str, folder: Path) -> dict[str, object] | None:
    """Run it in a separate process; None where its package is missing."""
    process = subprocess.run([sys.executable, __file__, name, str(folder)], capture_output=True, text=True, check=False)  # noqa: S603
    if process.returncode:
        print(f"{name}: skipped: {process.stderr.strip().splitlines()[-1] if process.stderr else process.returncode}")
        return None
    return json.loads(process.stdout.splitlines()[-1])


def main(edges: int) -> None:
    """Measure all of it, and compare the answers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_lines(folder, edges)
        for step in STEPS:
            measured = run(step, folder)
            if measured:
                show(f"{step} {edges:,} edges", {"tumen": measured["seconds"]}, "tumen", "s")
                print(f"  {measured['memory'] / 1e9:.2f} GB of memory, {measured['bytes'] / 1e6:,.0f} MB on disk")
        engines = [engine for engine in ENGINES if edges <= SIZES[""] or engine not in SLOW]
        results = {engine: result for engine in engines if (result := run(engine, folder))}
    reference = results["scipy, one to all"]["answers"]
    for engine, result in results.items():
        np.testing.assert_allclose(result["answers"], reference, rtol=2e-3 if engine == "scgraph" else 1e-5)
    ours = next(iter(results))
    show(f"open or build {edges:,} edges, and the first question", _of(results, "seconds"), ours, "s")
    show(f"a question of {edges:,} edges", _of(results, "query"), ours, "ms")
    for engine, result in results.items():
        print(f"  {engine:42} {result['memory'] / 1e9:8.2f} GB of memory")


def _of(results: dict[str, dict[str, object]], measure: str) -> dict[str, float]:
    return {engine: result[measure] for engine, result in results.items()}


if __name__ == "__main__":
    if len(sys.argv) > 2:  # noqa: PLR2004 - a child
        print(json.dumps(child(sys.argv[1], Path(sys.argv[2]))))
    else:
        main(SIZES[sys.argv[1] if len(sys.argv) > 1 else ""])
