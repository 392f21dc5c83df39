"""Where the files of record lie, and how they are read."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias, cast

from .errors import DataDirectoryError, DataFileError

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]

DataPath: TypeAlias = "str | os.PathLike[str] | None"

PACKAGED = Path(__file__).parent / "data"
VARIABLE = "TUMEN_DATA"
BESIDE = ("catalog.json", "sources.json", "gazetteer.json", "lengths.json")


def data_directory(data: DataPath = None) -> Path:
    """Resolve the directory whose layers are meant: the argument, else ``TUMEN_DATA``, else the package's own.

    Parameters
    ----------
    data
        A data directory, as ``tumen layers refresh`` writes it. It stands alone: what it lacks is never taken from the package,
        for stations of one directory do not lie on the railways of another.

    Returns
    -------
    Path
        A directory that holds ``catalog.json``, what lies beside it, and every layer that it lists.

    Raises
    ------
    DataDirectoryError
        When it does not exist, is not a directory, or is not whole.
    DataFileError
        When its catalog cannot be read.

    Examples
    --------
    >>> data_directory("/nowhere")
    Traceback (most recent call last):
    layers.errors.DataDirectoryError: the data directory '/nowhere' does not exist; name one that `tumen layers refresh` wrote
    """
    chosen = data if data is not None else os.environ.get(VARIABLE) or None
    if chosen is None:
        return PACKAGED
    directory = Path(chosen)
    origin = "" if data is not None else f" (from {VARIABLE})"
    if not directory.exists():
        left = directory.with_name(f".{directory.name}.old")
        fix = f"an interrupted refresh left it as {left}: rename that" if left.is_dir() else WRITTEN
        raise DataDirectoryError(f"the data directory {str(chosen)!r}{origin} does not exist; {fix}", directory)
    if not directory.is_dir():
        raise DataDirectoryError(f"{str(chosen)!r}{origin} is not a directory; {WRITTEN}", directory)
    if missing := missing_files(directory):
        problem = f"the data directory {str(chosen)!r}{origin} is not whole: {', '.join(missing)} missing"
        raise DataDirectoryError(f"{problem}; {WRITTEN}", directory)
    return directory


WRITTEN = "name one that `tumen layers refresh` wrote"


def missing_files(directory: Path) -> list[str]:
    """Files that a data directory lacks to be whole."""
    missing = [name for name in BESIDE if not (directory / name).is_file()]
    if "catalog.json" in missing:
        return missing
    rows = read_json(directory / "catalog.json").get("layers")
    if not isinstance(rows, list):
        raise DataFileError(f"{directory / 'catalog.json'} must list layers")
    names = [f"{row['name']}.geojson" for row in rows if isinstance(row, dict) and isinstance(row.get("name"), str)]
    return missing + [name for name in names if not (directory / name).is_file()]


def read_json(path: Path) -> JsonObject:
    """Read a JSON object from a file of ours.

    Raises
    ------
    DataFileError
        When the file is missing, is not JSON, or holds something other than an object.
    """
    try:
        content = json.loads(path.read_bytes())
    except FileNotFoundError:
        raise DataFileError(f"{path} is missing; reinstall tumen, or build it with `python -m layers.build`") from None
    except RecursionError:
        raise DataFileError(f"{path} is nested too deeply to be read") from None
    except ValueError as error:
        raise DataFileError(f"{path} is not valid JSON: {error}") from None
    if not isinstance(content, dict):
        raise DataFileError(f"{path} must hold a JSON object, got {type(content).__name__}")
    return cast("JsonObject", content)


def read_features(path: Path) -> list[JsonObject]:
    """Read the features of a GeoJSON file of ours."""
    features = read_json(path).get("features")
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
