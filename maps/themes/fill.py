"""Fields of theme texts, filled from the record in the language of the page: ``{crossing/tumen-road-bridge:status}``.

A field names a subject and an aspect of it. It is read with the theme, so that a wrong one is a problem of the file, and
filled when the page is made, as of the day that the page shows. What it gives is text, never HTML.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from geo import GeoError, parse_date
from geo.spelling import nearest
from maps.errors import FeatureError
from maps.i18n.number import amount, calendar, number
from maps.i18n.text import LANGUAGES, NAME_PROPERTIES, Text, strings

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from layers import Catalog
    from layers.record.store import JsonObject
    from maps.i18n.text import Language

T = TypeVar("T")

_TOKEN = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]")
_FIELD = re.compile(
    r"\{(?P<subject>[a-z_]+(?:/[a-z0-9-]+)*(?:~[a-z]+(?:/[a-z0-9-]+)+)?)"
    r"(?:\[(?P<property>[a-z_]+)=(?P<value>[^\[\]{}]+)\])?"
    r":(?P<aspect>[a-z0-9_]+)(?:\.(?P<part>[a-z_]+(?:\.[a-z]+)?))?\}"
)
_FORM = "a field is {ID:WHAT}, such as {crossing/tumen-road-bridge:status}; write {{ and }} for braces"
_DATES = ("opened", "from", "date")
_STATES = ("status", "state", "since")
_PRECISIONS = ("year", "month")
_METRES = 1000
_ENDS: Mapping[str, Callable[[list[float]], float]] = {"least": min, "most": max}
_UNITS = {"m": "m", "km": "km", "mm": "mm", "kv": "kV", "mw": "MW", "mt": "Mt/a", "km2": "km²", "t": "t"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a text.

    Attributes
    ----------
    subject
        Id of a feature or an event, name of a layer, or two ids with ``~`` between them for a published length.
    aspect
        ``name``, ``status``, ``state``, ``since``, ``opened``, ``date``, ``count``, ``published``, or a property.
    part
        Of a date ``year`` or ``month``; of ``date`` also a status, alone or before them; of a length ``km``.
    where
        Property and value that the features counted must have.
    """

    subject: str
    aspect: str
    part: str = ""
    where: tuple[str, str] | None = None

    def __str__(self) -> str:
        """Write the field as the theme has it."""
        where = f"[{self.where[0]}={self.where[1]}]" if self.where else ""
        return f"{{{self.subject}{where}:{self.aspect}{f'.{self.part}' if self.part else ''}}}"


def parsed(text: str) -> list[str | Field]:
    """Split a text into words and fields.

    Raises
    ------
    ValueError
        When a brace belongs to no field.

    Examples
    --------
    >>> parsed("It is {crossing/tumen-road-bridge:status}.")
    ['It is ', Field(subject='crossing/tumen-road-bridge', aspect='status', part='', where=None), '.']
    >>> parsed("{{braces}}"), parsed("")
    (['{', 'braces', '}'], [])
    """
    pieces: list[str | Field] = []
    at = 0
    for token in _TOKEN.finditer(text):
        pieces.append(text[at : token.start()])
        at = token.end()
        if token[0] in {"{{", "}}"}:
            pieces.append(token[0][0])
            continue
        match = _FIELD.fullmatch(token[0])
        if match is None:
            raise ValueError(f"{token[0]!r} is no field; {_FORM}")
        where = (match["property"], match["value"]) if match["property"] else None
        pieces.append(Field(match["subject"], match["aspect"], match["part"] or "", where))
    pieces.append(text[at:])
    return [piece for piece in pieces if piece != ""]


def fields_of(value: object) -> Iterator[Field]:
    """Fields in every `Text` of a theme, however deep."""
    for text in _texts(value):
        for lang in LANGUAGES:
            yield from (piece for piece in parsed(getattr(text, lang)) if isinstance(piece, Field))


def filled(value: T, facts: Facts) -> T:
    """Theme, or a part of one, with every field replaced by what the record says.

    Raises
    ------
    FeatureError
        When the record does not have it.
    """
    return cast("T", _filled(value, facts))


