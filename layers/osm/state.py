"""State of a refresh: the layers, the extract, what was replaced, and the report."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import shape

from geo import BBox
from geo.geodesic.offset import offset_m
from layers.build.collection import Collection, feature, read_collection
from layers.build.remark import without_remarks
from layers.record.catalog import catalog
from layers.record.store import PACKAGED

from .extract import read_extract
from .report import Appeared, Difference, Moved, RefreshReport, Unmatched

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from layers.record.catalog import Catalog
    from layers.record.store import JsonObject

    from .extract import Extract

SOURCE = "osm-extract"
LICENCE = "ODbL-1.0"
ATTRIBUTION = "© OpenStreetMap contributors; facts from the cited sources"
# For a way drawn over imagery: better where the imagery is well aligned, possibly worse along the border.
OSM_ACCURACY_M = 30
ROOM_DEG = 0.2


@dataclass(slots=True)
class Refresh:
    """The layers during a refresh, and its report.

    Attributes
    ----------
    shipped, layers
        The catalog that ships, and its layers by name.
    extract, date
        What was read, and its day.
    touched
        Layers that were replaced, in part or whole.
    moved, appeared, unmatched, differences, anchored, outside
        As in `RefreshReport`.
    """

    shipped: Catalog
    layers: dict[str, Collection]
    extract: Extract
    date: str
    touched: dict[str, Collection] = field(default_factory=dict)
    moved: list[Moved] = field(default_factory=list)
    appeared: list[Appeared] = field(default_factory=list)
    unmatched: list[Unmatched] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    anchored: list[str] = field(default_factory=list)
    outside: int = 0

    @classmethod
    def begin(cls, path: Path) -> Refresh:
        """Read the extract around the layers that ship, which is soon seen to be of no use, then these."""
        shipped = catalog(data=PACKAGED)
        extract = read_extract(path, _region(shipped))
        layers = {record.name: read_collection(PACKAGED / f"{record.name}.geojson") for record in shipped}
        return cls(shipped, layers, extract, extract.date or _changed(path))

    def report(self, directory: str) -> RefreshReport:
        """Report of what was done."""
        return RefreshReport(
            extract=self.extract.path.name,
            date=self.date,
            directory=directory,
            moved=tuple(self.moved),
            appeared=tuple(self.appeared),
            unmatched=tuple(self.unmatched),
            differences=tuple(self.differences),
            anchored=tuple(self.anchored),
            outside=self.outside,
            warnings=self.extract.warnings,
        )

    @property
    def package(self) -> str:
        """Name of the extract with its day, for the catalog."""
        return f"{self.extract.path.name} {self.date}"

    def rows(self, layer: str) -> list[Any]:
        """Features of a layer as they are now."""
        return self.touched.get(layer, self.layers[layer]).features

    def covered(self, layer: str) -> list[Any]:
        """Features that the extract covers; the others are counted."""
        rows, cover = self.rows(layer), shapely.box(*self.extract.box)
        inside = [row for row in rows if cover.covers(_ends(shape(row["geometry"])))]
        self.outside += len(rows) - len(inside) if layer != "ports" else 0
        return inside

    def renewed(self, row: Any, geometry: BaseGeometry, accuracy_m: int, label: str) -> Any:  # noqa: ANN401
        """Give a feature the geometry of the extract, and drop remarks on the old one."""
        properties = properties_of(row)
        note = without_remarks(properties.get("note", ""))
        drawn = f"Drawn from the OpenStreetMap extract of {self.date}{f' ({label})' if label else ''}."
        own = {
            "accuracy_m": accuracy_m,
            "geometry_method": "osm",
            "sources": [*(source for source in properties["sources"] if source != SOURCE), SOURCE],
            "note": f"{note} {drawn}".strip(),
        }
        return feature(_in_order(properties, own), geometry)

    def replace(self, layer: str, new: Mapping[str, JsonObject]) -> None:
        """Put new features in the place of those of their ids."""
        if not new:
            return
        old = self.touched.get(layer, self.layers[layer])
        if old.licence != LICENCE:
            raise AssertionError(f"{layer} is under {old.licence}: it takes no geometry of OpenStreetMap")
        rows = [new.get(str(row["id"]), row) for row in old.features]
        packages = tuple(dict.fromkeys([*old.packages, self.package]))
        self.touched[layer] = replace(old, features=rows, packages=packages)

    def move(self, layer: str, old: Any, new: Any, how: str) -> None:  # noqa: ANN401 - GeoJSON
        """Tell of a feature whose geometry was replaced."""
        off_m = offset_m(shape(old["geometry"]), shape(new["geometry"]))
        self.moved.append(Moved(str(old["id"]), layer, round(off_m, 1), how))

    def miss(self, layer: str, feature_id: str, reason: str, *, vanished: bool = False) -> None:
        """Tell of a feature that found nothing."""
        self.unmatched.append(Unmatched(feature_id, layer, reason, vanished))

    def differ(self, feature_id: str, attribute: str, ours: str, theirs: str) -> None:
        """Tell of a value that differs."""
        self.differences.append(Difference(feature_id, attribute, ours, theirs))


def _ends(geometry: BaseGeometry) -> BaseGeometry:
    """Return the ends of a line, which the extract must hold for it to be matched; any other geometry unchanged."""
    return geometry.boundary if geometry.geom_type == "LineString" else geometry


def properties_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """Properties of a feature, to change."""
    return dict(row["properties"])


def _in_order(properties: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Properties with some replaced; a note that is new stands where the data model has it."""
    merged = dict(properties) | {key: value for key, value in own.items() if key in properties}
    if "note" not in properties:
        at = list(merged).index("accuracy_m")
        merged = dict([*list(merged.items())[:at], ("note", own["note"]), *list(merged.items())[at:]])
    return merged


def _changed(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date().isoformat()


def _region(shipped: Catalog) -> BBox:
    boxes = np.array([[*shipped[name].bbox] for name in ("railways", "stations", "crossings")])
    west, south = boxes[:, :2].min(axis=0) - ROOM_DEG
    east, north = boxes[:, 2:].max(axis=0) + ROOM_DEG
    return BBox(float(west), float(south), float(east), float(north))
