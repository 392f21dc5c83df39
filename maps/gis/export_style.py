"""Styles of an export, from the same theme files as the web maps."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import geo
import layers
from layers.formats import ExportStyles, TableStyle, tables
from layers.record.history import features_at
from maps.features.geojson import geometry_kind, properties_of
from maps.i18n.text import check_language
from maps.themes.reader import default_layer
from maps.themes.style import style_book

from .look import look
from .map_theme import ProjectTable, drawing_order, groups_of, map_theme, themes_of
from .qml import qml
from .rule import list_properties, rules_of
from .sld import sld

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layers.formats import MapTheme, Table
    from layers.record.store import DataPath, JsonObject
    from maps.features.geojson import Feature
    from maps.i18n.text import Language
    from maps.themes.model import ThemeLayer


def export_styles(
    names: Iterable[str] | None = None, *, as_of: str | None = None, lang: str = "en", data: DataPath = None
) -> layers.ExportStyles:
    """Return the styles of layers for `layers.export`.

    Parameters
    ----------
    names
        Layers; by default all.
    as_of
        The date of the export: styles can depend on the status.
    lang
        The language of labels and legends: ``en``, ``ko``, ``ru`` or ``zh``.
    data
        The data directory of the export.

    Raises
    ------
    layers.UnknownLayerError
        When there is no layer with a name.
    LanguageError
        When `lang` is not one of these.

    Examples
    --------
    >>> styles = export_styles(["crossings"], as_of="2024-07")
    >>> sorted(styles.tables), styles.features["crossing/tumen-road-bridge"]
    (['crossings_lines', 'crossings_points'], 'bridge-works')
    """
    language = check_language(lang)
    catalog = layers.catalog(data=data)
    day = geo.parse_date(as_of or catalog.latest).latest
    chosen = [catalog[name] for name in names] if names is not None else list(catalog)
    shown = [(record, layer) for record in chosen if (layer := default_layer(record.name))]
    rows = {record.name: catalog.features(record.name) for record, _ in shown}
    looks_of = {
        str(feature.get("id")): style
        for record, layer in shown
        for feature in cast("list[Feature]", features_at(rows[record.name], day))
        if (style := _style_of(feature, layer))
    }
    book = style_book()
    project_tables = [
        _written(table, layer, rows[record.name], language) for record, layer in shown for table in tables(record)
    ]
    themes = [
        map_theme(own_theme, project_tables, language)
        for own_theme in themes_of([record.name for record in chosen], data)
    ]
    return ExportStyles(
        tables={
            entry.table.name: _table_style(entry, layer, language, _variants(entry.table.name, themes))
            for entry in project_tables
            if (layer := default_layer(entry.table.layer))
        },
        looks={name: look(book.styles[name], book) for name in sorted(set(looks_of.values()))},
        features=looks_of,
        themes=tuple(own_theme for own_theme, _ in themes),
        groups=groups_of(project_tables, language),
        order=drawing_order(project_tables),
        background=book.colours["sea"].light,
    )


def _style_of(feature: Feature, layer: ThemeLayer) -> str:
    number = layer.symbol_of({**properties_of(feature), "geometry": geometry_kind(feature)})
    return layer.symbols[number].style if number is not None else ""


def _written(table: Table, layer: ThemeLayer, features: Iterable[JsonObject], lang: Language) -> ProjectTable:
    book, lists = style_book(), list_properties(table.layer)
    rows = cast("Iterable[Feature]", features)
    kinds = frozenset(str(properties_of(row).get("kind")) for row in rows if geometry_kind(row) == table.geometry)
    rules = rules_of(layer, table.geometry, kinds, lists, book)
    return ProjectTable(
        table, kinds, qml(rules, layer.labels, geometry=table.geometry, lists=lists, book=book, lang=lang)
    )


def _table_style(
    project_table: ProjectTable, layer: ThemeLayer, lang: Language, variants: Mapping[str, str]
) -> TableStyle:
    book, lists, table = style_book(), list_properties(project_table.table.layer), project_table.table
    rules = rules_of(layer, table.geometry, project_table.kinds, lists, book)
    return TableStyle(
        qml=project_table.qml,
        sld=sld(table.name, rules, geometry=table.geometry, lists=lists, book=book, lang=lang),
        variants=variants,
    )


def _variants(table: str, themes: Iterable[tuple[MapTheme, Mapping[str, str]]]) -> dict[str, str]:
    return {theme.name: styles[table] for theme, styles in themes if table in styles}