@dataclass(frozen=True)
class Facts:
    """The record on a day, from which fields are filled.

    Attributes
    ----------
    data
        The data directory; by default that which `layers` takes.
    as_of
        The day, ISO 8601; by default the newest that the data knows.

    Examples
    --------
    >>> facts = Facts(as_of="2019-06")
    >>> facts.say(Field("crossing/tumen-road-bridge", "state"), "en")
    'has been studied since 26 April 2019'
    >>> facts.say(Field("crossing/friendship-bridge", "opened", "year"), "ru")
    '1959'
    >>> facts.say(Field("border/ru-kp-river", "length_m", "km"), "ko")
    '17\u202fkm'
    >>> facts.say(Field("zones", "count", where=("decreed", "2013-11-21")), "zh")
    '13'
    """

    data: str | os.PathLike[str] | None = None
    as_of: str | None = None

    def say(self, field: Field, lang: Language) -> str:
        """Write a field in a language.

        Raises
        ------
        FeatureError
            When there is no such subject, or nothing like that is known of it.
        """
        if field.aspect == "count":
            return number(self._count(field), lang)
        if "~" in field.subject:
            return self._published(field, lang)
        if field.subject.startswith("event/"):
            return _date(self._event(field), field.part, lang, field)
        return self._feature(field, lang)

    def _feature(self, field: Field, lang: Language) -> str:
        properties = self._whole(field)
        if field.aspect == "name":
            return str(properties.get(NAME_PROPERTIES[lang]) or properties["name"])
        if field.aspect in _DATES:
            return _dated(field, properties, lang)
        state = self._state(properties)
        if field.aspect in _STATES:
            return _state_text(field, state, lang)
        return _quantity(field, state or properties, lang)

    @cached_property
    def _catalog(self) -> Catalog:
        import layers

        return layers.catalog(data=self.data)

    def _count(self, field: Field) -> int:
        if field.subject not in self._catalog:
            raise _wrong(field, f"there is no layer {field.subject!r}; {nearest(field.subject, self._catalog.records)}")
        from layers.record.history import features_at

        features = self._catalog.shared_features(field.subject)
        rows = cast("list[dict[str, Any]]", features_at(features, self._day))
        if field.where is None:
            return len(rows)
        key, value = field.where
        count = sum(str(row["properties"].get(key)) == value for row in rows)
        if not any(key in row["properties"] for row in features):  # type: ignore[operator]
            raise _wrong(field, f"no feature of {field.subject!r} has the property {key!r}")
        return count

    def _published(self, field: Field, lang: Language) -> str:
        import layers

        ends = set(field.subject.split("~"))
        rows = [
            row for row in layers.published_lengths(data=self.data) if {row.from_id, row.to_id} == ends and row.used
        ]
        if field.aspect != "published" or not rows:
            raise _wrong(field, "no published length between the two is marked as used; write {A~B:published}")
        return amount(round(rows[0].length_m / _METRES), "km", lang)

    def _event(self, field: Field) -> str:
        import layers

        events = {event.id: event for event in layers.events(data=self.data)}
        if field.subject not in events:
            raise _wrong(field, f"there is no event {field.subject!r}; {nearest(field.subject, events)}")
        if field.aspect != "date":
            raise _wrong(field, "an event has a date")
        return events[field.subject].date

    def _whole(self, field: Field) -> Mapping[str, Any]:
        """Properties of a feature as they stand in its file, all its history."""
        from layers.record.store import properties_of

        for features in self._subjects:
            if field.subject in features:
                return properties_of(features[field.subject])
        raise _wrong(field, f"there is no feature {field.subject!r}")

    def _state(self, properties: Mapping[str, Any]) -> Mapping[str, Any] | None:
        from layers.record.history import state_at

        return state_at(dict(properties), self._day)

    @cached_property
    def _subjects(self) -> list[Mapping[str, JsonObject]]:
        """Features of each subject layer, by id."""
        return [self._catalog.shared_by_id(record.name) for record in self._catalog if record.group == "subject"]

    @cached_property
    def _day(self) -> date:
        return parse_date(self.as_of or self._catalog.latest).latest


