"""Checks the structure of theme files against ``schema.json``: keys, types, ranges, choices.

The schema is the only place that says what a theme file may hold; readers check what its values mean. Two annotations of ours
make messages: ``expected`` says what a value should be, ``fix`` what to do.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, cast

from geo.spelling import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import jsonschema_rs

SCHEMA_FILE = Path(__file__).with_name("schema.json")
THEME = "theme"

KeyPath: TypeAlias = tuple[str | int, ...]

_KINDS = {
    "string": "a text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "array": "a list",
    "object": "a table",
}


class Fault(NamedTuple):
    """One breach of the schema: its place and problem."""

    path: KeyPath
    message: str


def faults(values: Mapping[str, object], kind: str = THEME) -> list[Fault]:
    """Find every breach of the schema.

    Parameters
    ----------
    values
        The content of a TOML file, dates as text.
    kind
        The kind of file: ``theme``, or a definition of the schema.
    """
    return [fault for error in _validator(kind).iter_errors(values) for fault in _told(error, _schema(kind), values)]


@cache
def _schema(kind: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return schema if kind == THEME else {"$ref": f"#/$defs/{kind}", "$defs": schema["$defs"]}


@cache
def _validator(kind: str) -> jsonschema_rs.Draft202012Validator:
    import jsonschema_rs

    return jsonschema_rs.Draft202012Validator(_schema(kind))


def definition(*path: str) -> dict[str, Any]:
    """Give a part of the schema of themes, such as ``"$defs", "labels", "properties", "lettering"``."""
    return cast("dict[str, Any]", _at(_schema(THEME), path))


def choices(name: str, key: str) -> tuple[str, ...]:
    """Give the words that a key of a definition may be.

    Examples
    --------
    >>> choices("chart", "kind")
    ('columns', 'rows')
    """
    return tuple(definition("$defs", name, "properties", key)["enum"])


def limits(name: str, key: str) -> tuple[float, float]:
    """Give the least and the greatest number that a key of a definition may be.

    Examples
    --------
    >>> limits("classes", "k")
    (2, 12)
    """
    rule = definition("$defs", name, "properties", key)
    return rule["minimum"], rule["maximum"]


def _told(
    error: jsonschema_rs.ValidationError, schema: dict[str, Any], values: Mapping[str, object]
) -> Iterator[Fault]:
    """Turn an error of the validator into messages, one a key."""
    path: KeyPath = tuple(error.instance_path)
    rule = _at(schema, error.schema_path[:-1])
    kind = error.kind.as_dict()
    match error.kind.name:
        case "additionalProperties":
            for key in kind["unexpected"]:
                yield Fault((*path, key), f"unknown key; {nearest(key, rule['properties'])}")
            return
        case "required":
            fix = rule.get("properties", {}).get(kind["property"], {}).get("fix")
            yield Fault((*path, kind["property"]), f"is missing; {fix}" if fix else "is missing")
            return
        case "oneOf" | "anyOf":
            branch = _meant(error)
            if branch is not None:
                for inner in branch:
                    yield from _told(inner, schema, values)
                return
    value = _at(values, path)
    if "enum" in rule and isinstance(value, str):
        message = f"unknown value {value!r}; {nearest(value, rule['enum'])}"
    else:
        message = f"expected {_expected(rule)}, got {value!r}"
    yield Fault(path, f"{message}; {rule['fix']}" if "fix" in rule else message)


def _meant(error: jsonschema_rs.ValidationError) -> list[jsonschema_rs.ValidationError] | None:
    """Choose the errors of the one alternative whose type the value has; None where there is no such one."""
    branches: list[list[jsonschema_rs.ValidationError]] = error.kind.as_dict()["context"]
    near = [
        branch
        for branch in branches
        if not any(inner.kind.name == "type" and inner.instance_path == error.instance_path for inner in branch)
    ]
    return near[0] if len(near) == 1 else None


def _expected(rule: Mapping[str, Any]) -> str:
    if "expected" in rule:
        return str(rule["expected"])
    if "minimum" in rule:
        return f"a number in [{rule['minimum']:g}, {rule['maximum']:g}]"
    if "enum" in rule:
        return f"one of {', '.join(filter(None, rule['enum']))}"
    if "minLength" in rule:
        return "a text that is not empty"
    words = _KINDS.get(str(rule.get("type")), "something else")
    if rule.get("type") == "array":
        return f"{words} of {_several(rule)}"
    return words


def _several(rule: Mapping[str, Any]) -> str:
    """Words for the items of a list, with how many there may be."""
    items = rule.get("items", {})
    kind = {"string": "texts", "number": "numbers"}.get(
        str(items.get("type")), "tables" if "$ref" in items else "words"
    )
    low, high = rule.get("minItems"), rule.get("maxItems")
    if low == high is not None:
        return f"{low} {kind}"
    return f"{kind}, at most {high}" if high is not None else kind


def _at(tree: Any, path: Any) -> Any:  # noqa: ANN401 -- whatever TOML and JSON hold
    for step in path:
        tree = tree[step]
    return tree
