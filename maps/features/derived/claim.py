"""The claims of articles as points, at the first feature of each that has a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maps.features.claims import located, saying, verdicts
from maps.features.geojson import DataRecord, LayerData
from maps.features.points import positions_of_features
from maps.i18n.text import LANGUAGES, NAME_PROPERTIES

if TYPE_CHECKING:
    from layers import ClaimResult
    from layers.record.store import DataPath
    from maps.features.geojson import Feature


def claim_points(data: DataPath = None) -> LayerData:
    """Place every claim about a place.

    Parameters
    ----------
    data
        The data directory that the claims are checked against.

    Examples
    --------
    >>> {feature["id"] for feature in claim_points().features} >= {"claim/S0-08", "claim/S0-13"}
    True
    """
    points = tuple(_point(result, data) for result in verdicts(data) if located(result, data))
    return LayerData(DataRecord("claims", "Claims of two articles", "CC0-1.0", "tumen contributors"), points)


def _point(result: ClaimResult, data: DataPath) -> Feature:
    claim = result.claim
    spot = positions_of_features(data)[located(result, data)[0]]
    return {
        "type": "Feature",
        "id": f"claim/{claim.id}",
        "geometry": {"type": "Point", "coordinates": [spot.lon, spot.lat]},
        "properties": {
            **{NAME_PROPERTIES[lang]: f"{claim.id}: {saying(claim).into(lang)}" for lang in LANGUAGES},
            "kind": "claim",
            "verdict": result.verdict,
            "basis": result.basis,
            "note": result.says,
            "sources": [claim.seed, *(source for source in result.sources if source != claim.seed)],
        },
    }
