"""Runs all checks over files."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layers.record.catalog import catalog, sources
from layers.record.citation import cited_in
from layers.record.store import read_json

from .claim import check_claims
from .conformity import SchemaCheck, check_record
from .naming import check_names
from .reading import read_documents
from .report import ERROR, WARNING, Issue, ValidationReport
from .rfc7946 import check_document, features_of, label
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
        that one of our layers has; any other one only to RFC 7946; what it allows but what causes trouble is a warning.
    data
        The data directory; by default that of ``TUMEN_DATA``, else the layers that tumen ships, whose
        layers and sources are the known ones.

    Returns
    -------
    ValidationReport
        Never raises for the content of a file.

    Examples
    --------
    >>> validate([catalog().path("zones")]).ok
    True
    """
    our_layers = catalog(data=data)
    chosen = (
        [Path(path) for path in paths] if paths is not None else [our_layers.path(record.name) for record in our_layers]
    )
    cited = sources(data=our_layers.directory)
    issues: list[Issue] = []
    notes: list[str] = []
    rows_by_layer: dict[str, list[dict[str, Any]]] = {}
    seen: dict[str, str] = {}
    count = 0
    for path in chosen:
        file = path.name if paths is None else str(path)
        documents, problems = read_documents(path, file)
        features: list[Any] = []
        for document in documents:
            problems += check_document(document, file, len(features) + 1)
            features += features_of(document)
        members = _members(documents)
        count += len(features)
        layer = _layer_of(path, members, features, our_layers)
        if layer is None:
            notes.append(f"{file}: held to RFC 7946 alone; it is not named as a layer of ours and states no licence")
            problems += _check_ids(features, file, seen, WARNING)
        else:
            problems = [replace(issue, level=ERROR) for issue in problems]  # our model allows none of it
            problems += [*_check_unlocated(features, file)] if not problems else []
            if not problems:
                licence = members.get("licence") or (
                    our_layers[layer].licence if layer in our_layers and not members else None
                )
                problems += _check_model(features, licence, layer, file, cited)
                rows_by_layer[layer] = features
            problems += _check_ids(features, file, seen, ERROR)
        issues += problems
    broken = any(issue.level == ERROR for issue in issues)
    if not broken and paths is None:
        issues += _unused_sources(rows_by_layer, our_layers)
    if not any(issue.level == ERROR for issue in issues):
        files = {layer: f"{layer}.geojson" for layer in rows_by_layer}
        issues += check_topology(rows_by_layer, files)
        issues += check_names(rows_by_layer, files)
    elif rows_by_layer:
        notes.append("whether the layers agree on the ground was not checked: mend the files first")
    return ValidationReport(tuple(map(str, chosen)), count, tuple(issues), tuple(notes))


def _members(documents: list[Any]) -> dict[str, Any]:
    """Members of a single collection beside its features."""
    if len(documents) != 1 or not isinstance(documents[0], dict) or documents[0].get("type") != "FeatureCollection":
        return {}
    return {key: value for key, value in documents[0].items() if key != "features"}


def _check_unlocated(features: list[Any], file: str) -> Iterable[Issue]:
    """Find features of ours that lie nowhere."""
    for number, row in enumerate(features, 1):
        if row.get("type") != "Feature" or not row.get("geometry"):
            problem, fix = "the feature has no geometry", "give it one or leave the feature out"
            yield Issue(file, label(row, number), "geometry", problem, fix)


def _layer_of(path: Path, members: dict[str, Any], features: list[Any], our_layers: Catalog) -> str | None:
    """Layer whose model applies to a file, if any; standard input has no name and a sequence no title."""
    if path.stem in our_layers:
        return path.stem
    if "licence" in members:
        return next((record.name for record in our_layers if record.title == members.get("title")), "subject")
    ids = [row.get("id") for row in features if isinstance(row, dict)]
    if not members and ids and all(isinstance(id_, str) for id_ in ids):
        return next(
            (
                record.name
                for record in our_layers
                if set(ids) <= {row.get("id") for row in our_layers.features(record.name)}
            ),
            None,
        )
    return None


def _check_model(
    features: list[dict[str, Any]], licence: str | None, layer: str, file: str, source_ids: Collection[str]
) -> list[Issue]:
    check = SchemaCheck(layer)
    issues: list[Issue] = []
    for number, row in enumerate(features, 1):
        name = label(row, number)
        breaches = list(check(row.get("properties") or {}, file, name))
        issues += breaches or check_record(row, file, name, licence=licence, sources=source_ids)
        if not breaches:
            issues += check_claims(row["properties"], file, name)
    return issues


def _unused_sources(rows_by_layer: dict[str, list[dict[str, Any]]], our_layers: Catalog) -> list[Issue]:
    """Find uncited sources; only for a whole directory."""
    used = {source for rows in rows_by_layer.values() for row in rows for source in cited_in(row["properties"])}
    used |= set(cited_in(read_json(our_layers.directory / "lengths.json")))
    for name in RECORD:
        used |= set(cited_in(read_json(our_layers.directory / f"{name}.json")))
    return [
        Issue("sources.json", source, "", "the source is not cited", "cite it where it was used, or remove it")
        for source in sources(data=our_layers.directory)
        if source not in used
    ]


def _check_ids(features: list[Any], file: str, seen: dict[str, str], level: str) -> list[Issue]:
    """Problems of ids that stand twice, in one file or in two."""
    issues = []
    for row in features:
        feature_id = row.get("id") if isinstance(row, dict) else None
        if isinstance(feature_id, bool) or not isinstance(feature_id, (str, int)) or feature_id == "":
            continue
        key = str(feature_id)
        if key in seen:
            problem = f"the id stands already in {seen[key]}"
            issues.append(Issue(file, key, "id", problem, "an id names one feature for ever: give another", level))
        seen.setdefault(key, file)
    return issues
