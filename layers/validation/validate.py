"""All the checks over some files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from layers.record.catalog import catalog, sources
from layers.record.citation import cited_in
from layers.record.store import read_json

from .claim import check_claims
from .conformity import SchemaCheck, check_record
from .reading import read_collection
from .report import Issue, ValidationReport
from .rfc7946 import check_collection, check_feature, label
from .topology import check_topology

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from layers.record.catalog import Catalog
    from layers.record.store import DataPath


# The record beside the layers is the package's own: no extract changes it.
RECORD = (
    "series", "events", "organisations", "claims", "transfers", "labels", "speeds", "ferries", "services", "voyages",
    "port_links", "costs", "loads", "reversals", "trips",
)  # fmt: skip


def validate(paths: Iterable[str | Path] | None = None, *, data: DataPath = None) -> ValidationReport:
    """Check GeoJSON files and report every problem.

    Parameters
    ----------
    paths
        Files, ``-`` for standard input; by default the layers of tumen. A file named as one of our layers, or one whose
        collection has the title of one or states a ``licence``, is held to our data model, and so is a sequence of features
        that one of our layers has; any other one to RFC 7946 and sound geometry alone.
    data
        The data directory; by default that of ``TUMEN_DATA``, else the layers that tumen ships, whose
        layers and sources are the known ones.

    Returns
    -------
    ValidationReport
        Never raises for what a file holds.

    Examples
    --------
    >>> validate().ok
    True
    """
    known = catalog(data=data)
    chosen = [Path(path) for path in paths] if paths is not None else [known.path(record.name) for record in known]
    cited = sources(data=known.directory)
    issues: list[Issue] = []
    notes: list[str] = []
    held: dict[str, list[dict[str, Any]]] = {}
    seen: dict[str, str] = {}
    count = 0
    for path in chosen:
        file = path.name if paths is None else str(path)
        features, members, found = read_collection(path, file)
        found += [*check_collection(members, file)]
        count += len(features)
        found += [
            issue for number, row in enumerate(features, 1) for issue in check_feature(row, file, label(row, number))
        ]
        layer = _layer_of(path, members, features, known)
        if layer is None:
            notes.append(f"{file}: held to RFC 7946 alone; it is not named as a layer of ours and states no licence")
        elif not found:
            licence = members.get("licence") or (known[layer].licence if layer in known and not members else None)
            found += _check_model(features, licence, layer, file, cited)
            held[layer] = features
        found += _check_ids(features, file, seen)
        issues += found
    if not issues and paths is None:
        issues += _unused_sources(held, known)
    if not issues:
        issues += check_topology(held, {layer: f"{layer}.geojson" for layer in held})
    elif held:
        notes.append("whether the layers agree on the ground was not checked: mend the files first")
    return ValidationReport(tuple(map(str, chosen)), count, tuple(issues), tuple(notes))


def _layer_of(path: Path, members: dict[str, Any], features: list[Any], known: Catalog) -> str | None:
    """Layer whose model a file is held to, if to any; standard input has no name and a sequence no title."""
    if path.stem in known:
        return path.stem
    if "licence" in members:
        return next((record.name for record in known if record.title == members.get("title")), "subject")
    ids = [row.get("id") for row in features if isinstance(row, dict)]
    if not members and ids and all(isinstance(one, str) for one in ids):
        return next(
            (one.name for one in known if set(ids) <= {row.get("id") for row in known.features(one.name)}), None
        )
    return None


def _check_model(
    features: list[dict[str, Any]], licence: str | None, layer: str, file: str, known: Collection[str]
) -> list[Issue]:
    check = SchemaCheck(layer)
    found: list[Issue] = []
    for number, row in enumerate(features, 1):
        name = label(row, number)
        breaches = list(check(row.get("properties") or {}, file, name))
        found += breaches or check_record(row, file, name, licence=licence, sources=known)
        if not breaches:
            found += check_claims(row["properties"], file, name)
    return found


def _unused_sources(held: dict[str, list[dict[str, Any]]], known: Catalog) -> list[Issue]:
    """Find sources that nobody cites; asked of a whole directory only."""
    used = {source for rows in held.values() for row in rows for source in cited_in(row["properties"])}
    used |= set(cited_in(read_json(known.directory / "lengths.json")))
    for name in RECORD:
        used |= set(cited_in(read_json(known.directory / f"{name}.json")))
    return [
        Issue("sources.json", source, "", "nobody cites the source", "cite it where it was used, or remove it")
        for source in sources(data=known.directory)
        if source not in used
    ]


def _check_ids(features: list[Any], file: str, seen: dict[str, str]) -> list[Issue]:
    """Problems of ids that stand twice, in one file or in two."""
    found = []
    for row in features:
        feature_id = row.get("id") if isinstance(row, dict) else None
        if not isinstance(feature_id, str):
            continue
        if feature_id in seen:
            problem = f"the id stands already in {seen[feature_id]}"
            found.append(Issue(file, feature_id, "id", problem, "an id names one feature for ever: give another"))
        seen.setdefault(feature_id, file)
    return found
