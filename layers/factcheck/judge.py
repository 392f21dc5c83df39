"""Reading the claims and checking them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from layers.errors import ClaimError
from layers.record.store import PACKAGED, read_json

from .claim import Check, Claim, ClaimResult

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .evidence import Evidence, Footnote


def claims() -> tuple[Claim, ...]:
    """Read the claims, in the order of their articles.

    Examples
    --------
    >>> claim = next(claim for claim in claims() if claim.id == "S0-08")
    >>> claim.quantity, [check.kind for check in claim.checks]
    ('18 miles', ['length'])
    """
    return _claims()


def footnotes() -> tuple[Footnote, ...]:
    """Read the footnotes of the articles."""
    from .evidence import read_footnotes

    return read_footnotes()


def check_claims(ids: Iterable[str] | None = None, *, evidence: Evidence | None = None) -> tuple[ClaimResult, ...]:
    """Check claims against the data.

    Parameters
    ----------
    ids
        Which claims, by default all.
    evidence
        What to check them against, by default the data of tumen. Give changed features to see what would follow from them.

    Returns
    -------
    tuple of ClaimResult
        In the order of the claims.

    Raises
    ------
    ClaimError
        When there is no claim of an id, or a claim asks for a check that there is not.

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
    from .evidence import Evidence  # brings all that claims are checked against; reading them needs none of it

    wanted = None if ids is None else set(ids)
    known = {claim.id: claim for claim in claims()}
    if missing := sorted((wanted or set()) - known.keys()):
        raise ClaimError(f"no claim has the id {', '.join(missing)}; see `tumen claims`")
    against = evidence or Evidence()
    return tuple(_check(claim, against) for claim in known.values() if wanted is None or claim.id in wanted)


def _check(claim: Claim, evidence: Evidence) -> ClaimResult:
    from .evidence import Case
    from .kind import run

    case = Case(evidence, claim.seed, claim.as_of)
    return ClaimResult(claim, tuple(run(check, case) for check in claim.checks))


@cache
def _claims() -> tuple[Claim, ...]:
    content = cast("dict[str, list[dict[str, Any]]]", read_json(PACKAGED / "claims.json"))
    dates = {row["id"]: row["as_of"] for row in content["seeds"]}
    return tuple(_claim(row, dates) for row in content["claims"])


def _claim(row: dict[str, Any], dates: dict[str, str]) -> Claim:
    checks = tuple(Check(check["kind"], {key: check[key] for key in check if key != "kind"}) for check in row["checks"])
    own = {"as_of": row.get("as_of", dates[row["seed"]]), "checks": checks, "features": tuple(row.get("features", ()))}
    return Claim(**(row | own))
