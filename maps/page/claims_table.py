"""The claims of articles with their findings, as rows of a table."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from maps.features.claims import located, saying, verdicts
from maps.i18n.text import strings

from .credit import sources_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers import ClaimResult, Verdict
    from layers.record.store import DataPath
    from maps.features.geojson import Citation
    from maps.i18n.text import Language

VERDICTS: tuple[Verdict, ...] = ("confirmed", "partly", "contradicted", "untested")


def claim_rows(
    seeds: Sequence[str], citations: Mapping[str, Citation], lang: Language, data: DataPath = None
) -> dict[str, object]:
    """Return the table of claims: counts of the verdicts, and the claims of each article.

    Parameters
    ----------
    seeds
        Ids of the articles.
    citations
        Sources by id.
    lang
        Language of the claims and the words around them; findings are English, as in the data.
    data
        The data directory that the claims are checked against.
    """
    results = [result for result in verdicts(data) if result.claim.seed in seeds]
    counts = Counter(result.verdict for result in results)
    words = strings(lang)["value.verdict"]
    return {
        "total": len(results),
        "counts": [{"verdict": verdict, "word": words[verdict], "count": counts[verdict]} for verdict in VERDICTS],
        "articles": [
            {
                "title": citations[seed].title if seed in citations else seed,
                "sources": sources_of([seed], citations),
                "rows": [_row(result, citations, lang, data) for result in results if result.claim.seed == seed],
            }
            for seed in seeds
        ],
    }


def claim_words(seeds: Sequence[str], lang: Language, data: DataPath = None) -> dict[str, str]:
    """Return the text of the claims of some articles, by their key in the table; otherwise as `claim_rows`."""
    claims = [result.claim for result in verdicts(data) if result.claim.seed in seeds] if seeds else []
    return {f"claim-{claim.id}": saying(claim).into(lang) for claim in claims}


def _row(result: ClaimResult, citations: Mapping[str, Citation], lang: Language, data: DataPath) -> dict[str, object]:
    return {
        "id": result.claim.id,
        "said": saying(result.claim).into(lang),
        "verdict": result.verdict,
        "word": strings(lang)["value.verdict"][result.verdict],
        "basis": strings(lang)["value.basis"][result.basis],
        "based": result.basis,
        "found": [part.says for part in result.parts],
        "note": result.claim.note,
        "sources": sources_of(result.sources, citations),
        "placed": bool(located(result, data)),
    }
