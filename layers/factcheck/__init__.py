"""What two articles say about the border, each sentence set against the data."""

from importlib import import_module
from typing import TYPE_CHECKING

from .claim import Basis, Check, Claim, ClaimResult, Finding, Verdict
from .judge import check_claims, claims, footnotes

if TYPE_CHECKING:
    from .evidence import Case, Evidence, Footnote

__all__ = [
    "Basis",
    "Case",
    "Check",
    "Claim",
    "ClaimResult",
    "Evidence",
    "Finding",
    "Footnote",
    "Verdict",
    "check_claims",
    "claims",
    "footnotes",
]

# Fetched at their first use: they bring all that claims are checked against.
_LATER = ("Case", "Evidence", "Footnote")


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(".evidence", __name__), name)
