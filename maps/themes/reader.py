"""Reads themes from TOML files strictly: all problems are reported at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo.spelling import nearest
from maps.errors import FeatureError, ThemeError
from maps.i18n.text import Text, strings

from .classes import PALETTES_FILE, Classes, palettes
from .fields import read_fields
from .fill import Facts, fields_of
from .model import (
    REFERENCE_LAYERS,
    Condition,
    Labels,
    Symbol,
    Theme,
    ThemeLayer,
    View,
    plain_symbols,
)
from .story import read_story
from .style import STYLES_FILE, Style, read_styles, style_book
from .toml import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layers.record.store import DataPath

THEMES = Path(__file__).parent / "builtin"
SYMBOLOGY_FILE = THEMES / "symbology.toml"
SHARED = {STYLES_FILE.stem, SYMBOLOGY_FILE.stem, PALETTES_FILE.stem, "lettering", "basemap"}
MAX_SOURCE_BYTES = 8_000_000_000
SOURCE_SUFFIXES = (
    *(
        ".geojson",
        ".json",
        ".geojsonl",
        ".geojsonseq",
        ".ndjson",
        ".topojson",
        ".gpkg",
        ".fgb",
        ".parquet",
        ".geoparquet",
    ),
    *(".shp", ".zip", ".kml", ".kmz", ".gpx", ".csv", ".tsv", ".txt", ".gz"),
)
_LABEL_PROPERTIES = ("name", "name_en", "name_ko", "name_ru", "name_zh", "label")
_OWN_PRIORITY = 60


def theme_names() -> tuple[str, ...]:
    """List the names of the built-in themes, in order of their files' names, the overview first.

    Examples
    --------
    >>> theme_names()[0]
    'overview'
    """
    names = sorted(path.stem for path in THEMES.glob("*.toml") if path.stem not in SHARED)
    return tuple(sorted(names, key=lambda name: name != "overview"))


def theme(name: str | Path, *, data: DataPath = None) -> Theme:
    """Load a built-in theme by name, or a theme file.

    Parameters
    ----------
    name
        A name that `theme_names` lists, or the path of a ``.toml`` file.
    data
        The data directory whose record its story and its fields speak of; by default that of ``TUMEN_DATA``, else the one that
        tumen ships.

    Returns
    -------
    Theme

    Raises
    ------
    ThemeError
        With every problem of the file: the path of each key, what was expected, and the nearest spelling.

    Examples
    --------
    >>> theme("corridor").extent
    BBox(west=130.15, south=42.15, east=130.85, north=42.55)
    """
    path = Path(name)
    if path.suffix != ".toml":
        if str(name) not in theme_names():
            raise ThemeError(str(name), [f"no built-in theme has this name; {nearest(str(name), theme_names())}"])
        path = THEMES / f"{name}.toml"
    table = Table.load(path)
    result = _theme(path, table, data)
    table.finish()
    _check_fields(path, result, data)
    return result


def _check_fields(path: Path, theme: Theme, data: DataPath) -> None:
    """Find every field that the record of today cannot fill.

    Raises
    ------
    ThemeError
        With all of them.
    """
    facts, problems = Facts(data), []
    for field in dict.fromkeys(fields_of(theme)):
        try:
            facts.say(field, "en")
        except FeatureError as error:
            problems.append(str(error))
    if problems:
        raise ThemeError(str(path), problems)


def _theme(path: Path, table: Table, data: DataPath) -> Theme:
    book = style_book()
    own_styles = read_styles(table.table("style"), book.colours, book.shapes)
    defaults = _symbology()
    groups = dict(defaults.groups)
    groups.update({name: table.table("group").text(name) for name in table.table("group").values})
    reader = _LayerReader(path, {**book.styles, **own_styles}, groups, defaults.layers)
    layers = tuple(reader.layer(item) for item in table.tables("layer"))
    _check_twice(table, layers)
    return Theme(
        name=path.stem,
        title=table.text("title"),
        intro=table.text("intro"),
        extent=table.box("extent"),
        layers=layers,
        views=tuple(_view(item, [layer.id for layer in layers]) for item in table.tables("view")),
        groups=groups,
        basemap=_basemap(table),
        styles=own_styles,
        planner=table.boolean("planner"),
        story=read_story(table, data),
        fields=True,
    )


def _view(table: Table, layers: list[str]) -> View:
    if "layer" in table:
        return View(table.text("title"), None, table.name("layer", layers))
    return View(table.text("title"), table.box("extent"))


def _basemap(table: Table) -> tuple[str, ...]:
    names = table.words("basemap") if "basemap" in table else REFERENCE_LAYERS
    for name in names:
        if name not in REFERENCE_LAYERS:
            table.problem("basemap", f"unknown reference layer {name!r}; {nearest(name, REFERENCE_LAYERS)}")
    return names


def _check_twice(table: Table, layers: tuple[ThemeLayer, ...]) -> None:
    seen: set[str] = set()
    for number, layer in enumerate(layers):
        if layer.id in seen:
            table.problem(f"layer[{number}]", f"the id {layer.id!r} is taken; give this layer an id of its own")
        seen.add(layer.id)


@dataclass(frozen=True, slots=True)
class _Symbology:
    """How each of our layers is shown unless a theme says otherwise."""

    groups: Mapping[str, Text]
    layers: Mapping[str, ThemeLayer]


@cache
def _symbology() -> _Symbology:
    table = Table.load(SYMBOLOGY_FILE, "symbology")
    groups = {name: table.table("group").text(name) for name in table.table("group").values}
    reader = _LayerReader(SYMBOLOGY_FILE, style_book().styles, groups, {})
    layers = {item.string("source"): reader.layer(item) for item in table.tables("layer")}
    table.finish()
    return _Symbology(groups, layers)


def default_layer(source: str) -> ThemeLayer | None:
    """Give the way one of our layers is shown unless a theme says otherwise."""
    return _symbology().layers.get(source)


def default_groups() -> Mapping[str, Text]:
    """Give the groups of the legend in their order, with their titles."""
    return _symbology().groups


@dataclass(frozen=True, slots=True)
class _LayerReader:
    """Reads the ``[[layer]]`` tables of one theme file."""

    path: Path
    styles: Mapping[str, Style]
    groups: Mapping[str, Text]
    defaults: Mapping[str, ThemeLayer]

    def layer(self, table: Table) -> ThemeLayer:
        source = table.string("source")
        base = self.defaults.get(source)
        file = self._file(table, source) if source and base is None and self.defaults else None
        labels = self._labels(table.table("labels"), ours=file is None) if "labels" in table else None
        classes = self._classes(table, file) if isinstance(table.values.get("symbols"), dict) else None
        rules = () if classes else table.tables("symbols")
        symbols = tuple(self._symbol(item, ours=file is None) for item in rules)
        if base is not None:
            labels = labels or base.labels if table.values.get("labels") != {} else None
            symbols = symbols or base.symbols
        if file is not None:
            symbols = symbols or plain_symbols()
            labels = labels or Labels("name", _OWN_PRIORITY)
        return ThemeLayer(
            id=table.string("id", source),
            source=source,
            title=table.text("title", base.title if base else Text(Path(source).stem) if file else None),
            group=self._group(table, base),
            filter=_conditions(table.table("filter"), ours=file is None),
            symbols=symbols,
            labels=labels,
            min_zoom=table.number("min_zoom", base.min_zoom if base else 0),
            visible=table.boolean("visible", default=True),
            file=file,
            within=table.box("within") if "within" in table else base.within if base else None,
            stacked=table.boolean("stacked", default=base.stacked if base else False),
            classes=classes,
            popup=read_fields(table, "popup"),
            tooltip=read_fields(table, "tooltip"),
            time=table.words("time"),
            **self._own(table, file),
        )

    def _classes(self, table: Table, file: Path | None) -> Classes:
        """Read looks by value."""
        if file is None:
            table.problem("symbols", "looks by value are for a file of your own; give a list of rules")
        inner = table.table("symbols")
        is_list = isinstance(inner.values.get("palette"), list)
        return Classes(
            inner.string("column"),
            inner.string("scheme"),
            int(inner.number("k", Classes().k)),
            inner.words("palette") if is_list else inner.name("palette", palettes()),
            inner.string("size"),
        )

    def _own(self, table: Table, file: Path | None) -> dict[str, str]:
        """Read the settings that only a user's file can have."""
        for key in ("table", "order", "crs", "popup", "tooltip", "time"):
            if key in table and file is None:
                table.problem(key, "is for a file of your own")
        return {key: table.string(key) for key in ("table", "order", "crs")}

    def _group(self, table: Table, base: ThemeLayer | None) -> str:
        group = table.string("group", base.group if base else "")
        if group and group not in self.groups:
            table.problem("group", f"unknown group {group!r}; {nearest(group, self.groups)}")
        return group

    def _symbol(self, table: Table, *, ours: bool) -> Symbol:
        style = table.name("style", self.styles)
        conditions = _conditions(table.table("when"), ours=ours)
        return Symbol(style, table.text("label"), conditions, table.number("min_zoom"))

    def _labels(self, table: Table, *, ours: bool) -> Labels:
        plain = Labels()
        return Labels(
            table.name("property", _LABEL_PROPERTIES, plain.property)
            if ours
            else table.string("property", plain.property),
            table.number("priority", plain.priority),
            table.number("min_zoom", plain.min_zoom),
            table.string("lettering", plain.lettering),
            table.string("rank_by"),
        )

    def _file(self, table: Table, source: str) -> Path | None:
        """Path of a user's file: inside the theme's folder and not too large."""
        if not source.lower().endswith(SOURCE_SUFFIXES):
            endings = ", ".join(SOURCE_SUFFIXES)
            table.problem(
                "source", f"unknown layer {source!r}; {nearest(source, self.defaults)}; a file ends in {endings}"
            )
            return None
        folder = self.path.resolve().parent
        try:
            file = (folder / source).resolve()
            exists = file.is_file()
        except (OSError, RuntimeError, ValueError):  # a name too long, a circle of links, a null byte
            table.problem("source", f"{source[:60]!r} is no path of a file")
            return None
        if Path(source).is_absolute() or ".." in Path(source).parts or not file.is_relative_to(folder):
            table.problem("source", f"{source!r} leads out of the folder of the theme; put the file below {folder}")
        elif not exists:
            table.problem("source", f"no such file: {file}")
        elif file.stat().st_size > MAX_SOURCE_BYTES:
            table.problem("source", f"{source!r} is larger than {MAX_SOURCE_BYTES:,} bytes")
        return file


