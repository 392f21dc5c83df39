"""Reading the claims of the articles and their footnotes."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from layers.record.store import data_file, read_json, read_rows

from .claim import Check, Claim, Footnote

if TYPE_CHECKING:
    from layers.record.store import DataPath

FILE = "claims.json"


def claims(*, data: DataPath = None) -> tuple[Claim, ...]:
    """Read the claims, in the order of their articles.

    Parameters
    ----------
    data
        The data directory; by default that of ``TUMEN_DATA``, else the one that tumen ships.

    Raises
    ------
    DataDirectoryError, DataFileError
        When the directory is not whole, or its claims cannot be read.

    Examples
    --------
    >>> claim = next(claim for claim in claims() if claim.id == "S0-08")
    >>> claim.quantity, [check.kind for check in claim.checks]
    ('18 miles', ['length'])
    """
    return _claims(data_file(FILE, data))


def footnotes(*, data: DataPath = None) -> tuple[Footnote, ...]:
    """Read the footnotes of the articles; `data` as in `claims`."""
    return tuple(Footnote(**row) for row in read_rows(data_file(FILE, data), "footnotes"))


@cache
def _claims(path: str) -> tuple[Claim, ...]:
    content = cast("dict[str, list[dict[str, Any]]]", read_json(path))
    dates = {row["id"]: row["as_of"] for row in content["seeds"]}
    return tuple(_claim(row, dates) for row in content["claims"])


def _claim(row: dict[str, Any], dates: dict[str, str]) -> Claim:
    checks = tuple(Check(check["kind"], {key: check[key] for key in check if key != "kind"}) for check in row["checks"])
    parsed = {
        "as_of": row.get("as_of", dates[row["seed"]]),
        "checks": checks,
        "features": tuple(row.get("features", ())),
    }
    return Claim(**(row | parsed))
