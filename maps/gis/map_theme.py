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
    """A table of the export, with what its styles are made of."""

    table: Table
    kinds: Collection[str]
    qml: str


def themes_of(names: Collection[str], data: DataPath) -> tuple[Theme, ...]:
    """Give the built-in themes that the layers of an export can show.

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
        each
        for each in themes
        if sum(layer.source not in catalog for layer in each.layers) * MIN_ON_RECORD <= len(each.layers)
        and any(layer.source in names and layer.visible for layer in each.layers)
    )


def map_theme(shown: Theme, written: Sequence[ProjectTable], lang: Language) -> tuple[MapTheme, Mapping[str, str]]:
    """Give a theme as a map theme, and the styles in which it differs from the default, by table."""
    held: dict[str, str] = {}
    variants: dict[str, str] = {}
    for each in written:
        table = each.table
        if table.layer in shown.basemap:
            held[table.name] = ""
        layers = [layer for layer in shown.layers if layer.source == table.layer and layer.visible]
        text = _style(shown, layers, each, lang)
        if text:
            held[table.name] = "" if text == each.qml else shown.name
        if text not in {"", each.qml}:
            variants[table.name] = text
    return MapTheme(shown.name, shown.title.into(lang), shown.extent, held), variants


def groups_of(written: Sequence[ProjectTable], lang: Language) -> tuple[LayerGroup, ...]:
    """Give the groups of the legend, as on the web maps, the base map last."""
    titles = default_groups()
    grouped: dict[str, list[str]] = {name: [] for name in titles}
    base: list[str] = []
    for table in drawing_order(written):
        layer = default_layer(next(each.table.layer for each in written if each.table.name == table))
        (grouped[layer.group] if layer and layer.group else base).append(table)
    groups = [LayerGroup(titles[name].into(lang), tuple(names)) for name, names in grouped.items() if names]
    return (*groups, LayerGroup(BASE_MAP.into(lang), tuple(base)))


def drawing_order(written: Sequence[ProjectTable]) -> tuple[str, ...]:
    """Tables in the order in which they are drawn: points over lines over areas over the base map."""
    return tuple(each.table.name for each in sorted(written, key=_depth))


def _depth(each: ProjectTable) -> tuple[int, int]:
    level = _LEVEL[each.table.geometry]
    if each.table.layer in REFERENCE_LAYERS:
        return len(REFERENCE_LAYERS) - REFERENCE_LAYERS.index(each.table.layer) + len(_LEVEL), level
    return level, 0


def _style(shown: Theme, layers: Sequence[ThemeLayer], each: ProjectTable, lang: Language) -> str:
    """Style of a table in a theme; empty when the theme shows nothing of it."""
    lists = list_properties(each.table.layer)
    rules = [
        replace(rule, when=(*layer.filter, *rule.when))
        for layer in layers
        for rule in rules_of(layer, each.table.geometry, each.kinds, lists, shown.book)
    ]
    if not rules:
        return ""
    return qml(rules, layers[0].labels, geometry=each.table.geometry, lists=lists, book=shown.book, lang=lang)