def _wrong(field: Field, problem: str) -> FeatureError:
    return FeatureError(f"{field}: {problem}", source=field.subject)


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)


def _filled(value: object, facts: Facts) -> object:
    if isinstance(value, Text):
        return Text(*(_text(getattr(value, lang), lang, facts) for lang in LANGUAGES))
    if not any(_texts(value)):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        changed = {item.name: _filled(getattr(value, item.name), facts) for item in fields(value)}
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_filled(item, facts) for item in value)
    return {key: _filled(item, facts) for key, item in value.items()} if isinstance(value, dict) else value


def _text(text: str, lang: Language, facts: Facts) -> str:
    if "{" not in text and "}" not in text:
        return text
    return "".join(piece if isinstance(piece, str) else facts.say(piece, lang) for piece in parsed(text))


def _state_text(field: Field, state: Mapping[str, Any] | None, lang: Language) -> str:
    """Write the status, the day from which it has held, or a predicate of both."""
    words = strings(lang)["state"]
    if state is None or state["status"] is None:
        return words["unknown"]
    if field.aspect == "status":
        return strings(lang)["status"][state["status"]]
    since = _date(_since(state, field), field.part, lang, field)
    return since if field.aspect == "since" else words[state["status"]].format(since=since)


def _since(state: Mapping[str, Any], field: Field) -> str:
    """Day from which the present status has held without a break."""
    since = ""
    for entry in reversed(state.get("history") or ()):
        if entry["status"] != state["status"]:
            break
        since = entry["date"]
    if not since:
        raise _wrong(field, "its status has no date")
    return since


def _dated(field: Field, properties: Mapping[str, Any], lang: Language) -> str:
    """Date from the whole history, independent of the day shown: a later opening is true on that day too."""
    if field.aspect == "from":
        return _date(str(properties.get("valid_from") or ""), field.part, lang, field)
    status, part = "operating", field.part
    if field.aspect == "date":
        status, _, part = part.partition(".")
    since = next((entry["date"] for entry in properties.get("history", ()) if entry["status"] == status), "")
    return _date(since, part, lang, field)


def _date(text: str, precision: str, lang: Language, field: Field) -> str:
    try:
        return calendar(text, lang, precision)
    except (GeoError, KeyError):
        reason = f"the precision is one of {', '.join(_PRECISIONS)}" if text else "there is no such date on that day"
        raise _wrong(field, reason) from None


def _quantity(field: Field, state: Mapping[str, Any], lang: Language) -> str:
    """Write the number of a property, or with ``.least`` and ``.most`` the least and greatest published value."""
    suffix = field.aspect.rpartition("_")[2] if "_" in field.aspect else ""
    if field.part in _ENDS:
        values = [figure["value"] for figure in state.get("figures", ()) if figure["attribute"] == field.aspect]
        values = [_ENDS[field.part](values)] if values else []
    else:
        value = state.get(field.aspect)
        values = list(value) if isinstance(value, list) else [value]
    if not values or not all(_is_number(value) for value in values):
        raise _wrong(field, f"it has no number {field.aspect!r}; {nearest(field.aspect, _numbers(state))}")
    in_km = suffix == "m" and field.part in {"km", *_ENDS}
    if field.part and not in_km and field.part not in _ENDS:
        raise _wrong(
            field, f"unknown part {field.part!r}; a length in metres takes .km, published figures .least and .most"
        )
    unit = "km" if in_km else _UNITS.get(suffix, "")
    rounded = [round(value / _METRES) if in_km else value for value in values]
    before = "".join(f"{number(value, lang)}/" for value in rounded[:-1])
    return before + amount(rounded[-1], unit, lang)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _numbers(state: Mapping[str, Any]) -> list[str]:
    """Names of the properties that are numbers, or lists of them."""
    return [
        key
        for key, value in state.items()
        if _is_number(value) or (isinstance(value, list) and value and all(map(_is_number, value)))
    ]
