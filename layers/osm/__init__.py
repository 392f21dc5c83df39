"""Surveyed geometry for our layers from an OpenStreetMap extract of the user's own.

`pbf` looks whether a file is whole, `extract` reads what concerns us, `track` routes over its railways, `station`, `section` and
`structure` match it to our features, `run` puts the parts together, and `directory` writes a data directory.
"""

from .report import Appeared, Difference, Moved, RefreshReport, Unmatched
from .run import refresh

__all__ = ["Appeared", "Difference", "Moved", "RefreshReport", "Unmatched", "refresh"]
