"""User features, from memory or from a file, read into one form, few or many.

`document` takes GeoJSON apart, `vector` and `tabular` read the other formats, `geometry` brings shapes to longitude and latitude,
`column` keeps the properties; `intake` collects the results and decides at the end how they are drawn.
"""

from layers.vector.kind import SUFFIXES

from .given import (
    features_of,
    features_of_file,
    is_collection,
    kinds_of,
    point_collection,
    read_given,
)
from .source import read_file, read_source, read_standard_input

__all__ = [
    "SUFFIXES",
    "features_of",
    "features_of_file",
    "is_collection",
    "kinds_of",
    "point_collection",
    "read_file",
    "read_given",
    "read_source",
    "read_standard_input",
]
