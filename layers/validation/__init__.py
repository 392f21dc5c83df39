"""Checks of GeoJSON files, ours and others: every problem in one report, each with file, feature and fix.

`reading` reads a hostile file, `rfc7946` checks what any GeoJSON must hold to, `conformity` what our data model asks for, and
`topology` whether the layers agree with each other on the ground.
"""

from .report import Issue, ValidationReport
from .validate import validate

__all__ = ["Issue", "ValidationReport", "validate"]
