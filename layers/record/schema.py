"""JSON Schema of the properties of each layer (``schema.json``)."""

from functools import cache
from pathlib import Path
from typing import Any, cast

from .store import JsonObject, read_json

PATH = Path(__file__).parent / "schema.json"
BASEMAP = (
    "land", "shore", "lakes", "water_areas", "rivers", "roads", "admin1", "provinces", "territories", "boundaries",
)  # fmt: skip


@cache
def definitions() -> dict[str, Any]:
    """Definitions of the schema, read once."""
    return cast("dict[str, Any]", read_json(PATH)["$defs"])


def definition_name(layer: str) -> str:
    """Name of the definition that a layer's features follow.

    Examples
    --------
    >>> definition_name("zones"), definition_name("rivers"), definition_name("my-own")
    ('zones', 'basemap', 'subject')
    """
    if layer in BASEMAP:
        return "basemap"
    return layer if layer in definitions() else "subject"


def json_schema(layer: str) -> JsonObject:
    """JSON Schema of the properties of one feature of a layer."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": definitions(),
        "$ref": f"#/$defs/{definition_name(layer)}",
        "unevaluatedProperties": False,
    }


def properties(layer: str) -> dict[str, Any]:
    """Every property that a feature of the layer may have, with its schema, general ones first."""
    properties: dict[str, Any] = {}

    def collect(name: str) -> None:
        definition = definitions()[name]
        if "$ref" in definition:
            collect(definition["$ref"].rpartition("/")[2])
        properties.update(definition["properties"])

    collect(definition_name(layer))
    return properties


def column_type(schema: dict[str, Any]) -> str:
    """Kind of column that a property becomes.

    One of ``date``, ``category``, ``number``, ``integer``, ``boolean``, ``text`` and ``object``.

    Examples
    --------
    >>> column_type({"$ref": "#/$defs/positive"}), column_type({"enum": ["a", "b"]}), column_type({"type": "array"})
    ('number', 'category', 'object')
    """
    reference = str(schema.get("$ref", "")).rpartition("/")[2]
    if reference == "date":
        return "date"
    if "anyOf" in schema:
        return column_type(schema["anyOf"][0])
    if reference:
        return column_type(definitions()[reference])
    if "enum" in schema:
        return "category"
    columns = {"number": "number", "integer": "integer", "boolean": "boolean", "string": "text"}
    return columns.get(schema.get("type", ""), "object")
