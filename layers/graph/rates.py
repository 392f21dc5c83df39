"""Cost models by load, and rates of railway sections, from the table of costs."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from geo import LOADS, CostModel

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .edges import Section


def models(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, float]]:
    """Values of the cost model of each load.

    Raises
    ------
    ValueError
        When a row names a rate that no model has, or a part of the model has no row for all loads.
    """
    names = [field.name for field in fields(CostModel)]
    general: dict[str, float] = {}
    special: dict[str, dict[str, float]] = {load: {} for load in LOADS}
    for row in rows:
        if row["what"] not in names:
            raise ValueError(f"costs: row {row['id']!r}: what must be one of {', '.join(names)}, got {row['what']!r}")
        for load in row.get("loads", ()):
            special[load][row["what"]] = float(row["value"])
        if not row.get("loads"):
            general[row["what"]] = float(row["value"])
    if missing := [name for name in names if name not in general]:
        raise ValueError(f"costs: no row for all loads gives {', '.join(missing)}")
    return {load: general | own for load, own in special.items()}


def rated(sections: Sequence[Section], rows: Iterable[Mapping[str, Any]]) -> list[Section]:
    """Give each section its cost per kilometre relative to others of its mode."""
    rows = list(rows)

    def rate(section: Section) -> float:
        matching = (row for row in rows if section.mode in row["modes"] and row["electrified"] == section.electrified)
        return float(next(matching, {"value": 1.0})["value"])

    return [replace(section, rate=rate(section)) for section in sections]
