"""Where a train must reverse: by the sources, and where tracks leave a station at a sharp angle."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import geo

from .facility import ALWAYS, AbsentError, Facility

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .edges import Section

    Pair = tuple[str, str]

# A track leaves a station in the direction of the point of its line that lies as far off.
REACH_M: Final = 2000.0
# Within these metres of a junction a train that turns back reverses too: as far as it runs, out and back, in an hour.
TURN_M: Final = 20_000.0


def reversals(table: Mapping[str, Any], sections: Sequence[Section], *, strict: bool) -> list[Facility]:
    """Make the reversals of all stations.

    Parameters
    ----------
    table
        Content of ``reversals``.
    sections
        All edges.
    strict
        Whether a row that names something missing is an error; else it is left out.

    Raises
    ------
    ValueError
        When a row does not fit the network; names the row.
    """
    (default,) = table["default"]
    meeting = _meeting(sections)
    by_source: dict[tuple[str, Pair], Mapping[str, Any]] = {}
    for row in table["reversals"]:
        low, high = sorted(row["between"])
        if {low, high} <= meeting.get(row["node"], {}).keys():
            by_source[row["node"], (low, high)] = row
        elif strict:
            message = f"reversals: row {row['node']!r}: the sections {low} and {high} do not meet there"
            raise AbsentError(message)
    result = [_facility(node, [pair], row, default) for (node, pair), row in by_source.items() if not row.get("direct")]
    for node, directions in sorted(meeting.items()):
        sharp = {
            pair: angle
            for pair in combinations(sorted(directions), 2)
            if (node, pair) not in by_source
            and (angle := _angle(*(directions[section_id] for section_id in pair))) < default["sharp_deg"]
        }
        result += [_sharp(node, pair, angle, default) for pair, angle in sharp.items()]
    return [*result, *_turns({facility.place for facility in result}, sections, default)]


def _turns(junctions: set[str], sections: Sequence[Section], default: Mapping[str, Any]) -> list[Facility]:
    """Make it a stop to turn back near a junction: else a train would run to the next station to spare itself the reversal."""
    ends: dict[str, list[Section]] = defaultdict(list)
    for section in sections:
        if section.mode == "rail":
            for end in section.ends:
                ends[end].append(section)
    near = dict.fromkeys(junctions, 0.0)
    remaining = sorted(junctions)
    while remaining:
        node = remaining.pop()
        for section in ends[node]:
            (other,) = set(section.ends) - {node} or {node}
            far = near[node] + section.length_m
            if far <= TURN_M and far < near.get(other, TURN_M + 1):
                near[other] = far
                remaining.append(other)
    back = {"assumption": default["assumption"]}
    return [_facility(node, [(end.id, end.id) for end in ends[node]], back, default) for node in sorted(near)]


def _meeting(sections: Iterable[Section]) -> dict[str, dict[str, float]]:
    """Bearings in which sections of railway leave each node where more than two meet."""
    bearings: dict[str, dict[str, float]] = defaultdict(dict)
    for section in sections:
        if section.mode == "rail":
            for end, line in zip(section.ends, (section.coordinates, section.coordinates[::-1]), strict=True):
                bearings[end][section.id] = _bearing(line)
    return {node: directions for node, directions in bearings.items() if len(directions) > len(("in", "out"))}


def _bearing(line: Sequence[tuple[float, float]]) -> float:
    start = line[0]
    far = next((point for point in line[1:] if geo.distance(start, point) >= REACH_M), line[-1])
    return geo.bearing(start, far) if far != start else 0.0


def _angle(first: float, second: float) -> float:
    apart = abs(first - second) % 360
    return min(apart, 360 - apart)


def _sharp(node: str, pair: Pair, angle: float, default: Mapping[str, Any]) -> Facility:
    note = f"The tracks leave the station at {angle:.0f}°, as they are drawn. {default['assumption']}"
    return _facility(node, [pair], {"assumption": note}, default)


def _facility(node: str, pairs: list[Pair], row: Mapping[str, Any], default: Mapping[str, Any]) -> Facility:
    first, second = (edge_id.rpartition("/")[2] for edge_id in pairs[0])
    name = f"{first}-{second}" if first != second else "back"
    return Facility(
        id=f"transfer/reversal/{node.replace('/', '-')}/{name}",
        kind="reversal",
        place=node,
        between=("", ""),
        hours=float(row.get("hours", default["hours"])),
        explanation="The train reverses: its engine runs round.",
        sources=tuple(row.get("sources", ())),
        assumption=row.get("assumption", ""),
        both_ways=True,
        spells=ALWAYS,
        pairs=tuple(pairs),
    )
