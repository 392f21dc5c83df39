"""Lengths of sections: published where available, else of the geometry, corrected for its known shortfall."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from math import hypot
from statistics import median
from typing import TYPE_CHECKING, Any, Final

import geo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .edges import Section

# A chainage or length much shorter than the straight line between our positions says that one of both is wrong: it is left alone.
# A slightly shorter one reflects the error of our positions: the straight line is used, with the difference as uncertainty.
STRAIGHT_SHARE: Final = 0.95
# A published length spread over several sections is known as a whole; of each section this share of it is open, 95 %.
SPREAD_SHARE: Final = 0.05
# Published lengths of one railway differ by this share of themselves from source to source, 95 %.
ROUNDING_SHARE: Final = 0.01
# Error of the corrected length of a section without a published one, 95 %, by mode.
OWN_SHARE: Final = {"rail": 0.10, "road": 0.25}
# What the correction of an unpublished section may be off by in one direction for all of them, 95 %, by mode.
SYSTEMATIC: Final = {"rail": 0.13, "road": 0.15}
# A section whose uncertainty in the layer is more than this share of it was drawn by hand over a gap, and keeps that.
GAP_SHARE: Final = 0.3
# Ratios of published to measured lengths outside of these speak of another line.
RATIOS: Final = (0.75, 1.6)
# Chainages count to where a line leaves the middle of a station, and from another end than ours: metres at each end, 95 %.
END_M: Final = 500.0


@dataclass(frozen=True, slots=True)
class Published:
    """A length between two nodes that somebody published, in metres."""

    mode: str
    from_node: str
    to_node: str
    length_m: float


def published(rail: Iterable[Mapping[str, Any]], road: Iterable[Mapping[str, Any]]) -> list[Published]:
    """Take the lengths in use: those of the table of railways, and those of roads."""
    by_rail = [
        Published("rail", row["from"], row["to"], row["length_m"]) for row in rail if row["used"] and not row.get("via")
    ]
    return by_rail + [Published("road", row["from"], row["to"], row["value_km"] * 1000) for row in road]


def measured(sections: Sequence[Section], lengths: Sequence[Published]) -> list[Section]:
    """Give each section of rail and road its length and uncertainty.

    Parameters
    ----------
    sections
        All of them, with the lengths of their geometry.
    lengths
        Published ones.

    Returns
    -------
    list of Section
        In the same order. ``length_m`` is the chainage, where both ends have one; else the share of the shortest published
        length that covers it; else the geometry times the median ratio of those, of its mode. ``geometry_m`` keeps the other.

    Notes
    -----
    Shorter published lengths are used first; the rest of a long one is shared among the sections that
    no shorter one has settled, in proportion to their geometry.
    """
    fixed = {section.id: exact for section in sections if (exact := _by_chainage(section)) is not None}
    tracks, by_id = _tracks(sections), {section.id: section for section in sections}
    usable = [length for length in lengths if (length.mode, "") in tracks]
    ways = [(length, way) for length in usable if (way := _way(tracks, by_id, length)) is not None]
    ratios: dict[str, list[float]] = defaultdict(list)
    for length, way in sorted(ways, key=lambda pair: (pair[0].length_m, pair[0].from_node, pair[0].to_node)):
        ratio = length.length_m / sum(section.length_m for section in way)
        if RATIOS[0] <= ratio <= RATIOS[1]:
            ratios[length.mode].append(ratio)
        _share_out(length.length_m, way, fixed)
    _widen(ways, fixed)
    common = {mode: median(values) for mode, values in ratios.items()}
    return [fixed.get(section.id) or _corrected(section, common.get(section.mode, 1.0)) for section in sections]


def followed(sections: Sequence[Section], length: Published) -> list[Section]:
    """Return the sections that a published length covers; none where it leads nowhere."""
    return _way(_tracks(sections), {section.id: section for section in sections}, length) or []


def _by_chainage(section: Section) -> Section | None:
    begin, end = section.chainages_km
    if begin is None or end is None or not _possible(section, abs(end - begin) * 1000):
        return None
    return _settled(section, abs(end - begin) * 1000, 0.0)


def _settled(section: Section, length_m: float, spread_m: float) -> Section:
    """Set the published length of a section, or the straight line where that is a little longer."""
    least = _straight_m(section)
    return replace(
        section,
        length_m=round(max(length_m, least), 1),
        geometry_m=section.length_m,
        uncertainty_m=round(hypot(END_M, END_M, ROUNDING_SHARE * length_m, spread_m, max(least - length_m, 0.0))),
    )


def _share_out(length_m: float, way: Sequence[Section], fixed: dict[str, Section]) -> None:
    """Share the rest of a published length among the sections that no shorter one covers."""
    open_ones = [section for section in way if section.id not in fixed]
    remaining_m = length_m - sum(fixed[section.id].length_m for section in way if section.id in fixed)
    drawn_m = sum(open_one.length_m for open_one in open_ones)
    if not open_ones or not RATIOS[0] <= remaining_m / drawn_m <= RATIOS[1]:
        return
    shares = {open_one.id: remaining_m * open_one.length_m / drawn_m for open_one in open_ones}
    if not all(_possible(open_one, shares[open_one.id]) for open_one in open_ones):
        return
    for open_one in open_ones:
        share = shares[open_one.id]
        spread = SPREAD_SHARE * share if len(open_ones) > 1 else 0.0
        fixed[open_one.id] = _settled(open_one, share, spread)


def _widen(ways: Sequence[tuple[Published, list[Section]]], fixed: dict[str, Section]) -> None:
    """Widen what sections may be off by, where a published length of them all contradicts theirs: each side may be right."""
    for length, way in ways:
        if not all(section.id in fixed for section in way):
            continue
        now = [fixed[section.id] for section in way]
        apart = abs(length.length_m - sum(section.length_m for section in now))
        ratio = apart / hypot(*(section.uncertainty_m for section in now))
        if ratio > 1 and RATIOS[0] <= length.length_m / sum(section.length_m for section in now) <= RATIOS[1]:
            fixed.update(
                {
                    section.id: replace(section, uncertainty_m=round(section.uncertainty_m * ratio + 1))
                    for section in now
                }
            )


def _corrected(section: Section, ratio: float) -> Section:
    """Correct a length without a published one by the usual shortfall of the geometry of its mode."""
    if section.mode not in SYSTEMATIC or section.method == "published" or section.is_link:
        return section
    length_m = section.length_m * max(ratio, 1.0)
    is_gap = section.uncertainty_m > GAP_SHARE * length_m
    return replace(
        section,
        length_m=round(length_m, 1),
        geometry_m=section.length_m,
        uncertainty_m=round(
            section.uncertainty_m if is_gap else max(length_m * OWN_SHARE[section.mode], hypot(END_M, END_M))
        ),
        systematic_m=round(length_m * SYSTEMATIC[section.mode]),
    )


def _straight_m(section: Section) -> float:
    return geo.distance(section.coordinates[0], section.coordinates[-1])


def _possible(section: Section, length_m: float) -> bool:
    return (
        length_m >= _straight_m(section) * STRAIGHT_SHARE
        and RATIOS[0] <= length_m / max(section.length_m, 1.0) <= RATIOS[1]
    )


def _tracks(sections: Sequence[Section]) -> dict[tuple[str, str], geo.Network]:
    """Networks of each line, and of each mode as a whole under the name ``""``."""
    by_line: dict[tuple[str, str], list[Section]] = defaultdict(list)
    for section in sections:
        if section.mode in SYSTEMATIC and not section.is_link:
            by_line[section.mode, ""].append(section)
            by_line[section.mode, section.line].append(section)
    return {key: _network(sections_of_key) for key, sections_of_key in sorted(by_line.items())}


def _network(sections: Sequence[Section]) -> geo.Network:
    """Network of the sections alone, to follow a line: lengths are all that counts, so every node lies in one spot."""
    ends = {end for section in sections for end in section.ends}
    nodes = [geo.Node(end, geo.LonLat(0, 0)) for end in sorted(ends)]
    edges = [
        geo.Edge(
            id=section.id, from_node=section.from_node, to_node=section.to_node, mode="road", length_m=section.length_m
        )
        for section in sections
    ]
    return geo.Network(nodes, edges)


def _way(
    tracks: Mapping[tuple[str, str], geo.Network], sections: Mapping[str, Section], length: Published
) -> list[Section] | None:
    """Follow the line that a published length speaks of: the one that both ends lie on, else the whole network."""
    ends = length.from_node, length.to_node
    lines = [net for (mode, line), net in tracks.items() if mode == length.mode and line]
    for net in (*lines, tracks[length.mode, ""]):
        if all(end in net for end in ends):
            try:
                trip = geo.route(net, *ends, cost="distance")
            except geo.NoRouteError:
                continue
            return [sections[edge_id] for leg in trip.legs for edge_id in leg.edge_ids]
    return None
