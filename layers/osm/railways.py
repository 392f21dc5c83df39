"""Stations and sections of railways, put on the tracks of an extract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from shapely.geometry import Point, shape

from geo import distance
from layers.build.railway import length_uncertainty_m, published_m

from .report import Appeared
from .section import UNBUILT, Railway, anchored, gauges_of
from .state import OSM_ACCURACY_M, properties_of
from .station import keys_of, match_stations, names_of_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layers.record.store import JsonObject

    from .state import Refresh

# By this share of itself a length from node to node may be off.
LENGTH_SHARE = 0.01
NEAR_M = 20_000.0  # beyond it our network does not run


def refresh_railways(work: Refresh) -> None:
    """Replace stations, then the sections between them."""
    _sections(work, _stations(work))


def _stations(work: Refresh) -> Railway:
    rows = work.covered("stations")
    matched, reasons = match_stations(rows, work.extract.stations)
    railway = Railway(work.extract.tracks, {key: station.lonlat for key, station in matched.items()})
    new: dict[str, JsonObject] = {}
    for row in rows:
        properties = properties_of(row)
        station_id = properties["id"]
        if station_id in reasons or station_id not in railway.footholds:
            reason = reasons.get(station_id, "there is no track within 300 m of it")
            work.miss("stations", station_id, reason)
            continue
        foot, station = railway.footholds[station_id], matched[station_id]
        how = f"{station.label}, put on the track {foot.off_m:.0f} m away" if foot.off_m >= 1 else station.label
        renewed = work.renewed(row, Point(foot.lonlat), OSM_ACCURACY_M + round(foot.off_m), station.label)
        new[station_id] = renewed
        work.move("stations", row, renewed, how)
    work.replace("stations", new)
    _new_stations(work, matched)
    return railway


def _sections(work: Refresh, railway: Railway) -> None:
    stations = {row["id"]: row["geometry"]["coordinates"] for row in work.rows("stations")}
    new: dict[str, JsonObject] = {}
    for row in work.covered("railways"):
        properties = properties_of(row)
        if properties["status"] in UNBUILT:
            continue
        path = railway.path(row)
        if isinstance(path, str):
            bare = railway.empty_along(shape(row["geometry"]), properties["accuracy_m"])
            work.miss("railways", properties["id"], path, vanished=bare)
            continue
        renewed = work.renewed(row, path.line, OSM_ACCURACY_M, "")
        renewed["properties"] |= _lengths(properties, path.length_m)
        new[properties["id"]] = renewed
        work.move("railways", row, renewed, f"{path.length_m / 1000:.2f} km over the tracks")
        _differ_gauge(work, properties, gauges_of(path))
        if abs(path.length_m - properties["length_m"]) > properties["length_uncertainty_m"]:
            ours = f"{properties['length_m']} ± {properties['length_uncertainty_m']}"
            work.differ(properties["id"], "length_m", ours, f"{path.length_m:.0f}; this one is taken")
    work.replace("railways", new)
    work.replace("railways", dict(_anchor(work, stations, new)))


def _anchor(
    work: Refresh, stations: Mapping[str, Any], renewed: Mapping[str, JsonObject]
) -> Iterable[tuple[str, JsonObject]]:
    """Sections that keep their course but not their ends."""
    for row in work.rows("railways"):
        properties, course = properties_of(row), row["geometry"]["coordinates"]
        ends = [stations[properties[key]] for key in ("from_node", "to_node")]
        if ends != [course[0], course[-1]]:
            if properties["id"] not in renewed:
                work.anchored.append(properties["id"])
            geometry = {"type": "LineString", "coordinates": anchored(course, *ends)}
            yield properties["id"], row | {"geometry": geometry}


def _new_stations(work: Refresh, matched: Mapping[str, Any]) -> None:
    """Report named stations near ours that our layers lack."""
    our_keys = {key for row in work.rows("stations") for key in keys_of(names_of_row(properties_of(row)))}
    replaced = {station.label for station in matched.values()}
    spots = np.array([row["geometry"]["coordinates"] for row in work.rows("stations")])
    for station in work.extract.stations:
        if station.label in replaced or station.rank > 1 or not station.names or keys_of(station.names) & our_keys:
            continue
        off_m = float(distance(spots, station.lonlat).min())
        if off_m < NEAR_M:
            name = station.names[0]
            why = f"{off_m / 1000:.1f} km from the nearest station of ours"
            work.appeared.append(Appeared(station.label, "stations", name, station.lonlat, why))


def _differ_gauge(work: Refresh, properties: Mapping[str, Any], theirs: tuple[int, ...]) -> None:
    if theirs and set(theirs) != set(properties["gauge_mm"]):
        ours, surveyed = (", ".join(map(str, gauges)) for gauges in (sorted(properties["gauge_mm"]), theirs))
        work.differ(properties["id"], "gauge_mm", ours, surveyed)


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