def _conditions(table: Table, *, ours: bool) -> tuple[Condition, ...]:
    conditions = tuple(_condition(table, key) for key in table.values)
    for condition in conditions:
        _check_words(table, condition, _vocabulary(condition.property, ours=ours))
    return conditions


def _vocabulary(name: str, *, ours: bool) -> tuple[str, ...]:
    """Values that a property may have, or nothing when it may have any; only our own layers keep to a vocabulary."""
    if name == "geometry":
        return ("point", "line", "area")
    words = strings("en")
    return (
        tuple(words.get(name) or words.get(f"value.{name}") or ())
        if ours and name not in {"property", "unit", "ui"}
        else ()
    )


def _check_words(table: Table, condition: Condition, vocabulary: tuple[str, ...]) -> None:
    for word in (*condition.any_of, *condition.all_of):
        if vocabulary and word not in vocabulary:
            table.problem(condition.property, f"unknown value {word!r}; {nearest(str(word), vocabulary)}")


def _condition(table: Table, key: str) -> Condition:
    """Read a condition: a value, a list of them, or a table of lists of values and ends of a range."""
    if not isinstance(table.values[key], dict):
        return Condition(key, any_of=table.scalars(key))
    inner = table.table(key)
    return Condition(
        key,
        any_of=inner.scalars("any"),
        all_of=inner.scalars("all"),
        none_of=inner.scalars("not"),
        least=inner.end("min"),
        most=inner.end("max"),
        above=inner.end("above"),
        below=inner.end("below"),
    )
