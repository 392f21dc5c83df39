"""The themes of the web maps as map themes of a QGIS project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from layers.formats import LayerGroup, MapTheme
from maps.i18n.text import Text
from maps.themes.model import REFERENCE_LAYERS
from maps.themes.reader import default_groups, default_layer, theme, theme_names

from .qml import qml
from .rule import list_properties, rules_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from layers.formats import Table
    from layers.record.store import DataPath
    from maps.i18n.text import Language
    from maps.themes.model import Theme, ThemeLayer

MIN_ON_RECORD = 6  # layers of a theme for each that a map computes and no table holds; a theme of fewer is left out
BASE_MAP = Text(en="Base map", ko="기본도", ru="Карта-основа", zh="底图")
_LEVEL = {"point": 0, "line": 1, "area": 2}


@dataclass(frozen=True, slots=True)
class ProjectTable:
    """A table of the export, with the data for its styles."""

    table: Table
    kinds: Collection[str]
    qml: str


def themes_of(names: Collection[str], data: DataPath) -> tuple[Theme, ...]:
    """Return the built-in themes that the layers of an export can show.

    Examples
    --------
    >>> [each.name for each in themes_of(["zones", "border", "railways"], None)][:2]
    ['overview', 'border']
    >>> themes_of([], None)
    ()
    """
    import layers

    catalog = layers.catalog(data=data)
    themes = [theme(name, data=data) for name in theme_names()]
    return tuple(
        candidate
        for candidate in themes
        if sum(layer.source not in catalog for layer in candidate.layers) * MIN_ON_RECORD <= len(candidate.layers)
        and any(layer.source in names and layer.visible for layer in candidate.layers)
    )


def map_theme(shown: Theme, tables: Sequence[ProjectTable], lang: Language) -> tuple[MapTheme, Mapping[str, str]]:
    """Return a theme as a map theme, and its styles that differ from the default, by table."""
    style_names: dict[str, str] = {}
    variants: dict[str, str] = {}
    for project_table in tables:
        table = project_table.table
        if table.layer in shown.basemap:
            style_names[table.name] = ""
        layers = [layer for layer in shown.layers if layer.source == table.layer and layer.visible]
        text = _style(shown, layers, project_table, lang)
        if text:
            style_names[table.name] = "" if text == project_table.qml else shown.name
        if text not in {"", project_table.qml}:
            variants[table.name] = text
    return MapTheme(shown.name, shown.title.into(lang), shown.extent, style_names), variants


def groups_of(tables: Sequence[ProjectTable], lang: Language) -> tuple[LayerGroup, ...]:
    """Return the groups of the legend, as on the web maps, the base map last."""
    titles = default_groups()
    grouped: dict[str, list[str]] = {name: [] for name in titles}
    base: list[str] = []
    for table in drawing_order(tables):
        layer = default_layer(
            next(project_table.table.layer for project_table in tables if project_table.table.name == table)
        )
        (grouped[layer.group] if layer and layer.group else base).append(table)
    groups = [LayerGroup(titles[name].into(lang), tuple(names)) for name, names in grouped.items() if names]
    return (*groups, LayerGroup(BASE_MAP.into(lang), tuple(base)))


def drawing_order(tables: Sequence[ProjectTable]) -> tuple[str, ...]:
    """Tables in the order in which they are drawn: points over lines over areas over the base map."""
    return tuple(project_table.table.name for project_table in sorted(tables, key=_depth))


def _depth(project_table: ProjectTable) -> tuple[int, int]:
    level = _LEVEL[project_table.table.geometry]
    if project_table.table.layer in REFERENCE_LAYERS:
        return len(REFERENCE_LAYERS) - REFERENCE_LAYERS.index(project_table.table.layer) + len(_LEVEL), level
    return level, 0


def _style(shown: Theme, layers: Sequence[ThemeLayer], project_table: ProjectTable, lang: Language) -> str:
    """Style of a table in a theme; empty when the theme shows nothing of it."""
    lists = list_properties(project_table.table.layer)
    rules = [
        replace(rule, when=(*layer.filter, *rule.when))
        for layer in layers
        for rule in rules_of(layer, project_table.table.geometry, project_table.kinds, lists, shown.book)
    ]
    if not rules:
        return ""
    return qml(rules, layers[0].labels, geometry=project_table.table.geometry, lists=lists, book=shown.book, lang=lang)
