"""Checks by a second source, where nothing can be computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layers.factcheck.claim import Finding
from layers.factcheck.kind import kind
from layers.factcheck.text import listed

if TYPE_CHECKING:
    from layers.factcheck.claim import Verdict
    from layers.factcheck.evidence import Case


@kind
def witness(case: Case, *, stated: str, witnesses: list[dict[str, str]]) -> Finding:
    """Compare what is stated with what cited sources state, word by word of the record."""
    own = [witness for witness in witnesses if witness["source"] != case.seed]
    for_it = [figure for figure in own if figure["value"] == stated]
    verdict: Verdict = "confirmed" if own and len(for_it) == len(own) else "partly" if for_it else "contradicted"
    figures = listed(f"{figure['value']} ({case.evidence.who(figure['source'])})" for figure in own)
    return Finding(
        verdict,
        f"Stated: {stated}; other sources: {figures}.",
        basis="source",
        values={"stated": stated, "found": tuple(figure["value"] for figure in own)},
        sources=tuple(dict.fromkeys(figure["source"] for figure in own)),
    )


@kind
def nothing(case: Case, *, why: str) -> Finding:
    """State why there is nothing to compare with."""
    _ = case
    return Finding("untested", why, basis="none")


@kind
def foreseen(
    case: Case, *, stated: str, witnesses: list[dict[str, str]], event: str = "", outcome: str = ""
) -> Finding:
    """Test whether a forecast, a plan or an aim was made so; what came of it is told, and decides nothing."""
    own = [witness for witness in witnesses if witness["source"] != case.seed]
    values = [figure["value"] for figure in own]
    verdict: Verdict = "untested" if not own else "confirmed" if stated in values else "contradicted"
    figures = listed(f"{figure['value']} ({case.evidence.who(figure['source'])})" for figure in own)
    came = case.evidence.event(event) if event else None
    later = f" What came: {came.title}, {came.when}." if came else f" What came: {outcome}" if outcome else ""
    return Finding(
        verdict,
        f"Foreseen: {stated}; other sources have: {figures or 'nothing on it'}.{later}",
        basis="source" if own else "none",
        values={"stated": stated, "found": tuple(values), "came": came.when if came else outcome},
        sources=tuple(dict.fromkeys([*(figure["source"] for figure in own), *(came.sources if came else ())])),
    )
