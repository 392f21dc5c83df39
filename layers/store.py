"""Where the files of record lie, and how they are read."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias, cast

from .errors import DataFileError

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]

DATA = Path(__file__).parent / "data"


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
    return cast("list[JsonObject]", features)


def properties_of(feature: Mapping[str, Json]) -> JsonObject:
    """Properties of a feature of ours; empty where it has none."""
    return cast("JsonObject", feature.get("properties") or {})
