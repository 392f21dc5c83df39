"""Checks of lengths, distances and positions, by the geometry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from geo import Distance, distance, from_unit, line_length
from layers.factcheck.claim import Finding
from layers.factcheck.kind import kind
from layers.factcheck.text import listed, near_number

if TYPE_CHECKING:
    from geo import Position
    from layers.factcheck.claim import Verdict
    from layers.factcheck.evidence import Case

METRES_IN_KM = 1000.0


@kind
def length(case: Case, *, feature: str, stated: float, unit: str, tolerance: float = 0.1) -> Finding:
    """Compare the length of a line with a stated one: within `tolerance` of it, or of a published value of the same feature."""
    row = case.evidence.feature(feature)
    measured = _length(row, case)
    stated_m = from_unit(stated, unit)
    published = [figure for figure in _figures(row) if figure["source"] in case.independent([figure["source"]])]
    off = stated_m / measured.metres - 1
    near = [figure for figure in published if abs(stated_m / figure["value"] - 1) <= tolerance]
    values = sorted(figure["value"] / METRES_IN_KM for figure in published)
    others = f"; {len(values)} published lengths give {values[0]:g} to {values[-1]:g} km" if values else ""
    verdict: Verdict = "confirmed" if abs(off) <= tolerance else "partly" if near else "contradicted"
    return Finding(
        verdict,
        f"{case.evidence.name(feature)} measures {measured.text('km')}; {stated:g} {unit} are {stated_m / METRES_IN_KM:.2f} km, "
        f"{abs(off):.0%} {'more' if off > 0 else 'less'}{others}.",
        values={
            "measured_m": round(measured.metres),
            "uncertainty_m": round(measured.uncertainty_m),
            "stated_m": round(stated_m),
        },
        features=(feature,),
        sources=tuple(dict.fromkeys([*row["properties"]["sources"], *(figure["source"] for figure in published)])),
    )


@kind
def longer(case: Case, *, feature: str, than: list[str], times: float) -> Finding:
    """Test whether a line is so many times as long as each of some others."""
    own = _length(case.evidence.feature(feature), case)
    rivals = {other: _length(case.evidence.feature(other), case) for other in than}
    holds = all(own.metres >= times * other.metres for other in rivals.values())
    lengths = listed(f"{case.evidence.name(other)} {length.text('km')}" for other, length in rivals.items())
    return Finding(
        "confirmed" if holds else "contradicted",
        f"{case.evidence.name(feature)} measures {own.text('km')}; {lengths}; {times:g} times as long would fit what is said.",
        values={"measured_m": round(own.metres), "times": times},
        features=(feature, *than),
        sources=tuple(case.evidence.feature(feature)["properties"]["sources"]),
    )


@kind
def ends(case: Case, *, feature: str, at: list[str], within_km: float) -> Finding:
    """Test whether a line runs from one place to another."""
    row = case.evidence.feature(feature)
    line = _positions(row)
    gaps_m = [
        min(distance(end, position) for position in _positions(case.evidence.feature(place)))
        for end, place in zip((line[0], line[-1]), at, strict=True)
    ]
    holds = all(gap <= within_km * METRES_IN_KM for gap in gaps_m)
    measured = Distance(line_length(line), row["properties"]["accuracy_m"])
    gaps = listed(
        f"{gap / METRES_IN_KM:.1f} km from the {case.evidence.name(place)}"
        for gap, place in zip(gaps_m, at, strict=True)
    )
    return Finding(
        "confirmed" if holds else "contradicted",
        f"{case.evidence.name(feature)}, {measured.text('km')} as drawn, ends {gaps}; "
        f"within {within_km:g} km counts as there.",
        values={"gaps_m": tuple(f"{gap:.0f}" for gap in gaps_m), "within_m": within_km * METRES_IN_KM},
        features=(feature, *at),
        sources=tuple(row["properties"]["sources"]),
    )


@kind
def near(case: Case, *, feature: str, other: str, within_km: float) -> Finding:
    """Test whether a feature lies within a distance of another."""
    first, second = case.evidence.feature(feature), case.evidence.feature(other)
    apart_m = min(distance(a, b) for a in _positions(first) for b in _positions(second))
    apart = Distance(apart_m, (_accuracy(first) ** 2 + _accuracy(second) ** 2) ** 0.5)
    return Finding(
        "confirmed" if apart.metres <= within_km * METRES_IN_KM else "contradicted",
        f"{case.evidence.name(feature)} lies {apart.text('km')} from {case.evidence.name(other)}; up to {within_km:g} km "
        "fits what is said.",
        values={"distance_m": round(apart.metres), "uncertainty_m": round(apart.uncertainty_m)},
        features=(feature, other),
        sources=tuple(dict.fromkeys([*first["properties"]["sources"], *second["properties"]["sources"]])),
    )


@kind
def country(case: Case, *, feature: str, country: str) -> Finding:
    """Test whether a point lies in the territory of a country."""
    import shapely  # only this check needs polygons

    row = case.evidence.feature(feature)
    point = shapely.geometry.shape(row["geometry"])
    homes = [
        territory["properties"]["countries"][0]
        for territory in case.evidence.features("territories")
        if shapely.geometry.shape(territory["geometry"]).covers(point)
    ]
    return Finding(
        "confirmed" if country in homes else "contradicted",
        f"{case.evidence.name(feature)} lies in the territory of {listed(homes) or 'no country drawn'}; {country} is stated.",
        values={"countries": tuple(homes), "stated": country},
        features=(feature,),
        sources=tuple(row["properties"]["sources"]),
    )


@kind
def nearest(case: Case, *, feature: str, layer: str, country: str, within_km: float) -> Finding:
    """Test how far the nearest feature of a layer in a country is, in a straight line."""
    origin = case.evidence.feature(feature)
    rows = [row for row in case.evidence.features(layer) if row["properties"]["countries"] == [country]]
    apart_m, closest = min(
        (min(distance(a, b) for a in _positions(origin) for b in _positions(row)), str(row["id"])) for row in rows
    )
    return Finding(
        "confirmed" if apart_m <= within_km * METRES_IN_KM else "contradicted",
        f"From {case.evidence.name(feature)} the nearest of our {layer} in {country}, {case.evidence.name(closest)}, is "
        f"{near_number(apart_m / METRES_IN_KM)} km away "
        f"in a straight line; up to {within_km:g} km counts as close.",
        values={"distance_m": round(apart_m), "within_m": within_km * METRES_IN_KM},
        features=(feature, closest),
        sources=tuple(origin["properties"]["sources"]),
    )


def _length(row: dict[str, Any], case: Case) -> Distance:
    """Length of a line as drawn; uncertain by its accuracy, and by its distance from the published value that we go by."""
    metres = line_length(_positions(row))
    used = [figure["value"] for figure in _figures(row) if figure["used"] and figure["source"] != case.seed]
    spread_m = max([_accuracy(row), *(abs(value - metres) for value in used)])
    return Distance(metres, spread_m)


def _figures(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [figure for figure in row["properties"].get("figures", ()) if figure["attribute"] == "length_m"]


def _accuracy(row: dict[str, Any]) -> float:
    return float(row["properties"]["accuracy_m"])


def _positions(row: dict[str, Any]) -> list[Position]:
    geometry = row["geometry"]
    pairs = [geometry["coordinates"]] if geometry["type"] == "Point" else geometry["coordinates"]
    return cast("list[Position]", [(pair[0], pair[1]) for pair in pairs])
