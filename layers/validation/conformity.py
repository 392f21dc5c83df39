"""Checks a feature against the data model: schema, dates, sources, licence."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geo import InvalidDateError, parse_date
from geo.spelling import nearest
from layers.record import schema

from .report import Issue

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

SEE_MODEL = "see docs/data-model.md"


class SchemaCheck:
    """Schema of one layer, compiled once.

    Parameters
    ----------
    layer
        The layer whose schema the features must follow.
    """

    def __init__(self, layer: str) -> None:
        import jsonschema_rs

        self._known = list(schema.properties(layer))
        self._validator = jsonschema_rs.Draft202012Validator(schema.json_schema(layer))

    def __call__(self, properties: dict[str, Any], file: str, name: str) -> Iterator[Issue]:
        """Yield every breach of the schema."""
        for key in properties.keys() - self._known:
            fix = nearest(key, self._known, otherwise=f"remove it, or {SEE_MODEL}")
            yield Issue(file, name, key, "the data model has no such property", fix)
        for error in self._validator.iter_errors({key: properties[key] for key in properties if key in self._known}):
            yield Issue(file, name, "/".join(map(str, error.instance_path)), error.message, SEE_MODEL)


def check_record(
    feature: dict[str, Any], file: str, name: str, *, licence: str | None, sources: Collection[str]
) -> Iterator[Issue]:
    """Check that a feature which follows the schema agrees with itself.

    Parameters
    ----------
    feature
        The feature.
    file, name
        For the message.
    licence
        That of the file.
    sources
        Ids of the known sources.
    """
    properties = feature["properties"]
    if feature.get("id") != properties["id"]:
        fix = "make both the same"
        yield Issue(
            file, name, "id", f"the feature's id is {feature.get('id')!r}, its property {properties['id']!r}", fix
        )
    if licence != properties["licence"]:
        problem = f"the feature is under {properties['licence']!r}, its file under {licence!r}"
        yield Issue(file, name, "licence", problem, "one file holds one licence: move the feature to another file")
    for source in sorted(cited_by(properties) - set(sources)):
        fix = nearest(source, sources, otherwise="add it to sources.json")
        yield Issue(file, name, "sources", f"the source {source!r} is not known", fix)
    if "history" in properties:
        yield from _check_history(properties, file, name)
    yield from _check_figures(properties, file, name)


def _check_history(properties: dict[str, Any], file: str, name: str) -> Iterator[Issue]:
    history = properties["history"]
    try:
        dates = [parse_date(entry["date"]) for entry in history]
        begin, end = (parse_date(properties[key]) if properties[key] else None for key in ("valid_from", "valid_to"))
    except InvalidDateError as error:
        yield Issue(file, name, "history", str(error), "give a day that exists")
        return
    for number, (earlier, later) in enumerate(pairwise(dates), 1):
        if later.precedes(earlier):
            yield Issue(
                file, name, f"history/{number}", f"{later} stands after {earlier}", "sort the history, oldest first"
            )
    if begin and end and end.precedes(begin):
        yield Issue(file, name, "valid_to", f"it ends on {end}, before it begins on {begin}", "correct the dates")
    if begin and dates[0].precedes(begin):
        yield Issue(file, name, "valid_from", f"it begins on {begin}, its history on {dates[0]}", "correct the dates")
    if properties["status"] != history[-1]["status"]:
        problem = f"the status is {properties['status']!r}, the history ends with {history[-1]['status']!r}"
        yield Issue(file, name, "status", problem, "make both the same")
    newest: dict[str, Any] = {}
    for entry in history:
        newest |= entry.get("set", {})
    for key, value in newest.items():
        if properties.get(key) != value:
            problem = f"the history ends with {value!r}, the property is {properties.get(key)!r}"
            yield Issue(file, name, key, problem, "make both the same")


def _check_figures(properties: dict[str, Any], file: str, name: str) -> Iterator[Issue]:
    for number, figure in enumerate(properties.get("figures", ())):
        value = properties.get(figure["attribute"])
        values = value if isinstance(value, list) else [value]
        if figure["used"] and figure["value"] not in values:
            problem = f"{figure['attribute']} {figure['value']!r} is marked as used, the property is {value!r}"
            yield Issue(file, name, f"figures/{number}", problem, "mark the value that stands in the property")


def cited_by(properties: dict[str, Any]) -> set[str]:
    """Ids of the sources that a feature cites anywhere."""
    ids = set(properties["sources"])
    for entry in properties.get("history", ()):
        ids |= set(entry["sources"])
    ids |= {figure["source"] for figure in properties.get("figures", ())}
    for entry in properties.get("exceptions", ()):
        ids |= set(entry.get("sources", ()))
    return ids | {entry["source"] for entry in properties.get("chainage", ())}
