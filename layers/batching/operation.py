"""What is worked out for each row: distances, sea distances, routes, the nearest feature, the areas around."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import geo
from layers.errors import BatchError

from .ends import Ends, columns_of, ends

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

Result: TypeAlias = dict[str, list[Any]]
Work: TypeAlias = "Callable[[list[Ends]], Result]"

REASON: Final = "reason"
# The columns that each adds, by Arrow's name of their type; `reason` comes last.
ADDED: Final[dict[str, dict[str, str]]] = {
    "distance": {"length_m": "double", "uncertainty_m": "double"},
    "sea-distance": {"length_m": "double", "uncertainty_m": "double"},
    "route": {
        "length_m": "double", "uncertainty_m": "double", "hours": "double", "cost": "double", "modes": "string",
    },
    "nearest": {"nearest_id": "string", "nearest_name": "string", "nearest_m": "double"},
    "within": {"within_ids": "string", "within_names": "string"},
}  # fmt: skip
OPERATIONS: Final = tuple(ADDED)
_ONE_PLACE: Final = ("nearest", "within")
_MILLIMETRES: Final = 3
_KEPT: Final = 200_000
_ANY_SHAPE: Final = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


@dataclass(frozen=True, slots=True)
class Task:
    """One operation with all that it depends on; as JSON it is the same in every process.

    Attributes
    ----------
    operation
        One of `OPERATIONS`.
    columns
        Of each side: one column, or two with longitude and latitude.
    layer
        Of `nearest` and `within`.
    as_of, include_planned, data
        As of `layers.network`.
    network
        Folder of your own network, as for `layers.read_network`.
    options
        Fields of `geo.RouteOptions`, or what `layers.sea_path` takes.
    """

    operation: str
    columns: tuple[tuple[str, ...], ...]
    layer: str | None = None
    as_of: str | None = None
    include_planned: bool = False
    data: str | None = None
    network: str | None = None
    options: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> str:
        """Text that `from_json` takes."""
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Task:
        """Task of a text of `to_json`."""
        row = json.loads(text)
        return cls(**row | {"columns": tuple(tuple(side) for side in row["columns"])})


def task(
    operation: str,
    schema: pa.Schema,
    *,
    origin: str | None = None,
    destination: str | None = None,
    at: str | None = None,
    **settings: Any,  # noqa: ANN401 - the fields of Task
) -> Task:
    """Make a task for a table, and check that it can be computed.

    Raises
    ------
    BatchError
        When a column is missing, not obvious, or already has the name of a result; when a layer is missing or does not
        fit the operation.
    """
    if operation not in ADDED:
        raise BatchError(f"an operation is one of {', '.join(OPERATIONS)}, got {operation!r}")
    sides = {"at": at} if operation in _ONE_PLACE else {"from": origin, "to": destination}
    result = Task(operation, tuple(columns_of(side, column, schema) for side, column in sides.items()), **settings)
    if taken := [name for name in (*ADDED[operation], REASON) if name in schema.names]:
        raise BatchError(f"the table has a column {taken[0]!r} already, which the result needs; rename it")
    worker(result.to_json())  # layers, days and options are checked before the first row
    return result


def result_schema(operation: str, schema: pa.Schema) -> pa.Schema:
    """Return the schema of the table with the results."""
    import pyarrow as pa

    added = [*ADDED[operation].items(), (REASON, "string")]
    return pa.schema([*schema.remove_metadata(), *(pa.field(name, pa.type_for_alias(kind)) for name, kind in added)])


def compute(text: str, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Compute a batch: its columns and rows unchanged, and the results.

    Parameters
    ----------
    text
        The task, by `Task.to_json`.
    batch
        Rows; one that cannot be worked out keeps its place and says why in ``reason``.
    """
    import pyarrow as pa

    batch_task = Task.from_json(text)
    sides = [
        ends(batch, columns, prefer=_prefer(batch_task), data=batch_task.data, network=batch_task.network)
        for columns in batch_task.columns
    ]
    results = worker(text)(sides)
    schema = result_schema(batch_task.operation, batch.schema)
    arrays = [
        pa.array(results[name], schema.field(name).type, from_pandas=True)
        for name in (*ADDED[batch_task.operation], REASON)
    ]
    return pa.RecordBatch.from_arrays([*batch.columns, *arrays], schema=schema)


