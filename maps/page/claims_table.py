"""The claims of articles with what was found, as rows of a table."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from maps.i18n.text import strings

from .credit import sources_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers import ClaimResult, Verdict
    from maps.features.geojson import Citation
    from maps.i18n.text import Language

VERDICTS: tuple[Verdict, ...] = ("confirmed", "partly", "contradicted", "untested")


@cache
def checked(seeds: tuple[str, ...]) -> tuple[ClaimResult, ...]:
    """Check the claims of some articles against the data, once a process.

    Examples
    --------
    >>> results = checked(("russia-briefing-2019",))
    >>> results[0].claim.id
    'S0-01'
    """
    import layers

    return layers.check_claims([claim.id for claim in layers.claims() if claim.seed in seeds])


def claim_rows(seeds: Sequence[str], citations: Mapping[str, Citation], lang: Language) -> dict[str, object]:
    """Give the table of claims: counts of the verdicts, and the claims of each article.

    Parameters
    ----------
    seeds
        Ids of the articles.
    citations
        Sources by id.
    lang
        Of the words around the claims; what is said and found is English, as in the data.
    """
    results = checked(tuple(seeds))
    counts = Counter(result.verdict for result in results)
    words = strings(lang)["value.verdict"]
    return {
        "total": len(results),
        "counts": [{"verdict": verdict, "word": words[verdict], "count": counts[verdict]} for verdict in VERDICTS],
        "articles": [
            {
                "title": citations[seed].title if seed in citations else seed,
                "sources": sources_of([seed], citations),
                "rows": [_row(result, citations, lang) for result in results if result.claim.seed == seed],
            }
            for seed in seeds
        ],
    }


def _row(result: ClaimResult, citations: Mapping[str, Citation], lang: Language) -> dict[str, object]:
    return {
        "id": result.claim.id,
        "said": result.claim.said,
        "verdict": result.verdict,
        "word": strings(lang)["value.verdict"][result.verdict],
        "basis": strings(lang)["value.basis"][result.basis],
        "based": result.basis,
        "found": [part.says for part in result.parts],
        "note": result.claim.note,
        "sources": sources_of(result.sources, citations),
        "placed": bool(located(result)),
    }


def located(result: ClaimResult) -> tuple[str, ...]:
    """Ids of the features of a claim that have a place, those that it names itself first."""
    from maps.features.points import positions_of_features

    known = positions_of_features()
    return tuple(one for one in result.features if one in known)
