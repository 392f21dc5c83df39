"""Claims of two articles about features, for their popups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maps.features.claims import saying, verdicts
from maps.features.source import PackagedLayers
from maps.themes.reader import default_layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layers import ClaimResult
    from maps.features.source import FeatureSource
    from maps.i18n.text import Language

    from .drawn import DrawnLayer


def claims_block(layers: Iterable[DrawnLayer], source: FeatureSource, langs: Sequence[Language]) -> dict[str, object]:
    """JSON of the claims about the features of a page: ids by feature, and the text of each claim once.

    No claim is evaluated for a page without layers of the record: no claim is about a feature of a user.
    """
    ours = [drawn for drawn in layers if default_layer(drawn.layer.source)]
    ids = dict.fromkeys(str(feature["id"]) for drawn in ours for feature in drawn.carried)
    return notes_block(ids, verdicts(source.data) if ids and isinstance(source, PackagedLayers) else (), langs)


def notes_block(ids: Iterable[str], results: Sequence[ClaimResult], langs: Sequence[Language]) -> dict[str, object]:
    """JSON of the claims about features of these ids, as `claims_block` gives it."""
    about: dict[str, list[ClaimResult]] = {}
    for result in results:
        for feature in result.features:
            about.setdefault(feature, []).append(result)
    results_by_feature = {key: about[key] for key in ids if key in about}
    return {
        "of": {key: [result.claim.id for result in results] for key, results in results_by_feature.items()},
        "notes": {
            result.claim.id: {"said": saying(result.claim).among(langs), "verdict": result.verdict}
            for results in results_by_feature.values()
            for result in results
        },
    }
