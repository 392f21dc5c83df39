"""Big layers: read in batches, thinned by zoom, packed into columns, drawn by the page on one canvas.

A layer of more features or vertices than a page can hold as elements is carried as compressed columns. The rows stand in
the order in which a map needs them: by the lowest zoom at which a feature shows, then along a Morton curve, so that a view
is a few runs of blocks. ``assets/js/bulk/store.js`` is the other half.
"""

from .collect import BulkData
from .columns import BulkLayer, pack_layer
from .shape import KIND_NAMES

__all__ = [
    "KIND_NAMES",
    "BulkData",
    "BulkLayer",
    "pack_layer",
]
