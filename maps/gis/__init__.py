"""The looks of the web maps for other programs: QGIS (QML), OGC servers (SLD) and Google Earth (KML).

`rule` chooses the rules of a table, `expression` writes their conditions, `qml`, `sld` and `look` write the styles.
Everything comes from the theme files. The result is plain strings, handed to `layers.export`.
"""

from .export_style import export_styles

__all__ = ["export_styles"]
