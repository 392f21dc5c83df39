"""Reading the claims of the articles and their footnotes."""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from layers.record.store import PACKAGED, read_json

from .claim import Check, Claim, Footnote


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
    rows = cast("list[dict[str, Any]]", read_json(PACKAGED / "claims.json")["footnotes"])
    return tuple(Footnote(**(row | {"events": tuple(row.get("events", ()))})) for row in rows)


@cache
def _claims() -> tuple[Claim, ...]:
    content = cast("dict[str, list[dict[str, Any]]]", read_json(PACKAGED / "claims.json"))
    dates = {row["id"]: row["as_of"] for row in content["seeds"]}
    return tuple(_claim(row, dates) for row in content["claims"])


def _claim(row: dict[str, Any], dates: dict[str, str]) -> Claim:
    checks = tuple(Check(check["kind"], {key: check[key] for key in check if key != "kind"}) for check in row["checks"])
    own = {"as_of": row.get("as_of", dates[row["seed"]]), "checks": checks, "features": tuple(row.get("features", ()))}
    return Claim(**(row | own))
