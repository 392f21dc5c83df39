"""Surveyed geometry for our layers from your own OpenStreetMap extract.

`pbf` looks whether a file is whole, `extract` reads what concerns us, `track` routes over its railways, `station`, `section` and
`structure` match it to our features; `railways`, `structures` and `basemap` replace geometry, `state` holds what was replaced,
`run` puts the parts together, and `directory` writes a data directory. `drawing` reads what a base map draws, `coast` parts land
and sea for both.
"""

from .report import Appeared, Difference, Moved, RefreshReport, Unmatched
from .run import refresh

__all__ = ["Appeared", "Difference", "Moved", "RefreshReport", "Unmatched", "refresh"]
