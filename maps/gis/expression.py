"""Conditions of a rule in the languages of a GIS: QGIS expressions and OGC filters.

In the tables a list is JSON text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

if TYPE_CHECKING:
    from collections.abc import Collection

    from maps.themes.model import Condition
    from maps.themes.toml import Scalar

    from .rule import Conditions, Rule


def qgis_filter(rule: Rule, lists: Collection[str]) -> str:
    r"""QGIS expression that a feature of the rule meets; empty when all do.

    Examples
    --------
    >>> from types import SimpleNamespace as Like
    >>> from maps.themes.model import Condition
    >>> built = Like(when=(Condition("kind", ("pier", "terminal")),), unless=((Condition("status", ("closed",)),),))
    >>> qgis_filter(built, [])
    '"kind" IN (\'pier\', \'terminal\') AND NOT coalesce("status" = \'closed\', false)'
    >>> qgis_filter(Like(when=(Condition("gauge_mm", (1520,)),), unless=()), ["gauge_mm"])
    'array_contains(from_json("gauge_mm"), 1520)'
    """
    parts = [_qgis(condition, lists) for condition in rule.when]
    parts += [f"NOT coalesce({_qgis_all(conditions, lists)}, false)" for conditions in rule.unless]
    return " AND ".join(parts)


def ogc_filter(rule: Rule, lists: Collection[str]) -> Element | None:
    """``ogc:Filter`` that a feature of the rule meets; nothing when all do."""
    parts = [_ogc(condition, lists) for condition in rule.when]
    parts += [
        _around("ogc:Not", [_and([_ogc(condition, lists) for condition in conditions])]) for conditions in rule.unless
    ]
    return _around("ogc:Filter", [_and(parts)]) if parts else None


def _qgis_all(conditions: Conditions, lists: Collection[str]) -> str:
    return " AND ".join(_qgis(condition, lists) for condition in conditions)


def _qgis(condition: Condition, lists: Collection[str]) -> str:
    name = f'"{condition.property}"'
    if condition.property in lists:
        joint, values = (" AND ", condition.all_of) if condition.all_of else (" OR ", condition.any_of)
        parts = [f"array_contains(from_json({name}), {_literal(value)})" for value in values]
        return parts[0] if len(parts) == 1 else f"({joint.join(parts)})"
    values = condition.all_of or condition.any_of
    if len(values) == 1:
        return f"{name} = {_literal(values[0])}"
    return f"{name} IN ({', '.join(_literal(value) for value in values)})"


def _literal(value: Scalar) -> str:
    if isinstance(value, str):
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _ogc(condition: Condition, lists: Collection[str]) -> Element:
    values = condition.all_of or condition.any_of
    parts = [_ogc_value(condition.property, value, in_list=condition.property in lists) for value in values]
    return parts[0] if len(parts) == 1 else _around("ogc:And" if condition.all_of else "ogc:Or", parts)


def _ogc_value(name: str, value: Scalar, *, in_list: bool) -> Element:
    if not in_list:
        part = Element("ogc:PropertyIsEqualTo")
        text = str(value)
    else:
        part = Element("ogc:PropertyIsLike", wildCard="*", singleChar="?", escapeChar="!")
        text = f'*"{value}"*' if isinstance(value, str) else f"*{value}*"
    SubElement(part, "ogc:PropertyName").text = name
    SubElement(part, "ogc:Literal").text = text
    return part


def _and(parts: list[Element]) -> Element:
    return parts[0] if len(parts) == 1 else _around("ogc:And", parts)


def _around(tag: str, parts: list[Element]) -> Element:
    element = Element(tag)
    element.extend(parts)
    return element
