"""Features of a user's own, from memory or from a file, brought to one form however many they are.

`document` takes GeoJSON apart, `vector` and `tabular` read the other formats, `geometry` brings shapes to longitude and latitude,
`column` keeps the properties; `intake` holds what they give and decides, last of all, how it is drawn.
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
