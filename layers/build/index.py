"""What is written beside the layers: the catalog, the cited sources, the gazetteer, the published lengths."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from itertools import combinations
from statistics import median
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import shape

from geo import distance
from layers.facts.currency import newest_fact
from layers.features.columnar import SUFFIX
from layers.features.gazetteer import SAME_PLACE_M, match_keys, plain_names
from layers.record.store import properties_of
from layers.validation.conformity import cited_by

from . import record, table
from .collection import dumps

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layers.record.store import JsonObject

    from .collection import Collection

# The day on which the packages were read and the sources looked up.
RETRIEVED = "2026-11-21"
# What is compiled from the layers, by the name of its step.
COMPILED = {"sea_chart": "sea_chart.npz", "network": "network.bin"}
NAMED = (
    "stations", "crossings", "ports", "places", "zones", "minerals", "border", "power",
    "checkpoints", "airports", "highways", "programmes", "pipelines", "telecom", "shipments",
)  # fmt: skip


def catalog(
    collections: Iterable[Collection],
    compiled: Mapping[str, bytes] | None = None,
    columns: Mapping[str, bytes] | None = None,
) -> str:
    """Text of ``catalog.json``, with the records of the compiled network, the sea chart and columns if there are any."""
    collections = list(collections)
    sources = table.read_sources()
    latest = newest_fact(
        (_properties(row) for item in collections for row in item.features),
        _happened(),
        lambda source: str(sources[source]["kind"]),
    )
    content = {"latest": latest, "layers": [layer_record(collection) for collection in collections]}
    compiled_records = {
        name: compiled_record(COMPILED[name], name, record) for name, record in (compiled or {}).items()
    }
    if columns:
        compiled_records["columns"] = {
            name: compiled_record(name + SUFFIX, "columns", record) for name, record in columns.items()
        }
    return pretty(content | compiled_records)


def compiled_record(file: str, step: str, content: bytes) -> dict[str, Any]:
    """Record of a file compiled from the layers, for the catalog."""
    return {
        "file": file,
        "processing": f"python -m layers.build {step}",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
    }


def sources(collections: Iterable[Collection]) -> str:
    """Text of ``sources.json``: every source that a layer, a published length or the record cites.

    Raises
    ------
    ValueError
        When one is cited that no table defines.
    """
    sources = table.read_sources()
    cited = {source for item in collections for row in item.features for source in cited_by(_properties(row))}
    cited |= {row["source"] for row in table.read("lengths")["length"]}
    cited |= record.cited()
    if unknown := sorted(cited - sources.keys()):
        raise ValueError(f"sources cited but not defined in layers/tables/sources: {', '.join(unknown)}")
    return pretty({source: sources[source] for source in sorted(cited)})


def gazetteer(collections: Iterable[Collection]) -> str:
    """Text of ``gazetteer.json``: every named thing that has one place."""
    by_name = {collection.name: collection for collection in collections}
    places = [
        entry
        for name in NAMED
        for row in by_name[name].features
        if (entry := _entry(name, row)) is not None
    ]  # fmt: skip
    _share_keys(places)
    return _lines("places", places)


def _share_keys(places: list[dict[str, Any]]) -> None:
    """Give a station and its town every spelling of both, so that each spelling finds the same place."""
    by_name: dict[str, list[dict[str, Any]]] = {}
    for place in places:
        if place["layer"] in {"stations", "places"}:
            by_name.setdefault(place["name"], []).append(place)
    for same in by_name.values():
        for first, second in combinations(same, 2):
            if first["layer"] != second["layer"] and distance(first["lonlat"], second["lonlat"]) <= SAME_PLACE_M:
                first["keys"] = second["keys"] = list(dict.fromkeys([*first["keys"], *second["keys"]]))


def lengths() -> str:
    """Text of ``lengths.json``: published lengths between two named places, in metres."""
    rows = table.read("lengths")["length"]
    plain = [
        {key: value for key, value in row.items() if key != "value_km"} | {"length_m": round(row["value_km"] * 1000)}
        for row in rows
    ]
    return _lines("lengths", plain)


def _entry(layer: str, row: JsonObject) -> dict[str, Any] | None:
    properties = _properties(row)
    geometry = shape(row["geometry"])
    if layer == "border" and geometry.geom_type != "Point":
        return None
    middle = geometry.interpolate(0.5, normalized=True) if geometry.geom_type == "LineString" else geometry
    translations = [properties.get(f"name_{language}") for language in ("ko", "ru", "zh")] + properties["aliases"]
    names = [name for name in translations if name]
    return {
        "id": properties["id"],
        "name": properties["name"],
        "names": names,
        "kind": properties["kind"],
        "layer": layer,
        "lonlat": [round(middle.x, 6), round(middle.y, 6)],
        "accuracy_m": properties["accuracy_m"],
        "node_id": properties["id"] if layer == "stations" or properties["kind"] == "port" else None,
        "keys": (keys := match_keys([properties["name"], *names])),
        "plain": [
            key
            for key in match_keys(plain_names([properties["name"], *names], port=layer == "ports"))
            if key not in keys
        ],
    }


def layer_record(
    collection: Collection, *, retrieved: str = RETRIEVED, processing: str | None = None
) -> dict[str, Any]:
    """Record of a layer for the catalog; by default it was built from the packages."""
    content = collection.text().encode()
    accuracies = [_properties(row)["accuracy_m"] for row in collection.features]
    shapes = [shape(row["geometry"]) for row in collection.features]
    return {
        "name": collection.name,
        "title": collection.title,
        "group": collection.group,
        "licence": collection.licence,
        "attribution": collection.attribution,
        "packages": list(collection.packages),
        "retrieved": retrieved,
        "processing": processing or f"python -m layers.build {collection.name}",
        "sha256": hashlib.sha256(content).hexdigest(),
        "bytes": len(content),
        "features": len(collection.features),
        "geometry_types": sorted(Counter(geometry.geom_type for geometry in shapes)),
        "accuracy": {"best_m": min(accuracies), "median_m": median(accuracies), "worst_m": max(accuracies)},
        "bbox": [round(float(edge), 4) for edge in shapely.total_bounds(shapes)],
    }


def _happened() -> list[dict[str, Any]]:
    """Dated rows beside the features; of trains, those seen or reported running."""
    runs = [row for row in table.read("services")["service"] if row["runs"] == "confirmed"]
    ran = [*runs, *table.read("voyages")["voyage"]]
    return [*table.read("events")["event"], *({"date": row["since"], "until": row.get("until")} for row in ran)]


def _properties(row: JsonObject) -> dict[str, Any]:
    return dict(properties_of(row))


def _lines(key: str, rows: list[dict[str, Any]]) -> str:
    return f'{{"{key}":[\n' + ",\n".join(dumps(row) for row in rows) + "\n]}\n"


def pretty(value: object) -> str:
    """JSON text with an indent of one, in Unicode."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
