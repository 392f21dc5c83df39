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
    """Compare what is stated with what cited sources state, as the record quotes them."""
    independent = [witness for witness in witnesses if witness["source"] != case.seed]
    for_it = [figure for figure in independent if figure["value"] == stated]
    verdict: Verdict = (
        "confirmed" if independent and len(for_it) == len(independent) else "partly" if for_it else "contradicted"
    )
    figures = listed(f"{figure['value']} ({case.evidence.who(figure['source'])})" for figure in independent)
    return Finding(
        verdict,
        f"Stated: {stated}; other sources: {figures}.",
        basis="source",
        values={"stated": stated, "found": tuple(figure["value"] for figure in independent)},
        sources=tuple(dict.fromkeys(figure["source"] for figure in independent)),
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
    """Test whether a forecast, a plan or an aim was made; its outcome is reported, but does not affect the verdict."""
    independent = [witness for witness in witnesses if witness["source"] != case.seed]
    values = [figure["value"] for figure in independent]
    verdict: Verdict = "untested" if not independent else "confirmed" if stated in values else "contradicted"
    figures = listed(f"{figure['value']} ({case.evidence.who(figure['source'])})" for figure in independent)
    happened = case.evidence.event(event) if event else None
    later = (
        f" What came: {happened.title}, {happened.when}." if happened else f" What came: {outcome}" if outcome else ""
    )
    return Finding(
        verdict,
        f"Foreseen: {stated}; other sources have: {figures or 'nothing on it'}.{later}",
        basis="source" if independent else "none",
        values={"stated": stated, "found": tuple(values), "came": happened.when if happened else outcome},
        sources=tuple(
            dict.fromkeys([*(figure["source"] for figure in independent), *(happened.sources if happened else ())])
        ),
    )
