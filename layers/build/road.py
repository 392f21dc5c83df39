"""The layer ``road_links``: sections of road between places, stations, ports and checkpoints, routed over a graph of chords.

What `railway` does for lines and stations, for the lorry: a road of the table runs through features of other layers, and each
section between two of them becomes a feature. Where a section is a bridge of the layer ``crossings``, it takes that one's dates.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from shapely.geometry import LineString

from geo import BBox
from layers.record.store import PACKAGED, properties_of, read_features

from . import crossed, package, table
from .collection import Collection, feature
from .course import Graph, lay
from .railway import accuracy_m, length_uncertainty_m, note_of, published_m, section_row

if TYPE_CHECKING:
    from layers.record.store import JsonObject

NODE_LAYERS = ("stations", "places", "ports", "checkpoints")
# From Dalian to Khabarovsk and from Jeju to the Amur; no road of the table leads farther.
REGION = BBox(121.0, 33.0, 137.0, 48.0)
# The package has fewer roads than railways: of the published lengths the worst, Wonsan–Rajin, is off by 27 % of ours.
LENGTH_SHARE = 0.3
LAID = frozenset({"from", "to", "via", "closed_gap", "snap_km"})


def build() -> Collection:
    """Build ``road_links`` from scgraph-data and its table; its ends are read from the layers that stand in the package."""
    rows = table.read("road_links")
    places, histories = _places(), crossed.crossings()
    graph = Graph("highways", REGION)
    sections = [
        _section(
            crossed.dated(section_row(road, start, end, stops="nodes"), histories, "road"),
            places,
            graph,
            rows["licence"],
        )
        for road in rows["road"]
        for start, end in pairwise(road["nodes"])
    ]
    packages = (package.named("scgraph-data"),)
    return Collection("road_links", rows["title"], rows["licence"], rows["attribution"], sections, packages)


def _places() -> dict[str, dict[str, Any]]:
    """Position and accuracy of everything that a road may begin or end at."""
    return {
        str(row["id"]): {"point": row["geometry"]["coordinates"], **properties_of(row)}  # type: ignore[index, call-overload]
        for name in NODE_LAYERS
        for row in read_features(PACKAGED / f"{name}.geojson")
    }


def _section(row: dict[str, Any], places: dict[str, dict[str, Any]], graph: Graph, licence: str) -> JsonObject:
    """Feature of a section.

    Raises
    ------
    ValueError
        When no layer has an end of it.
    """
    if unknown := [end for end in (row["from"], row["to"]) if end not in places]:
        raise ValueError(f"{row['line']}: no station, place, port or checkpoint is called {', '.join(unknown)}")
    start, end = ({**places[row[key]], "snap_km": row.get("snap_km", 6.0)} for key in ("from", "to"))
    course = lay(graph, start, end, row)
    measured = {
        "id": f"road/{_slug(row['line'])}/{_slug(row['from'])}-{_slug(row['to'])}",
        "from_node": row["from"],
        "to_node": row["to"],
        "length_m": round(course.length_m),
        "length_uncertainty_m": length_uncertainty_m(
            course.length_m, published_m(row, None, None), by_hand=course.by_hand, share=LENGTH_SHARE
        ),
        "accuracy_m": max(accuracy_m(course), start["accuracy_m"], end["accuracy_m"]),
        "geometry_method": "schematic",
        "note": note_of(row),
    }
    columns = {key: value for key, value in row.items() if key not in LAID}
    return feature(table.subject(columns | measured, licence), LineString(course.pairs))


def _slug(feature_id: str) -> str:
    return feature_id.rpartition("/")[2]
