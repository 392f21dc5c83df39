"""A refresh from the extract to the data directory."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import Point, shape

from geo import BBox, distance, line_length
from geo.geodesic.offset import offset_m
from layers.build import index
from layers.build.collection import Collection, feature, read_collection
from layers.build.railway import DRAWN_BY_HAND, FROM_CHAINAGE, FROM_NODE, length_uncertainty_m, published_m
from layers.errors import DataFileError, ExtractError
from layers.record.catalog import catalog
from layers.record.store import PACKAGED, TABLES, DataPath, read_json

from .basemap import read_basemap, renewed
from .directory import check_target, write_directory, write_files
from .extract import read_extract
from .report import Appeared, Difference, Moved, RefreshReport, Unmatched
from .section import UNBUILT, Railway, anchored, gauges_of
from .station import keys_of, match_stations
from .structure import CARRIES, NoMatch, labels, match_bridge, match_piers, pier_geometry, power_over_border

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from shapely.geometry.base import BaseGeometry

    from layers.record.store import JsonObject


SOURCE = "osm-extract"
LICENCE = "ODbL-1.0"
ATTRIBUTION = "© OpenStreetMap contributors; facts from the cited sources"
PIERS = "piers"
# Of a way drawn over imagery: where the imagery lies true it is better, along the border it may be worse.
OSM_ACCURACY_M = 30
# By this share of itself a length from node to node may be off.
LENGTH_SHARE = 0.01
ROOM_DEG = 0.2
_GENERATED = re.compile("|".join([re.escape(FROM_NODE), re.escape(FROM_CHAINAGE), re.escape(DRAWN_BY_HAND) + ".*$"]))


def refresh(extract: str | Path, target: DataPath = None) -> RefreshReport:
    """Replace the geometry of our layers by what an OpenStreetMap extract holds.

    Parameters
    ----------
    extract
        A file ``.osm.pbf``.
    target
        The data directory to write, whole or not at all; an older one there is replaced. Without it nothing is written.

    Returns
    -------
    RefreshReport
        What moved, appeared, vanished, was not matched, and differs.

    Raises
    ------
    ExtractError
        When the extract cannot be used, or holds nothing of ours.
    DataDirectoryError
        When the target is not a place for a data directory.
    DataFileError
        When the layers would no longer agree with each other; then nothing is written.

    Notes
    -----
    It starts from the layers that tumen ships, whatever the target holds: the same version and the same extract give the same
    directory. Only layers under the ODbL take geometry of OpenStreetMap.
    """
    place = None if target is None else check_target(Path(target))
    work = _Refresh(Path(extract))
    work.run()
    files = work.files()
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), files)
        _check(Path(folder))
    if place is not None:
        write_directory(place, files)
    return work.report("" if place is None else str(place))


class _Refresh:
    """The layers on their way, and what is to be told."""

    def __init__(self, path: Path) -> None:
        self.shipped = catalog(data=PACKAGED)
        self.layers = {record.name: read_collection(PACKAGED / f"{record.name}.geojson") for record in self.shipped}
        self.extract = read_extract(path, self._region())
        self.date = self.extract.date or _changed(path)
        self.moved: list[Moved] = []
        self.appeared: list[Appeared] = []
        self.unmatched: list[Unmatched] = []
        self.differences: list[Difference] = []
        self.anchored: list[str] = []
        self.outside = 0
        self.touched: dict[str, Collection] = {}
        self._cover = shapely.box(*self.extract.box)

    def run(self) -> None:
        """Replace everything that can be replaced."""
        places = self._stations()
        self._sections(places)
        self._bridges()
        self._piers()
        self._power()
        if not self.moved:
            raise ExtractError("it holds nothing that could be matched with our layers", self.extract.path)
        self._basemap()

    # ---------------------------------------------------------------- what is replaced

    def _stations(self) -> Railway:
        rows = self._covered("stations")
        matched, reasons = match_stations(rows, self.extract.stations)
        railway = Railway(self.extract.tracks, {key: station.lonlat for key, station in matched.items()})
        new: dict[str, JsonObject] = {}
        for row in rows:
            properties = _properties(row)
            station_id = properties["id"]
            if station_id in reasons or station_id not in railway.footholds:
                reason = reasons.get(station_id, "there is no track within 300 m of it")
                self._miss("stations", station_id, reason)
                continue
            foot, station = railway.footholds[station_id], matched[station_id]
            how = f"{station.label}, put on the track {foot.off_m:.0f} m away" if foot.off_m >= 1 else station.label
            renewed = self._renewed(row, Point(foot.lonlat), OSM_ACCURACY_M + round(foot.off_m), station.label)
            new[station_id] = renewed
            self._move("stations", row, renewed, how)
        self._replace("stations", new)
        self._new_stations(matched)
        return railway

    def _sections(self, railway: Railway) -> None:
        stations = {row["id"]: row["geometry"]["coordinates"] for row in self._rows("stations")}
        new: dict[str, JsonObject] = {}
        for row in self._covered("railways"):
            properties = _properties(row)
            if properties["status"] in UNBUILT:
                continue
            path = railway.path(row)
            if isinstance(path, str):
                bare = railway.empty_along(shape(row["geometry"]), properties["accuracy_m"])
                self._miss("railways", properties["id"], path, vanished=bare)
                continue
            renewed = self._renewed(row, path.line, OSM_ACCURACY_M, "")
            renewed["properties"] |= _lengths(properties, path.length_m)
            new[properties["id"]] = renewed
            self._move("railways", row, renewed, f"{path.length_m / 1000:.2f} km over the tracks")
            self._differ_gauge(properties, gauges_of(path))
            if abs(path.length_m - properties["length_m"]) > properties["length_uncertainty_m"]:
                ours = f"{properties['length_m']} ± {properties['length_uncertainty_m']}"
                self._differ(properties["id"], "length_m", ours, f"{path.length_m:.0f}; this one is taken")
        self._replace("railways", new)
        self._replace("railways", dict(self._anchor(stations, new)))

    def _anchor(self, stations: Mapping[str, Any], laid: Mapping[str, JsonObject]) -> Iterable[tuple[str, JsonObject]]:
        """Sections that keep their course but not their ends."""
        for row in self._rows("railways"):
            properties, course = _properties(row), row["geometry"]["coordinates"]
            ends = [stations[properties[key]] for key in ("from_node", "to_node")]
            if ends != [course[0], course[-1]]:
                if properties["id"] not in laid:
                    self.anchored.append(properties["id"])
                geometry = {"type": "LineString", "coordinates": anchored(course, *ends)}
                yield properties["id"], row | {"geometry": geometry}

    def _bridges(self) -> None:
        new: dict[str, JsonObject] = {}
        for row in self._covered("crossings"):
            properties = _properties(row)
            if properties["status"] in UNBUILT:
                continue
            if properties["kind"] not in CARRIES:
                self._miss("crossings", properties["id"], "it is a point where rails meet the border, not a bridge")
                continue
            found = match_bridge(row, self.extract.bridges)
            if isinstance(found, NoMatch):
                self._miss("crossings", properties["id"], found.reason, vanished=found.vanished)
                continue
            line, label = found
            new[properties["id"]] = self._renewed(row, line, OSM_ACCURACY_M, label)
            self._move("crossings", row, new[properties["id"]], label)
            length_m = line_length(list(line.coords))
            if "length_m" in properties and abs(length_m - properties["length_m"]) > 2 * OSM_ACCURACY_M:
                self._differ(properties["id"], "length_m", str(properties["length_m"]), f"{length_m:.0f}")
        self._replace("crossings", new)

    def _piers(self) -> None:
        """Piers go into a layer of their own: ``ports`` is CC0, and geometry of OpenStreetMap would put it under the ODbL."""
        ours = [row for row in self._covered("ports") if _properties(row)["kind"] == "pier"]
        rows = [row for row in ours if _properties(row)["status"] not in UNBUILT]
        matched, reasons = match_piers(rows, self.extract.piers)
        new = []
        for row in rows:
            pier_id = _properties(row)["id"]
            if pier_id in reasons:
                self._miss("ports", pier_id, reasons[pier_id].reason, vanished=reasons[pier_id].vanished)
                continue
            renewed = self._renewed(row, pier_geometry(matched[pier_id]), OSM_ACCURACY_M, labels([matched[pier_id]]))
            self._move(PIERS, row, renewed, labels([matched[pier_id]]))
            new_id = f"{pier_id}/osm"
            properties = renewed["properties"] | {"id": new_id, "licence": LICENCE}
            new.append(renewed | {"id": new_id, "properties": properties})
        ports = [shape(row["geometry"]) for row in self._covered("ports")]
        taken = {way.id for way in matched.values()}
        for way in self.extract.piers:
            lon, lat = way.pairs.mean(axis=0)
            if way.id not in taken and any(distance((lon, lat), tuple(p.centroid.coords[0])) < 2000 for p in ports):  # noqa: PLR2004
                why = "a pier within 2 km of a port of ours"
                self.appeared.append(Appeared(f"way/{way.id}", PIERS, way.tags.get("name", ""), (lon, lat), why))
        if new:
            title = "Piers, as OpenStreetMap draws them"
            self.touched[PIERS] = Collection(PIERS, title, LICENCE, ATTRIBUTION, new, (self._package,))

    def _power(self) -> None:
        """Power lines are told, never drawn: ours are plans, and their layer is CC0."""
        for row in self._covered("power"):
            properties = _properties(row)
            if properties["status"] not in UNBUILT:
                reason = "the layer is CC0; geometry of OpenStreetMap would put it under the ODbL"
                self._miss("power", properties["id"], reason)
        for way, border_id, line in power_over_border(self.extract.power_lines, self._rows("border")):
            volts = way.tags.get("voltage", "")
            why = f"a power line{f' of {volts} V' if volts else ''} over {border_id}"
            self.appeared.append(
                Appeared(f"way/{way.id}", "power", way.tags.get("name", ""), line.centroid.coords[0], why)
            )

    def _basemap(self) -> None:
        """Take the base map, or tell why not: areas need a file in order, which lines do not."""
        try:
            found = read_basemap(self.extract.path, self.extract.box)
        except ExtractError as error:
            warning = f"its base map was left out: {error}"
            self.extract = replace(self.extract, warnings=(*self.extract.warnings, warning))
            return
        self.touched |= {item.name: item for item in renewed(self.layers, found, SOURCE, self._package)}

    def _new_stations(self, matched: Mapping[str, Any]) -> None:
        """Tell of named stations among the replaced ones that ours lack."""
        known = {key for row in self._rows("stations") for key in keys_of(_names(_properties(row)))}
        taken = {station.label for station in matched.values()}
        spots = np.array([row["geometry"]["coordinates"] for row in self._rows("stations")])
        for station in self.extract.stations:
            if station.label in taken or station.rank > 1 or not station.names or keys_of(station.names) & known:
                continue
            off_m = float(distance(spots, station.lonlat).min())
            if off_m < 20_000:  # noqa: PLR2004 - beyond it our network does not run
                name = station.names[0]
                why = f"{off_m / 1000:.1f} km from the nearest station of ours"
                self.appeared.append(Appeared(station.label, "stations", name, station.lonlat, why))

    # ---------------------------------------------------------------- what comes out

    def files(self) -> dict[str, str]:
        """Files of the new data directory, by name."""
        collections = list(self._all())
        rows = {row["name"]: row for row in json.loads((PACKAGED / "catalog.json").read_bytes())["layers"]}
        by = f"tumen layers refresh --from {self.extract.path.name}"
        records = [
            index.layer_record(item, retrieved=self.date, processing=by)
            if item.name in self.touched
            else rows[item.name]
            for item in collections
        ]
        sources: dict[str, Any] = read_json(PACKAGED / "sources.json") | {SOURCE: self._source()}
        return {
            **{f"{item.name}.geojson": item.text() for item in collections},
            "catalog.json": index.pretty({"latest": self.shipped.latest, "layers": records}),
            "sources.json": index.pretty(dict(sorted(sources.items()))),
            "gazetteer.json": index.gazetteer(collections),
            **{name: (PACKAGED / name).read_text(encoding="utf-8") for name in TABLES},
        }

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

    def _all(self) -> Iterable[Collection]:
        """Give the collections in the order of the catalog, the piers after the ports."""
        for name, shipped in self.layers.items():
            yield self.touched.get(name, shipped)
            if name == "ports" and PIERS in self.touched:
                yield self.touched[PIERS]

    def _source(self) -> dict[str, Any]:
        return {
            "title": f"OpenStreetMap extract {self.extract.path.name}",
            "publisher": "OpenStreetMap contributors",
            "date": self.date,
            "url": "https://www.openstreetmap.org/copyright",
            "kind": "dataset",
            "note": f"sha256 {self.extract.sha256}",
        }

    # ---------------------------------------------------------------- the small parts

    @property
    def _package(self) -> str:
        return f"{self.extract.path.name} {self.date}"

    def _region(self) -> BBox:
        boxes = np.array([[*self.shipped[name].bbox] for name in ("railways", "stations", "crossings")])
        west, south = boxes[:, :2].min(axis=0) - ROOM_DEG
        east, north = boxes[:, 2:].max(axis=0) + ROOM_DEG
        return BBox(float(west), float(south), float(east), float(north))

    def _rows(self, layer: str) -> list[Any]:
        return self.touched.get(layer, self.layers[layer]).features

    def _covered(self, layer: str) -> list[Any]:
        """Features that the extract covers; the others are counted."""
        rows = self._rows(layer)
        inside = [row for row in rows if self._cover.covers(_ends(shape(row["geometry"])))]
        self.outside += len(rows) - len(inside) if layer != "ports" else 0
        return inside

    def _renewed(self, row: Any, geometry: BaseGeometry, accuracy_m: int, label: str) -> Any:  # noqa: ANN401
        properties = _properties(row)
        note = _GENERATED.sub("", properties.get("note", "")).strip()
        drawn = f"Drawn from the OpenStreetMap extract of {self.date}{f' ({label})' if label else ''}."
        own = {
            "accuracy_m": accuracy_m,
            "geometry_method": "osm",
            "sources": [*(source for source in properties["sources"] if source != SOURCE), SOURCE],
            "note": f"{note} {drawn}".strip(),
        }
        return feature(_in_order(properties, own), geometry)

    def _replace(self, layer: str, new: Mapping[str, JsonObject]) -> None:
        if not new:
            return
        old = self.touched.get(layer, self.layers[layer])
        if old.licence != LICENCE:
            raise AssertionError(f"{layer} is under {old.licence}: it takes no geometry of OpenStreetMap")
        rows = [new.get(str(row["id"]), row) for row in old.features]
        packages = tuple(dict.fromkeys([*old.packages, self._package]))
        self.touched[layer] = replace(old, features=rows, packages=packages)

    def _move(self, layer: str, old: Any, new: Any, how: str) -> None:  # noqa: ANN401 - GeoJSON
        off_m = offset_m(shape(old["geometry"]), shape(new["geometry"]))
        self.moved.append(Moved(str(old["id"]), layer, round(off_m, 1), how))

    def _miss(self, layer: str, feature_id: str, reason: str, *, vanished: bool = False) -> None:
        self.unmatched.append(Unmatched(feature_id, layer, reason, vanished))

    def _differ(self, feature_id: str, attribute: str, ours: str, theirs: str) -> None:
        self.differences.append(Difference(feature_id, attribute, ours, theirs))

    def _differ_gauge(self, properties: Mapping[str, Any], theirs: tuple[int, ...]) -> None:
        if theirs and set(theirs) != set(properties["gauge_mm"]):
            ours, found = (", ".join(map(str, gauges)) for gauges in (sorted(properties["gauge_mm"]), theirs))
            self._differ(properties["id"], "gauge_mm", ours, found)


def _ends(geometry: BaseGeometry) -> BaseGeometry:
    """Give the ends of a line, which the extract must hold for it to be laid; any other geometry as it is."""
    return geometry.boundary if geometry.geom_type == "LineString" else geometry


def _properties(row: Mapping[str, Any]) -> dict[str, Any]:
    return dict(row["properties"])


def _names(properties: Mapping[str, Any]) -> list[str]:
    own = [properties.get(key) for key in ("name", "name_ko", "name_ru", "name_zh")]
    return [name for name in (*own, *properties["aliases"]) if name]


def _in_order(properties: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Properties with some replaced; a note that is new stands where the data model has it."""
    merged = dict(properties) | {key: value for key, value in own.items() if key in properties}
    if "note" not in properties:
        at = list(merged).index("accuracy_m")
        merged = dict([*list(merged.items())[:at], ("note", own["note"]), *list(merged.items())[at:]])
    return merged


def _lengths(properties: Mapping[str, Any], length_m: float) -> dict[str, int]:
    """Length of a section and its uncertainty: as far as it is from the published length, where there is one."""
    published = published_m(properties, properties.get("chainage_from_km"), properties.get("chainage_to_km"))
    own_m = round(LENGTH_SHARE * length_m + 2 * OSM_ACCURACY_M)
    if published is None:
        return {"length_m": round(length_m), "length_uncertainty_m": own_m}
    return {
        "length_m": round(length_m),
        "length_uncertainty_m": max(own_m, length_uncertainty_m(length_m, published, by_hand=False)),
    }


def _changed(path: Path) -> str:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date().isoformat()


def _check(folder: Path) -> None:
    """Hold the new directory to the same checks as the shipped one."""
    from layers.validation import validate

    report = validate(data=folder)
    if not report.ok:
        shown = "\n  ".join(map(str, report.issues[:10]))
        raise DataFileError(f"the refreshed layers would not agree with each other, nothing was written:\n  {shown}")