def _prefer(batch_task: Task) -> tuple[str, ...]:
    from layers.graph.request import role

    return ("ports",) if batch_task.operation == "sea-distance" else role(batch_task.options.get("modes"))


@lru_cache(maxsize=4)
def worker(text: str) -> Work:
    """Prepare what a task needs, once in each process."""
    batch_task = Task.from_json(text)
    kinds: dict[str, Callable[[Task], Work]] = {
        "distance": _distance,
        "sea-distance": _sea_distance,
        "route": _route,
        "nearest": _nearest,
        "within": _within,
    }
    return kinds[batch_task.operation](batch_task)


def _reasons(sides: list[Ends]) -> list[str | None]:
    """Why a row cannot be worked out, of its first side that says so."""
    if len(sides) == 1:
        return list(sides[0].reasons)
    return [first or second for first, second in zip(sides[0].reasons, sides[1].reasons, strict=True)]


def _distance(_: Task) -> Work:
    import numpy as np

    def work(sides: list[Ends]) -> Result:
        reasons = _reasons(sides)
        good = np.array([reason is None for reason in reasons], dtype=bool)
        length_m, spread_m = np.full(len(good), np.nan), np.full(len(good), np.nan)
        a, b = sides
        length_m[good] = np.round(geo.distance(a.lonlat[good], b.lonlat[good]), _MILLIMETRES)
        spread_m[good] = np.round(np.hypot(a.accuracy_m, b.accuracy_m)[good], _MILLIMETRES)  # as `geo.separation`
        return {"length_m": length_m, "uncertainty_m": spread_m, REASON: reasons}  # type: ignore[dict-item]  # arrays do too

    return work


def _by_pair(operation: str, answer: Callable[[Any, Any], dict[str, Any]]) -> Work:
    """Work out each pair of places once, as long as there is room to remember it."""
    answers: dict[tuple[Any, Any], dict[str, Any]] = {}

    def work(sides: list[Ends]) -> Result:
        reasons = _reasons(sides)
        rows: list[dict[str, Any]] = []
        for number, reason in enumerate(reasons):
            if reason is not None:
                rows.append({REASON: reason})
                continue
            pair = (sides[0].given(number), sides[1].given(number))
            if pair not in answers:
                if len(answers) >= _KEPT:
                    answers.clear()
                answers[pair] = answer(*pair)
            rows.append(answers[pair])
        return {name: [row.get(name) for row in rows] for name in (*ADDED[operation], REASON)}

    return work


def _sea_distance(batch_task: Task) -> Work:
    from layers.sea.chart import coast
    from layers.sea.lanes import lanes
    from layers.sea.path import sea_path

    country, avoid = batch_task.options.get("offing_from"), batch_task.options.get("avoid")
    if country is not None:
        coast(country, data=batch_task.data)
    elif batch_task.options.get("offing_nmi"):
        raise BatchError("an offing needs the country of the coast to keep off: --offing-from KP, KR, CN or RU")
    if avoid:
        lanes(data=batch_task.data).without(avoid)

    def answer(a: Any, b: Any) -> dict[str, Any]:  # noqa: ANN401 - as `sea_path`
        try:
            path = sea_path(_text(a), _text(b), data=batch_task.data, **batch_task.options)
        except geo.GeoError as error:
            return {REASON: " ".join(str(error).split())}
        spread_m = round(path.uncertainty_m, _MILLIMETRES)
        return {"length_m": round(path.length_m, _MILLIMETRES), "uncertainty_m": spread_m}

    return _by_pair(batch_task.operation, answer)


def _text(place: Any) -> Any:  # noqa: ANN401 - a place of the record goes by its id: a far port is found by it
    return place.id if getattr(place, "layer", "") else place


