"""Export of the layers: GeoPackage, GeoParquet, FlatGeobuf, KMZ, CSV, GeoJSON text sequences.

One module a format; `content` and `flat` make the rows, `datapackage` and `dcat` describe what was written, `whole` sees that it
is written whole or not at all. How things look is handed in: nothing here knows a theme.
"""

from .content import Geometry, LayerState, Table, read, tables
from .exporter import FORMATS, Format, export
from .sequence import lines
from .style import ExportStyles, LayerGroup, Look, MapTheme, TableStyle

__all__ = [
    "FORMATS",
    "ExportStyles",
    "Format",
    "Geometry",
    "LayerGroup",
    "LayerState",
    "Look",
    "MapTheme",
    "Table",
    "TableStyle",
    "export",
    "lines",
    "read",
    "tables",
]
