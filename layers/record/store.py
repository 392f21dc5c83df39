"""Locates and reads the files of record."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from layers.errors import DataDirectoryError, DataFileError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    PACKAGED: Path

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]

DataPath: TypeAlias = "str | os.PathLike[str] | None"

_PACKAGED = os.path.join(os.path.dirname(os.path.dirname(__file__)), "data")  # noqa: PTH118, PTH120 - pathlib takes 4 ms
VARIABLE = "TUMEN_DATA"
# What an extract changes none of: facts, the tables of the network, the lanes of the oceans.
TABLES = tuple(
    f"{name}.json"
    for name in (
        "claims", "costs", "events", "ferries", "labels", "lengths", "loads", "organisations", "port_links", "reversals",
        "road_lengths", "sea_lanes", "seaways", "series", "services", "speeds", "transfers", "trips", "voyages",
    )
)  # fmt: skip
BESIDE = ("catalog.json", "sources.json", "gazetteer.json", *TABLES)


def data_directory(data: DataPath = None) -> Path:
    """Resolve the data directory: the argument, else ``TUMEN_DATA``, else the one in the package.

    Parameters
    ----------
    data
        A data directory, as ``tumen layers refresh`` writes it. It stands alone: a missing file is never taken from the package,
        for stations of one directory do not lie on the railways of another.

    Returns
    -------
    Path
        A directory with ``catalog.json``, the files beside it, and every layer that it lists.

    Raises
    ------
    DataDirectoryError
        When it does not exist, is not a directory, or is incomplete.
    DataFileError
        When its catalog cannot be read.

    Examples
    --------
    >>> data_directory("/nowhere")
    Traceback (most recent call last):
    layers.errors.DataDirectoryError: the data directory '/nowhere' does not exist; name one that `tumen layers refresh` wrote
    """
    chosen = data if data is not None else os.environ.get(VARIABLE) or None
    from pathlib import Path

    if chosen is None or str(chosen) == _PACKAGED:
        return Path(_PACKAGED)
    directory = Path(chosen)
    origin = "" if data is not None else f" (from {VARIABLE})"
    if not directory.exists():
        old = directory.with_name(f".{directory.name}.old")
        fix = f"an interrupted refresh left it as {old}: rename that" if old.is_dir() else WRITTEN
        raise DataDirectoryError(f"the data directory {str(chosen)!r}{origin} does not exist; {fix}", directory)
    if not directory.is_dir():
        raise DataDirectoryError(f"{str(chosen)!r}{origin} is not a directory; {WRITTEN}", directory)
    if missing := missing_files(directory):
        shown = ", ".join(missing[:SHOWN]) + (f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else "")
        problem = f"the data directory {str(chosen)!r}{origin} is not whole: {shown} missing"
        raise DataDirectoryError(f"{problem}; {WRITTEN}", directory)
    return directory


def data_file(name: str, data: DataPath = None) -> str:
    """Path of a file in the data directory, `data` as in `data_directory`; to the package's own it comes without pathlib.

    Raises
    ------
    DataDirectoryError, DataFileError
        As `data_directory`.
    """
    if data is None and not os.environ.get(VARIABLE):
        return os.path.join(_PACKAGED, name)  # noqa: PTH118
    return str(data_directory(data) / name)


WRITTEN = "name one that `tumen layers refresh` wrote"
SHOWN = 3  # missing files that a message names


def missing_files(directory: Path) -> list[str]:
    """Files that are missing in a data directory."""
    missing = [name for name in BESIDE if not (directory / name).is_file()]
    if "catalog.json" in missing:
        return missing
    rows = read_json(directory / "catalog.json").get("layers")
    if not isinstance(rows, list):
        raise DataFileError(f"{directory / 'catalog.json'} must list layers")
    names = [f"{row['name']}.geojson" for row in rows if isinstance(row, dict) and isinstance(row.get("name"), str)]
    return missing + [name for name in names if not (directory / name).is_file()]


def read_file(path: Path | str) -> bytes:
    """Read a file of ours.

    Raises
    ------
    DataFileError
        When it is missing.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read()
    except FileNotFoundError:
        raise DataFileError(f"{path} is missing; reinstall tumen, or build it with `python -m layers.build`") from None


def state_of(path: Path | str) -> tuple[int, int]:
    """When a file was changed last, and its bytes: the key of cached results; zeros where there is none."""
    try:
        state = os.stat(path)  # noqa: PTH116 - a path of the package is a text
    except FileNotFoundError:
        return 0, 0
    return state.st_mtime_ns, state.st_size


def read_json(path: Path | str) -> JsonObject:
    """Read a JSON object from a file of ours.

    Raises
    ------
    DataFileError
        When the file is missing, is not JSON, or holds something other than an object.
    """
    return parse_json(read_file(path), path)


def parse_json(text: bytes, path: Path | str) -> JsonObject:
    """Read a JSON object from the text of a file of ours.

    Raises
    ------
    DataFileError
        When it is not JSON, or holds something other than an object.
    """
    try:
        content = json.loads(text)
    except RecursionError:
        raise DataFileError(f"{path} is nested too deeply to be read") from None
    except ValueError as error:
        raise DataFileError(f"{path} is not valid JSON: {error}") from None
    if not isinstance(content, dict):
        raise DataFileError(f"{path} must hold a JSON object, got {type(content).__name__}")
    return cast("JsonObject", content)


def read_rows(path: Path | str, key: str) -> list[dict[str, Any]]:
    """Read one list of a file of facts, each row with tuples in place of lists, as a frozen record wants them.

    Raises
    ------
    DataFileError
        When the file cannot be read.
    """
    rows = cast("list[dict[str, Any]]", read_json(path)[key])
    return [{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()} for row in rows]


def read_features(path: Path) -> list[JsonObject]:
    """Read the features of a GeoJSON file of ours."""
    return parse_features(read_json(path), path)


def parse_features(content: JsonObject, path: Path) -> list[JsonObject]:
    """Give the features of GeoJSON of ours, checked.

    Raises
    ------
    DataFileError
        When it is no FeatureCollection, or one of them is no Feature.
    """
    features = content.get("features")
    if not isinstance(features, list):
        raise DataFileError(f"{path} must be a GeoJSON FeatureCollection")
    for number, row in enumerate(features, 1):
        if not (
            isinstance(row, dict) and isinstance(row.get("properties"), dict) and isinstance(row.get("geometry"), dict)
        ):
            raise DataFileError(f"{path}: feature {number} is not a Feature with properties and a geometry")
    return cast("list[JsonObject]", features)


def properties_of(feature: Mapping[str, Json]) -> JsonObject:
    """Properties of a feature of ours; empty where it has none."""
    return cast("JsonObject", feature.get("properties") or {})


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name != "PACKAGED":
            raise AttributeError(f"module 'layers.record.store' has no attribute {name!r}")
        from pathlib import Path

        value = globals()[name] = Path(_PACKAGED)
        return value
