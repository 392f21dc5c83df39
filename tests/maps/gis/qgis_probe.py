"""A program for QGIS's own Python: opens a GeoPackage as a user would, reports its content, takes a picture.

``qgis_probe.py GPKG PNG WEST SOUTH EAST NORTH WIDTH`` writes JSON to standard output. A layer variable that is still alive at
``exitQgis`` ends in a crash.
"""

import json
import sys

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

SEA = "#d5e4ec"
ORDER = ("Point", "Line", "Polygon")
BASE = ("boundaries", "roads", "rivers", "lakes", "admin1", "land_lines", "land_areas")
HIDDEN = ("about", "sources", "layer_styles", "territories", "provinces")


def describe(layer):
    """What QGIS made of a layer when it opened it."""
    renderer = layer.renderer()
    labeling = layer.labeling()
    settings = labeling.settings() if labeling else None  # each of these must live while its part is asked
    text = settings.format() if settings else None
    halo = text.buffer() if text else None
    result = {
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "geometry": layer.geometryType(),
        "fields": {field.name(): field.typeName() for field in layer.fields()},
        "title": layer.metadata().title(),
        "licences": layer.metadata().licenses(),
        "renderer": renderer.type() if renderer else None,
        "min_scale": settings.minimumScale if settings else None,
        "words": settings.fieldName if settings else None,
        "halo": halo.enabled() if halo else None,
        "font_size": text.size() if text else None,
    }
    if result["renderer"] == "RuleRenderer":
        rules = renderer.rootRule().children()
        result["rules"] = [
            {
                "label": rule.label(),
                "filter": rule.filterExpression(),
                "error": rule.filter().parserErrorString() if rule.filter() else "",
                "layers": rule.symbol().symbolLayerCount(),
                "kind": [rule.symbol().symbolLayer(n).layerType() for n in range(rule.symbol().symbolLayerCount())],
                "max_denominator": rule.minimumScale(),
                "matches": sum(1 for _ in layer.getFeatures(rule.filterExpression())),
            }
            for rule in rules
        ]
    return result


def photograph(layers, target, extent, width):
    """Draw the layers in Web Mercator."""
    mercator = QgsCoordinateReferenceSystem("EPSG:3857")
    lonlat = QgsCoordinateReferenceSystem("EPSG:4326")
    box = QgsCoordinateTransform(lonlat, mercator, QgsProject.instance()).transformBoundingBox(QgsRectangle(*extent))
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setDestinationCrs(mercator)
    settings.setExtent(box)
    settings.setOutputSize(QSize(width, round(width * box.height() / box.width())))
    settings.setOutputDpi(96)
    settings.setBackgroundColor(QColor(SEA))
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(target)
    return settings.scale()


def main(path, target, west, south, east, north, width):
    """Open every table, print what was found, and draw the map."""
    QgsApplication.setPrefixPath("/usr", True)  # noqa: FBT003 - of QGIS
    application = QgsApplication([], False)  # noqa: FBT003
    application.initQgis()
    overview = QgsVectorLayer(path, "all", "ogr")
    names = [entry.split("!!::!!")[1] for entry in overview.dataProvider().subLayers()]
    layers = {name: QgsVectorLayer(f"{path}|layername={name}", name, "ogr") for name in names}
    found = {name: describe(layer) for name, layer in layers.items()}
    drawn = [name for name in names if name not in HIDDEN]
    drawn.sort(key=lambda name: BASE.index(name) + 10 if name in BASE else found[name]["geometry"])
    extent = [float(value) for value in (west, south, east, north)]
    scale = photograph([layers[name] for name in drawn], target, extent, int(width))
    sys.stdout.write(json.dumps({"layers": found, "scale": scale}))
    del overview
    layers.clear()
    application.exitQgis()


if __name__ == "__main__":
    main(*sys.argv[1:])
