"""Which station of an extract is which of ours: by any of its names, in any script, and by distance."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from geo import distance
from layers.features.gazetteer import match_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .extract import OsmStation

# Beyond its stated accuracy a station may be named at the other end of its yard.
ROOM_M = 1500.0
# Two of one name and rank farther apart than this are two stations.
SAME_STATION_M = 700.0
_GENERIC = re.compile(
    r"^(?:станция|ст\.)\s+|\s+(?:railway\s+)?station$|\s+(?:станция|вокзал)$|(?<=\S)(?:역|站|驛|駅)$", re.IGNORECASE
)


def keys_of(names: Iterable[str]) -> set[str]:
    """Return the comparable forms of names: with and without the word for station.

    Examples
    --------
    >>> sorted(keys_of(["Станция Хасан"])), keys_of(["라진역"]) >= keys_of(["라진"])
    (['станцияхасан', 'хасан'], True)
    """
    keys = {match_key(form) for name in names for form in (name, _GENERIC.sub("", name))}
    return keys - {""}


def match_stations(
    ours: Iterable[Mapping[str, Any]], theirs: Iterable[OsmStation]
) -> tuple[dict[str, OsmStation], dict[str, str]]:
    """Match stations.

    Parameters
    ----------
    ours
        GeoJSON features of our stations.
    theirs
        Stations of the extract.

    Returns
    -------
    tuple
        The station of the extract by the id of ours, and the reasons of those that found none. Of several of one name the better
        rank comes first, then the nearer; each is given to one of ours only, the nearest.
    """
    by_key: defaultdict[str, list[OsmStation]] = defaultdict(list)
    for station in theirs:
        for key in keys_of(station.names):
            by_key[key].append(station)
    wishes: list[tuple[float, str, OsmStation]] = []
    reasons: dict[str, str] = {}
    for row in ours:
        properties = row["properties"]
        keys = sorted(keys_of(names_of_row(properties)))
        named = {station.label: station for key in keys for station in by_key.get(key, ())}
        chosen = _choose(properties, tuple(row["geometry"]["coordinates"]), named.values())
        if isinstance(chosen, str):
            reasons[properties["id"]] = chosen
        else:
            wishes.append((chosen[0], properties["id"], chosen[1]))
    matched: dict[str, OsmStation] = {}
    used: dict[str, str] = {}
    for _, station_id, station in sorted(wishes, key=lambda wish: wish[:2]):
        if station.label in used:
            reasons[station_id] = f"{station.label} of that name is nearer to {used[station.label]}"
            continue
        used[station.label] = station_id
        matched[station_id] = station
    return matched, reasons


def _choose(
    properties: Mapping[str, Any], lonlat: tuple[float, float], named: Iterable[OsmStation]
) -> tuple[float, OsmStation] | str:
    reach_m = properties["accuracy_m"] + ROOM_M
    apart = sorted(
        ((distance(lonlat, station.lonlat), station) for station in named), key=lambda pair: (pair[0], pair[1].label)
    )
    if not apart:
        return "no station of any of its names"
    near = [pair for pair in apart if pair[0] <= reach_m]
    if not near:
        off_m, station = apart[0]
        return f"the nearest of its names, {station.label}, lies {off_m / 1000:.1f} km away, more than {reach_m / 1000:.1f} km"
    rank = min(station.rank for _, station in near)
    best = [pair for pair in near if pair[1].rank == rank]
    if any(distance(best[0][1].lonlat, other.lonlat) > SAME_STATION_M for _, other in best[1:]):
        return f"several of its name within {reach_m / 1000:.1f} km: {', '.join(station.label for _, station in best)}"
    return best[0]


def names_of_row(properties: Mapping[str, Any]) -> list[str]:
    """Names of one of our stations, in every script."""
    names = [properties.get(key) for key in ("name", "name_ko", "name_ru", "name_zh")]
    return [name for name in (*names, *properties["aliases"]) if name]
