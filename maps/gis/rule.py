"""Rules for drawing a table: those of the web map that apply to its geometry, made mutually exclusive.

On a web map the first rule that a feature meets applies; in a GIS every rule applies on its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from layers.record import schema

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from layers.formats import Geometry
    from maps.themes.model import Condition, Symbol, ThemeLayer
    from maps.themes.style import Style, StyleBook

    Conditions: TypeAlias = tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule for the features of one geometry.

    Attributes
    ----------
    style, style_name
        The style.
    symbol
        The rule of the theme.
    when
        Every condition that a feature meets.
    unless
        Conditions of earlier rules; a feature that meets all of any of these is left to that rule.
    min_zoom
        The zoom level of the web map from which the rule holds.
    """

    style: Style
    symbol: Symbol
    when: Conditions
    unless: tuple[Conditions, ...]
    min_zoom: float


def rules_of(
    layer: ThemeLayer, geometry: Geometry, kinds: Collection[str], lists: Collection[str], book: StyleBook
) -> tuple[Rule, ...]:
    """Return the rules for the points, lines or areas of a layer.

    Parameters
    ----------
    layer
        How the layer is shown on the web maps.
    geometry
        The geometry of the table.
    kinds
        The values of ``kind`` that occur in the table; a rule for another kind is left out.
    lists
        Properties that are lists.
    book
        The styles.
    """
    rules: list[Rule] = []
    for symbol in layer.symbols:
        style = book.styles[symbol.style]
        when = _resolved(symbol.when, geometry)
        if when is None or not _draws(style, geometry):
            continue
        if not _may_occur(when, set(kinds) - _taken_kinds(rules)) or any(set(rule.when) <= set(when) for rule in rules):
            continue  # earlier rules take all of it
        earlier = [
            tuple(condition for condition in rule.when if condition not in when)
            for rule in rules
            if not _disjoint(rule.when, when, lists)
        ]
        rules.append(Rule(style, symbol, when, _least(earlier), max(symbol.min_zoom, layer.min_zoom)))
    return tuple(rules)


def list_properties(layer: str) -> set[str]:
    """Properties of a layer that are lists, which its tables hold as JSON text.

    Examples
    --------
    >>> sorted(list_properties("places"))
    ['aliases', 'countries', 'sources']
    """
    return {name for name, shape in schema.properties(layer).items() if schema.column_type(shape) == "object"}


def _taken_kinds(rules: Iterable[Rule]) -> set[object]:
    """Kinds of which every feature meets one of the rules."""
    return {
        kind
        for rule in rules
        if [condition.property for condition in rule.when] == ["kind"]
        for kind in rule.when[0].any_of
    }


def _least(conditions: list[Conditions]) -> tuple[Conditions, ...]:
    """Drop redundant conditions: those that imply another one of the list."""
    return tuple(condition for condition in conditions if not any(set(other) < set(condition) for other in conditions))


def _resolved(when: Conditions, geometry: Geometry) -> Conditions | None:
    """Conditions without those on the geometry; None when these are not met."""
    for condition in when:
        if condition.property == "geometry" and geometry not in condition.any_of:
            return None
    return tuple(condition for condition in when if condition.property != "geometry")


def _draws(style: Style, geometry: Geometry) -> bool:
    if geometry == "point":
        return bool(style.shape)
    return bool(style.strokes or (geometry == "area" and style.fill))


def _may_occur(when: Conditions, kinds: Collection[object]) -> bool:
    return bool(kinds) and all(condition.property != "kind" or set(condition.any_of) & set(kinds) for condition in when)


def _disjoint(first: Conditions, second: Conditions, lists: Collection[str]) -> bool:
    """Tell whether no feature can meet both: they require different values of one property."""
    return any(
        a.property == b.property
        and a.property not in lists
        and a.any_of
        and b.any_of
        and not set(a.any_of) & set(b.any_of)
        for a in first
        for b in second
    )
