"""The claims of articles as points, at the first feature of each that has a place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from maps.features.geojson import DataRecord, LayerData
from maps.features.points import positions_of_features
from maps.page.claims_table import checked, located

if TYPE_CHECKING:
    from layers import ClaimResult
    from maps.features.geojson import Feature


@cache
def claim_points() -> LayerData:
    """Place every claim that speaks of a place.

    Examples
    --------
    >>> {feature["id"] for feature in claim_points().features} >= {"claim/S0-08", "claim/S0-13"}
    True
    """
    import layers

    seeds = tuple(dict.fromkeys(claim.seed for claim in layers.claims()))
    points = tuple(_point(result) for result in checked(seeds) if located(result))
    return LayerData(DataRecord("claims", "Claims of two articles", "CC0-1.0", "tumen contributors"), points)


def _point(result: ClaimResult) -> Feature:
    claim = result.claim
    spot = positions_of_features()[located(result)[0]]
    return {
        "type": "Feature",
        "id": f"claim/{claim.id}",
        "geometry": {"type": "Point", "coordinates": [spot.lon, spot.lat]},
        "properties": {
            "name": f"{claim.id}: {claim.said}",
            "kind": "claim",
            "verdict": result.verdict,
            "basis": result.basis,
            "note": result.says,
            "sources": [claim.seed, *(source for source in result.sources if source != claim.seed)],
        },
    }
