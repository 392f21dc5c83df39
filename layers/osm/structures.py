"""Bridges and piers with the geometry of an extract, and power lines over borders, which are only reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import shape

from geo import distance, line_length
from layers.build.collection import Collection

from .report import Appeared
from .section import UNBUILT
from .state import ATTRIBUTION, LICENCE, OSM_ACCURACY_M, properties_of
from .structure import CARRIES, NoMatch, labels, match_bridge, match_piers, pier_geometry, power_over_border

if TYPE_CHECKING:
    from layers.record.store import JsonObject

    from .state import Refresh

PIERS = "piers"
NEAR_M = 2000.0  # from one of our ports, a pier is reported


def refresh_structures(work: Refresh) -> None:
    """Replace bridges and piers; report power lines."""
    _bridges(work)
    _piers(work)
    _power(work)


def _bridges(work: Refresh) -> None:
    new: dict[str, JsonObject] = {}
    for row in work.covered("crossings"):
        properties = properties_of(row)
        if properties["status"] in UNBUILT:
            continue
        if properties["kind"] not in CARRIES:
            work.miss("crossings", properties["id"], "it is a point where rails meet the border, not a bridge")
            continue
        match = match_bridge(row, work.extract.bridges)
        if isinstance(match, NoMatch):
            work.miss("crossings", properties["id"], match.reason, vanished=match.vanished)
            continue
        line, label = match
        new[properties["id"]] = work.renewed(row, line, OSM_ACCURACY_M, label)
        work.move("crossings", row, new[properties["id"]], label)
        length_m = line_length(list(line.coords))
        if "length_m" in properties and abs(length_m - properties["length_m"]) > 2 * OSM_ACCURACY_M:
            work.differ(properties["id"], "length_m", str(properties["length_m"]), f"{length_m:.0f}")
    work.replace("crossings", new)


def _piers(work: Refresh) -> None:
    """Piers go into a layer of their own: ``ports`` is CC0, and geometry of OpenStreetMap would put it under the ODbL."""
    ours = [row for row in work.covered("ports") if properties_of(row)["kind"] == "pier"]
    rows = [row for row in ours if properties_of(row)["status"] not in UNBUILT]
    matched, reasons = match_piers(rows, work.extract.piers)
    new = []
    for row in rows:
        pier_id = properties_of(row)["id"]
        if pier_id in reasons:
            work.miss("ports", pier_id, reasons[pier_id].reason, vanished=reasons[pier_id].vanished)
            continue
        renewed = work.renewed(row, pier_geometry(matched[pier_id]), OSM_ACCURACY_M, labels([matched[pier_id]]))
        work.move(PIERS, row, renewed, labels([matched[pier_id]]))
        new_id = f"{pier_id}/osm"
        properties = renewed["properties"] | {"id": new_id, "licence": LICENCE}
        new.append(renewed | {"id": new_id, "properties": properties})
    ports = [shape(row["geometry"]) for row in work.covered("ports")]
    matched_ids = {way.id for way in matched.values()}
    for way in work.extract.piers:
        lon, lat = way.pairs.mean(axis=0)
        if way.id not in matched_ids and any(distance((lon, lat), tuple(p.centroid.coords[0])) < NEAR_M for p in ports):
            why = "a pier within 2 km of a port of ours"
            work.appeared.append(Appeared(f"way/{way.id}", PIERS, way.tags.get("name", ""), (lon, lat), why))
    if new:
        title = "Piers, as OpenStreetMap draws them"
        work.touched[PIERS] = Collection(PIERS, title, LICENCE, ATTRIBUTION, new, (work.package,))


def _power(work: Refresh) -> None:
    """Power lines are reported, never drawn: ours are plans, and their layer is CC0."""
    for row in work.covered("power"):
        properties = properties_of(row)
        if properties["status"] not in UNBUILT:
            reason = "the layer is CC0; geometry of OpenStreetMap would put it under the ODbL"
            work.miss("power", properties["id"], reason)
    for way, border_id, line in power_over_border(work.extract.power_lines, work.rows("border")):
        volts = way.tags.get("voltage", "")
        why = f"a power line{f' of {volts} V' if volts else ''} over {border_id}"
        work.appeared.append(Appeared(f"way/{way.id}", "power", way.tags.get("name", ""), line.centroid.coords[0], why))
