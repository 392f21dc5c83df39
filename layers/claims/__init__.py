"""What two articles say about the border, each sentence set against the data."""

from .evidence import Case, Evidence, Footnote
from .judge import check_claims, claims, footnotes
from .record import Basis, Check, Claim, ClaimResult, Finding, Verdict

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
