"""A program for QGIS's own Python: opens a project as a user would, reports its content, draws each map theme.

``project_probe.py PROJECT FOLDER WIDTH`` writes JSON to standard output and a PNG a theme to FOLDER.
"""

import json
import sys
from pathlib import Path

from qgis.core import (
    QgsApplication,
    QgsCoordinateTransform,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
)
from qgis.PyQt.QtCore import QSize


def describe(project):
    """What QGIS made of the project."""
    layers = project.mapLayers()
    return {
        "title": project.title(),
        "crs": project.crs().authid(),
        "abstract": project.metadata().abstract(),
        "background": project.backgroundColor().name(),
        "relative": project.filePathStorage() == 1,
        "groups": [group.name() for group in project.layerTreeRoot().findGroups()],
        "order": [layer.id() for layer in project.layerTreeRoot().layerOrder()],
        "bookmarks": [bookmark.name() for bookmark in project.bookmarkManager().bookmarks()],
        "layers": {
            name: {
                "valid": layer.isValid(),
                "crs": layer.crs().authid(),
                "title": layer.metadata().title(),
                "licences": layer.metadata().licenses(),
                "rights": layer.metadata().rights(),
                "renderer": layer.renderer().type() if layer.renderer() else "",
                "styles": layer.styleManager().styles(),
                "labels": layer.labelsEnabled(),
                "temporal": layer.temporalProperties().startField() if layer.temporalProperties().isActive() else "",
                "visible": project.layerTreeRoot().findLayer(name).isVisible(),
            }
            for name, layer in layers.items()
        },
        "themes": {
            name: {
                record.layer().id(): record.currentStyle
                for record in project.mapThemeCollection().mapThemeState(name).layerRecords()
            }
            for name in project.mapThemeCollection().mapThemes()
        },
    }


def draw(project, name, target, width):
    """Draw a theme on the extent of its bookmark."""
    collection, settings = project.mapThemeCollection(), QgsMapSettings()
    settings.setLayers(collection.mapThemeVisibleLayers(name))
    settings.setLayerStyleOverrides(collection.mapThemeStyleOverrides(name))
    bookmark = next(each for each in project.bookmarkManager().bookmarks() if each.name() == name)
    extent = bookmark.extent()
    box = QgsCoordinateTransform(extent.crs(), project.crs(), project).transformBoundingBox(extent)
    settings.setDestinationCrs(project.crs())
    settings.setExtent(box)
    settings.setOutputSize(QSize(width, round(width * box.height() / box.width())))
    settings.setOutputDpi(96)
    settings.setBackgroundColor(project.backgroundColor())
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(target)
    return [f"{error.layerID}: {error.message}" for error in job.errors()]


def main(path, folder, width):
    """Open the project, draw its themes, print what was found."""
    QgsApplication.setPrefixPath("/usr", True)  # noqa: FBT003 - of QGIS
    application = QgsApplication([], False)  # noqa: FBT003
    application.initQgis()
    project = QgsProject.instance()
    if not project.read(path):
        sys.exit(project.error())
    found = describe(project)
    found["errors"] = {
        name: draw(project, name, str(Path(folder) / f"{number}.png"), int(width))
        for number, name in enumerate(found["themes"])
    }
    sys.stdout.write(json.dumps(found))
    project.clear()
    application.exitQgis()


if __name__ == "__main__":
    main(*sys.argv[1:])
