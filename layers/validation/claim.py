"""Checks that a feature is consistent in itself: status, history, geometry method."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from .exception import excepted
from .report import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

UNBUILT = frozenset({"planned", "proposed", "studied", "cancelled"})
OPEN = frozenset({"operating", "suspended"})
# A zone is decreed, not built: it may be planned and have its place measured.
ON_PAPER = frozenset({"special_economic_zone"})


def check_claims(properties: Mapping[str, Any], file: str, name: str) -> Iterator[Issue]:
    """Check one dated feature."""
    if "history" not in properties or excepted(properties, "status"):
        return
    status, statuses = properties["status"], [entry["status"] for entry in properties["history"]]
    if (
        status in UNBUILT
        and properties["geometry_method"] in {"surveyed", "osm"}
        and properties["kind"] not in ON_PAPER
    ):
        problem = (
            f"it is {status} and its geometry is {properties['geometry_method']}: what is not built cannot be surveyed"
        )
        yield Issue(file, name, "geometry_method", problem, "use constructed or schematic, or correct the status")
    for number, (before, after) in enumerate(pairwise(statuses), 1):
        if before in {"operating", "closed"} and after in UNBUILT:
            problem = f"it was {before} and then {after}: what exists is no plan"
            yield Issue(
                file, name, f"history/{number}", problem, "use suspended or closed, or give the plan an id of its own"
            )
    if properties["valid_to"] and status in {*OPEN, "under_construction"}:
        problem = f"it is {status.replace('_', ' ')} and has ended on {properties['valid_to']}"
        yield Issue(file, name, "valid_to", problem, "close its history, or remove valid_to")
    if properties["kind"] == "severed_link" and status in OPEN:
        yield Issue(
            file, name, "kind", f"a severed link cannot be {status}", "make it a main_line, or correct the status"
        )
