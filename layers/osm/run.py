"""A refresh from the extract to the data directory."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layers.build import index
from layers.errors import DataFileError, ExtractError
from layers.record.store import PACKAGED, TABLES, DataPath, read_json

from .basemap import read_basemap, renewed
from .directory import check_target, write_directory, write_files
from .railways import refresh_railways
from .state import SOURCE, Refresh
from .structures import PIERS, refresh_structures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from layers.build.collection import Collection

    from .report import RefreshReport


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
        When the target cannot be a data directory.
    DataFileError
        When the layers would no longer agree with each other; then nothing is written.

    Notes
    -----
    It starts from the layers that tumen ships, not from those in the target: the same version and the same extract give the same
    directory. Only layers under the ODbL take geometry of OpenStreetMap.
    """
    place = None if target is None else check_target(Path(target))
    work = Refresh.begin(Path(extract))
    refresh_railways(work)
    refresh_structures(work)
    if not work.moved:
        raise ExtractError("it holds nothing that could be matched with our layers", work.extract.path)
    _basemap(work)
    files = _files(work)
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), files)
        _check(Path(folder))
    if place is not None:
        write_directory(place, files)
    return work.report("" if place is None else str(place))


def _basemap(work: Refresh) -> None:
    """Read the base map, or report why not: areas need a sorted file, lines do not."""
    try:
        basemap = read_basemap(work.extract.path, work.extract.box)
    except ExtractError as error:
        warning = f"its base map was left out: {error}"
        work.extract = replace(work.extract, warnings=(*work.extract.warnings, warning))
        return
    work.touched |= {item.name: item for item in renewed(work.layers, basemap, SOURCE, work.package)}


def _files(work: Refresh) -> dict[str, str]:
    """Files of the new data directory, by name."""
    collections = list(_collections(work))
    rows = {row["name"]: row for row in json.loads((PACKAGED / "catalog.json").read_bytes())["layers"]}
    by = f"tumen layers refresh --from {work.extract.path.name}"
    records = [
        index.layer_record(item, retrieved=work.date, processing=by) if item.name in work.touched else rows[item.name]
        for item in collections
    ]
    sources: dict[str, Any] = read_json(PACKAGED / "sources.json") | {SOURCE: _source(work)}
    return {
        **{f"{item.name}.geojson": item.text() for item in collections},
        "catalog.json": index.pretty({"latest": work.shipped.latest, "layers": records}),
        "sources.json": index.pretty(dict(sorted(sources.items()))),
        "gazetteer.json": index.gazetteer(collections),
        **{name: (PACKAGED / name).read_text(encoding="utf-8") for name in TABLES},
    }


def _collections(work: Refresh) -> Iterable[Collection]:
    """Return the collections in the order of the catalog, the piers after the ports."""
    for name, shipped in work.layers.items():
        yield work.touched.get(name, shipped)
        if name == "ports" and PIERS in work.touched:
            yield work.touched[PIERS]


def _source(work: Refresh) -> dict[str, Any]:
    return {
        "title": f"OpenStreetMap extract {work.extract.path.name}",
        "publisher": "OpenStreetMap contributors",
        "date": work.date,
        "url": "https://www.openstreetmap.org/copyright",
        "kind": "dataset",
        "note": f"sha256 {work.extract.sha256}",
    }


def _check(folder: Path) -> None:
    """Hold the new directory to the same checks as the shipped one."""
    from layers.validation import validate

    report = validate(data=folder)
    if not report.ok:
        shown = "\n  ".join(map(str, report.issues[:10]))
        raise DataFileError(f"the refreshed layers would not agree with each other, nothing was written:\n  {shown}")