def _route(batch_task: Task) -> Work:
    from layers.graph.network import MODES, network
    from layers.graph.request import described, locate
    from layers.lines.network import read_network

    options = geo.RouteOptions(**batch_task.options)
    modes: Any = options.modes or MODES
    if batch_task.network is not None:
        net = read_network(batch_task.network, include_planned=batch_task.include_planned, prepare=True)
    else:
        net = geo.prepare(
            network(
                as_of=batch_task.as_of, modes=modes, include_planned=batch_task.include_planned, data=batch_task.data
            )
        )

    def answer(a: Any, b: Any) -> dict[str, Any]:  # noqa: ANN401 - as `locate`
        try:
            ends_ = [locate(net, place, data=batch_task.data) for place in (a, b)]
            row, _ = described(net, ends_[0], ends_[1], options)
        except geo.GeoError as error:
            return {REASON: " ".join(str(error).split())}
        if row["reason"]:
            return {REASON: " ".join(row["reason"].split())}
        return {
            name: round(value, _MILLIMETRES) if isinstance(value, float) else value for name, value in row.items()
        } | {REASON: None}

    return _by_pair(batch_task.operation, answer)


def _layer(
    batch_task: Task, kinds: frozenset[str], geometry_words: str
) -> tuple[list[str], list[str], NDArray[np.object_]]:
    """Ids, names and shapes of a layer that has some of the kinds, in order of the ids."""
    import numpy as np

    from layers.features.frame import load
    from layers.record.catalog import catalog

    usable = [record.name for record in catalog(data=batch_task.data) if kinds & set(record.geometry_types)]
    if batch_task.layer is None:
        raise BatchError(f"{batch_task.operation} needs a layer with {geometry_words}: {', '.join(usable)}")
    frame = load(batch_task.layer, as_of=batch_task.as_of, data=batch_task.data)
    frame = frame[frame.geom_type.isin(kinds)].sort_values("id")
    if frame.empty:
        raise BatchError(
            f"{batch_task.operation} needs a layer with {geometry_words}, got {batch_task.layer!r}; there are {', '.join(usable)}"
        )
    return frame.id.tolist(), frame.name.tolist(), np.asarray(frame.geometry.values, dtype=object)


def _nearest(batch_task: Task) -> Work:
    import numpy as np

    from .nearest import ROWS_AT_ONCE, point_finder, shape_finder

    ids, names, shapes = _layer(batch_task, frozenset(_ANY_SHAPE), "features")
    only_points = all(shape.geom_type == "Point" for shape in shapes)
    find = (point_finder if only_points else shape_finder)(shapes)

    def work(sides: list[Ends]) -> Result:
        lonlat, reasons = sides[0].lonlat, _reasons(sides)
        good = np.flatnonzero(np.array([reason is None for reason in reasons], dtype=bool))
        nearest, metres = np.full(len(lonlat), -1), np.full(len(lonlat), np.nan)
        for start in range(0, len(good), ROWS_AT_ONCE):
            rows = good[start : start + ROWS_AT_ONCE]
            nearest[rows], metres[rows] = find(lonlat[rows])
        return {
            "nearest_id": [ids[index] if index >= 0 else None for index in nearest.tolist()],
            "nearest_name": [names[index] if index >= 0 else None for index in nearest.tolist()],
            "nearest_m": np.round(metres, _MILLIMETRES),  # type: ignore[dict-item]  # an array does too
            REASON: reasons,
        }

    return work


def _within(batch_task: Task) -> Work:
    import shapely

    ids, names, shapes = _layer(batch_task, frozenset({"Polygon", "MultiPolygon"}), "areas")
    tree = shapely.STRtree(shapes)

    def work(sides: list[Ends]) -> Result:
        import numpy as np

        lonlat, reasons = sides[0].lonlat, _reasons(sides)
        areas_of_row: list[list[int]] = [[] for _ in reasons]
        good = np.flatnonzero(np.array([reason is None for reason in reasons], dtype=bool))
        at, area = tree.query(shapely.points(lonlat[good]), predicate="intersects")
        for row, index in sorted(zip(good[at].tolist(), area.tolist(), strict=True)):
            areas_of_row[row].append(index)
        return {
            "within_ids": ["; ".join(ids[index] for index in row) or None for row in areas_of_row],
            "within_names": ["; ".join(names[index] for index in row) or None for row in areas_of_row],
            REASON: reasons,
        }

    return work
