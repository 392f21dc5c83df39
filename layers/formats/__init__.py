"""Export of the layers: GeoPackage, GeoParquet, FlatGeobuf, KMZ, CSV, GeoJSON text sequences.

One module a format; `content` and `flat` make the rows, `datapackage` and `dcat` describe the output, `whole` ensures that it
is written whole or not at all. Styles are passed in: nothing here depends on a theme.
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
