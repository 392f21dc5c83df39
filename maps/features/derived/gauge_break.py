"""Places where the gauge of the railway changes, from the sections that meet there."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from maps.features.geojson import DataRecord, LayerData, geometry_kind, properties_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.features.geojson import Feature, Json

_NAMES = ("name", "name_ko", "name_ru", "name_zh")
_TAKEN = (*_NAMES, "countries", "accuracy_m", "geometry_method")
_OPEN = "operating"


def gauge_breaks(railways: LayerData, stations: LayerData) -> LayerData:
    """Find where a gauge ends.

    Parameters
    ----------
    railways
        Sections with ``from_node``, ``to_node`` and ``gauge_mm``; those in operation count.
    stations
        The nodes.

    Returns
    -------
    LayerData
        Points at stations. ``kind`` is ``gauge_break`` where two sections meet that no wagon can pass between, and
        ``gauge_end`` where a section with more gauges ends and one of them goes no farther.

    Examples
    --------
    >>> gauge_breaks(LayerData(DataRecord("railways", "")), LayerData(DataRecord("stations", ""))).features
    ()
    """
    meeting: dict[str, list[tuple[frozenset[int], Mapping[str, Json]]]] = {}
    for section in map(properties_of, railways.features):
        gauges = frozenset(cast("list[int]", section.get("gauge_mm") or []))
        if section.get("status") == _OPEN and gauges:
            for end in ("from_node", "to_node"):
                meeting.setdefault(str(section.get(end)), []).append((gauges, section))
    nodes = {str(feature["id"]): feature for feature in stations.features if geometry_kind(feature) == "point"}
    features = [
        _point(nodes[node], kind, sections)
        for node, sections in meeting.items()
        if node in nodes and (kind := _kind({gauges for gauges, _ in sections}))
    ]
    record = DataRecord("gauge-breaks", "Breaks of gauge", railways.record.licence, railways.record.attribution)
    return LayerData(record, tuple(sorted(features, key=lambda feature: str(feature["id"]))))


def _kind(gauges: set[frozenset[int]]) -> str:
    if any(not gauge & other for gauge in gauges for other in gauges):
        return "gauge_break"
    return "gauge_end" if len(gauges) > 1 else ""


def _point(station: Feature, kind: str, sections: list[tuple[frozenset[int], Mapping[str, Json]]]) -> Feature:
    station_properties = properties_of(station)
    gauges = sorted({gauge for section, _ in sections for gauge in section})
    sources = dict.fromkeys(
        source for _, section in sections for source in cast("list[str]", section.get("sources") or [])
    )
    properties: dict[str, Json] = {key: station_properties[key] for key in _TAKEN if key in station_properties}
    properties |= {"kind": kind, "gauge_mm": gauges, "sources": list(sources)}
    feature_id = f"gauge-break/{str(station['id']).partition('/')[2]}"
    return {"type": "Feature", "id": feature_id, "properties": properties, "geometry": station["geometry"]}
