"""What two articles claim about features, for their popups."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from maps.features.source import PackagedLayers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layers import Evidence
    from maps.features.source import FeatureSource
    from maps.page.blocks import DrawnLayer


@dataclass(frozen=True, slots=True)
class ClaimNote:
    """A claim in short: its id, what is said in our words, and the verdict that the data give."""

    id: str
    said: str
    verdict: str


def claims_of(source: FeatureSource) -> Mapping[str, tuple[ClaimNote, ...]]:
    """Claims by the id of each feature that they speak of; none where the layers are not ours."""
    if not isinstance(source, PackagedLayers):
        return {}
    return _claims(None if source.data is None else os.fspath(source.data))


def claims_block(layers: Iterable[DrawnLayer], claims: Mapping[str, tuple[ClaimNote, ...]]) -> dict[str, object]:
    """JSON of the claims about what a page carries: ids by feature, and what each says, once."""
    ids = dict.fromkeys(str(feature["id"]) for drawn in layers for feature in drawn.carried)
    of = {key: [note.id for note in claims[key]] for key in ids if key in claims}
    notes = {note.id: {"said": note.said, "verdict": note.verdict} for key in of for note in claims[key]}
    return {"of": of, "notes": notes}


@cache
def _claims(data: str | None) -> dict[str, tuple[ClaimNote, ...]]:
    from geo import GeoError
    from layers import check_claims, claims

    evidence = _evidence(data)
    found: dict[str, list[ClaimNote]] = {}
    for claim in claims():
        try:
            (result,) = check_claims([claim.id], evidence=evidence)
        except GeoError:
            continue  # a directory of one's own may lack what the claim is about
        for feature in result.features:
            found.setdefault(feature, []).append(ClaimNote(claim.id, claim.said, result.verdict))
    return {feature: tuple(notes) for feature, notes in found.items()}


def _evidence(data: str | None) -> Evidence:
    import layers
    from layers import Evidence

    known = layers.catalog(data=data)
    rows = {record.name: known.features(record.name) for record in known}
    return Evidence(rows, network=lambda day: layers.network(as_of=day, data=data))
