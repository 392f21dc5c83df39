"""Halve and double each assumption of routes and write the changes into ``docs/sensitivity.md``: run this script."""

import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import geo
import layers
from layers.graph.request import stop

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs" / "sensitivity.md"
TABLES = ROOT / "layers" / "tables"
TRIPS = tomllib.loads((TABLES / "trips.toml").read_text(encoding="utf-8"))["trip"]
COSTS = tomllib.loads((TABLES / "costs.toml").read_text(encoding="utf-8"))
FACTORS = (0.5, 2.0)
# Besides the trips of record: the first questions of a planner, on the newest day.
QUESTIONS = (
    {"name": "Hunchun–Rajin", "from": "station/hunchun", "to": "station/rajin"},
    {"name": "Khasan–Rajin", "from": "station/khasan", "to": "station/rajin"},
    {"name": "Moscow–Vladivostok", "from": "station/moscow", "to": "station/vladivostok"},
    {"name": "Rajin–Vladivostok", "from": "station/rajin", "to": "station/vladivostok"},
    {"name": "Hunchun–Busan, containers", "from": "station/hunchun", "to": "station/busan", "load": "containers"},
    {"name": "Khasan–Pohang, coal", "from": "station/khasan", "to": "station/pohang", "load": "coal"},
)
HEAD = """\
# How routes depend on the assumptions

Written by `python scripts/sensitivity.py`; a test checks that it matches the data. Each value of `layers/tables/costs.toml`, and
the hours of each kind of transfer, is halved and doubled, with all others unchanged. {count} routes are computed each time: the
trips of record of [accuracy.md](accuracy.md) and {extra} others. A cell names those that then pass other places;
an empty one means none. Hours matter where the objective is the cost, by the cost of an hour; a source beside a
value does not make it certain, it says where the value is from.

| value | now | basis | halved | doubled |
|---|---:|---|---|---|
"""


def document() -> str:
    """Text of ``docs/sensitivity.md``."""
    questions = (*TRIPS, *QUESTIONS)
    before = {row["name"]: _passed(row, None, 1.0) for row in questions}
    rows = [(_label(row), str(row["value"]), _basis(row), _changed_cost(row)) for row in COSTS["cost"]]
    rows += [
        (f"rate of {row['id'].rpartition('/')[2]} lines", str(row["value"]), _basis(row), _rated)
        for row in COSTS["rate"]
    ]
    rows += [
        (f"hours of each {kind.replace('_', ' ')}", "by table", "docs/network.md", _timed(kind))
        for kind in geo.TRANSFER_KINDS
    ]
    lines = []
    for label, value, basis, change in rows:
        cells = []
        for factor in FACTORS:
            moved = [row["name"] for row in questions if _passed(row, change, factor) != before[row["name"]]]
            cells.append("; ".join(moved))
        lines.append(f"| {label} | {value} | {basis} | {cells[0]} | {cells[1]} |\n")
    return HEAD.format(count=len(questions), extra=len(QUESTIONS)) + "".join(lines)


def _label(row: dict[str, Any]) -> str:
    loads = f", {', '.join(row['loads'])}" if row.get("loads") else ""
    return f"`{row['what']}`{loads}"


def _basis(row: dict[str, Any]) -> str:
    sources = layers.sources()
    cited = "; ".join(sources[source].cite() for source in row.get("sources", ()))
    return ". ".join(part.rstrip(".") for part in (cited, row.get("assumption", ""), row.get("note", "")) if part)


def _changed_cost(row: dict[str, Any]) -> Any:  # noqa: ANN401 - a function of a network and a factor
    special = {cost["loads"][0] for cost in COSTS["cost"] if cost.get("loads") and cost["what"] == row["what"]}

    def change(net: geo.Network, factor: float) -> geo.Network:
        loads = row.get("loads") or [load for load in geo.LOADS if load not in special]
        models = dict(net.cost_models)
        for load in loads:
            models[load] = replace(models[load], **{row["what"]: getattr(models[load], row["what"]) * factor})
        return _network(net, cost_models=models)

    return change


def _rated(net: geo.Network, factor: float) -> geo.Network:
    """Change the cost of a line without electrification relative to others: the part above 1."""
    edges = [_edge(edge, rate=1 + (edge.rate - 1) * factor) if edge.rate != 1 else edge for edge in net.edges]
    return _network(net, edges=edges)


def _timed(kind: str) -> Any:  # noqa: ANN401
    def change(net: geo.Network, factor: float) -> geo.Network:
        return _network(
            net,
            transfers=[_slower(transfer, factor) if transfer.kind == kind else transfer for transfer in net.transfers],
        )

    return change


def _slower(transfer: geo.Transfer, factor: float) -> geo.Transfer:
    by_load = tuple((load, hours * factor) for load, hours in transfer.load_hours)
    return replace(transfer, hours=None if transfer.hours is None else transfer.hours * factor, load_hours=by_load)


def _edge(edge: geo.Edge, *, rate: float) -> geo.Edge:
    names = (
        "id",
        "from_node",
        "to_node",
        "mode",
        "length_m",
        "line",
        "gauges_mm",
        "status",
        "countries",
        "hours",
        "loads",
        "depth_m",
    )
    return geo.Edge(**{name: getattr(edge, name) for name in names}, rate=rate)


def _network(net: geo.Network, **changes: Any) -> geo.Network:  # noqa: ANN401 - as of Network
    sections = {
        "edges": net.edges,
        "transfers": net.transfers,
        "withheld": net.withheld,
        "withheld_transfers": net.withheld_transfers,
        "speeds": net.speeds,
        "cost_models": net.cost_models,
        "as_of": net.as_of,
    }
    return geo.Network(net.nodes, **sections | changes)


@cache
def _day(day: str | None) -> geo.Network:
    return layers.network(as_of=day)


@cache
def _on(day: str | None, change: Any, factor: float) -> geo.Network:  # noqa: ANN401
    return _day(day) if change is None else change(_day(day), factor)


def _passed(row: dict[str, Any], change: Any, factor: float) -> tuple[str | None, ...]:  # noqa: ANN401
    net = _on(row.get("day"), change, factor)
    options = geo.RouteOptions(load=row.get("load", "general"), modes=row.get("modes"))
    via = [stop(net, layers.find(place)) for place in row.get("via", ())]
    return tuple(place.node_id for place in geo.route(net, row["from"], row["to"], options, via=via).stops)


if __name__ == "__main__":
    TARGET.write_text(document(), encoding="utf-8")
    print(TARGET)
