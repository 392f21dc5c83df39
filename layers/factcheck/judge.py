"""Checking the claims against the record."""

from __future__ import annotations

import inspect
from dataclasses import replace
from typing import TYPE_CHECKING

from geo import GeoError
from geo.spelling import nearest
from layers.errors import ClaimError

from .checks import count, date, geometry, names, route, series, source, state  # noqa: F401 - registers their kinds
from .claim import Check, Claim, ClaimResult, Finding
from .evidence import Case, Evidence
from .kind import KINDS
from .reading import claims

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.record.store import DataPath


def check_claims(
    ids: Iterable[str] | None = None, *, evidence: Evidence | None = None, data: DataPath = None
) -> tuple[ClaimResult, ...]:
    """Check claims against the data.

    Parameters
    ----------
    ids
        Which claims, by default all.
    evidence
        What to check them against, by default the whole data directory. Give changed features to see what would
        follow from them.
    data
        The data directory, as in `claims`; evidence that is given reads its own.

    Returns
    -------
    tuple of ClaimResult
        In the order of the claims. A part that needs data missing from the directory is ``untested``.

    Raises
    ------
    ClaimError
        When there is no claim with an id, or a claim names an unknown check.

    Examples
    --------
    >>> result, = check_claims(["S0-08"])
    >>> result.verdict, result.basis
    ('contradicted', 'computed')
    >>> print(result.says)
    Russia–DPRK border on the Tumen River measures 17.4 km ± 0.1 km; 18 mi are 28.97 km, 67% more...
    >>> check_claims([])
    ()
    """
    chosen = None if ids is None else set(ids)
    against = evidence or Evidence(data=data)
    by_id = {claim.id: claim for claim in claims(data=against.data)}
    if missing := sorted((chosen or set()) - by_id.keys()):
        raise ClaimError(f"no claim has the id {', '.join(missing)}; see `tumen claims`")
    return tuple(_check(claim, against) for claim in by_id.values() if chosen is None or claim.id in chosen)


def run(check: Check, case: Case) -> Finding:
    """Run one check; ``untested`` where the evidence lacks what it needs, as your own data directory may.

    Raises
    ------
    ClaimError
        When there is no such kind of check, or it does not take these parameters.

    Examples
    --------
    >>> from layers.factcheck.claim import Check
    >>> from layers.factcheck.evidence import Case, Evidence
    >>> run(Check("lenght", {}), Case(Evidence(), "", "2019"))
    Traceback (most recent call last):
    layers.errors.ClaimError: no kind of check is called 'lenght'; did you mean 'length'?
    """
    function = KINDS.get(check.kind)
    if function is None:
        hint = nearest(check.kind, KINDS, otherwise=f"there are {', '.join(sorted(KINDS))}")
        raise ClaimError(f"no kind of check is called {check.kind!r}; {hint}")
    try:
        inspect.signature(function).bind(case, **check.params)
    except TypeError as error:
        raise ClaimError(f"check {check.kind!r} does not take these parameters: {error}") from None
    try:
        finding = function(case, **check.params)
    except GeoError as error:
        if not isinstance(error, LookupError):
            raise
        finding = Finding("untested", f"The data at hand cannot decide: {error}.", basis="none")
    return replace(finding, kind=check.kind)


def _check(claim: Claim, evidence: Evidence) -> ClaimResult:
    case = Case(evidence, claim.seed, claim.as_of)
    return ClaimResult(claim, tuple(run(check, case) for check in claim.checks))
