"""Themes: what one map tells, read from TOML."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from .errors import ThemeError, nearest
from .story import KEYS as STORY_KEYS
from .story import Story, read_story
from .style import STYLES_FILE, Style, StyleBook, read_styles, style_book
from .table import Scalar, Table
from .text import Text, strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Extent: TypeAlias = tuple[float, float, float, float]

THEMES = Path(__file__).parent / "themes"
SYMBOLOGY_FILE = THEMES / "symbology.toml"
REFERENCE_LAYERS = ("land", "lakes", "rivers", "roads", "admin1", "boundaries")
MAX_SOURCE_BYTES = 8_000_000_000
SOURCE_SUFFIXES = (".geojson", ".json", ".gpkg", ".fgb", ".parquet", ".geoparquet")

SHARED = {STYLES_FILE.stem, SYMBOLOGY_FILE.stem, "lettering"}
_LABEL_PROPERTIES = ("name", "name_en", "name_ko", "name_ru", "name_zh", "label")
PLAIN_STYLES = {"point": "plain-point", "line": "plain", "area": "plain-area"}
_OWN_PRIORITY = 60
_LETTERINGS = ("city", "town", "place", "feature", "line", "note")


@dataclass(frozen=True, slots=True)
class Condition:
    """What a property must be: one of `any_of`, and holding `all_of` where it is a list."""

    property: str
    any_of: tuple[Scalar, ...] = ()
    all_of: tuple[Scalar, ...] = ()

    def holds(self, properties: Mapping[str, object]) -> bool:
        """Tell whether the properties of a feature meet the condition.

        Examples
        --------
        >>> Condition("gauge_mm", all_of=(1435, 1520)).holds({"gauge_mm": [1435, 1520]})
        True
        >>> Condition("status", any_of=("planned",)).holds({})
        False
        """
        value = properties.get(self.property)
        values = value if isinstance(value, list | tuple) else [value]
        if self.all_of:
            return all(item in values for item in self.all_of)
        return any(item in values for item in self.any_of)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A rule: features that meet every condition are drawn in `style` and listed in the legend as `label`."""

    style: str
    label: Text
    when: tuple[Condition, ...] = ()
    min_zoom: float = 0

    def fits(self, properties: Mapping[str, object]) -> bool:
        """Tell whether a feature meets every condition."""
        return all(condition.holds(properties) for condition in self.when)


def plain_symbols(kinds: Iterable[str] = PLAIN_STYLES, style: str | None = None) -> tuple[Symbol, ...]:
    """Rules for data that says nothing of its look: one for points, one for lines, one for areas."""
    return tuple(
        Symbol(style or PLAIN_STYLES[kind], Text(""), (Condition("geometry", any_of=(kind,)),)) for kind in kinds
    )


@dataclass(frozen=True, slots=True)
class Labels:
    """How the features of a layer are lettered.

    Attributes
    ----------
    property
        ``name`` and ``label`` are those in the language of the page; the others are fixed.
    priority
        From 0 to 100: the higher is placed first.
    min_zoom
        Below it there are no labels.
    lettering
        A manner of lettering: city, town, place, feature, line, note.
    rank_by
        A numeric property that orders labels of the same priority, the greater first.
    """

    property: str = "name"
    priority: float = 50
    min_zoom: float = 0
    lettering: str = "feature"
    rank_by: str = ""


@dataclass(frozen=True, slots=True)
class ThemeLayer:
    """One layer of a theme, and one entry of its legend.

    Attributes
    ----------
    file
        A file of the user's own in place of one of our layers.
    table
        The layer of a GeoPackage.
    order
        A column of numbers of the file: of many features, those of the greater show on small scales.
    within
        West, south, east, north in degrees: features that do not touch the box stay out of the page. None for all.
    stacked
        Whether points too near each other stand side by side.
    """

    id: str
    source: str
    title: Text
    group: str = ""
    filter: tuple[Condition, ...] = ()
    symbols: tuple[Symbol, ...] = ()
    labels: Labels | None = None
    min_zoom: float = 0
    visible: bool = True
    file: Path | None = None
    within: Extent | None = None
    stacked: bool = False
    table: str = ""
    order: str = ""

    def reaches(self, positions: Iterable[tuple[float, float]]) -> bool:
        """Tell whether a feature of these positions touches the box of the layer.

        Examples
        --------
        >>> layer = ThemeLayer("a", "railways", Text(""), within=(129, 41, 132, 44))
        >>> layer.reaches([(130.6, 42.4)]), layer.reaches([(37.7, 55.8), (40.4, 56.1)])
        (True, False)
        """
        if self.within is None:
            return True
        west, south, east, north = self.within
        lons, lats = zip(*positions, strict=True)
        return bool(west <= max(lons) and min(lons) <= east and south <= max(lats) and min(lats) <= north)

    def shows(self, properties: Mapping[str, object]) -> bool:
        """Tell whether the filter lets a feature through."""
        return all(condition.holds(properties) for condition in self.filter)

    def symbol_of(self, properties: Mapping[str, object]) -> int | None:
        """Index of the first rule that a feature meets, or None."""
        return next((i for i, symbol in enumerate(self.symbols) if symbol.fits(properties)), None)


@dataclass(frozen=True, slots=True)
class View:
    """A named extent to jump to: a given one, or that of everything in the layer of an id."""

    title: Text
    extent: Extent | None
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """What one map tells: title, words, extent, layers.

    Attributes
    ----------
    name
        The file's name without its ending; also that of the page.
    extent
        West, south, east, north in degrees.
    groups
        Titles of the groups of the legend, by id, in order.
    basemap
        The reference layers below.
    styles
        The shared styles, and those that the theme itself defines.
    planner
        Whether the page carries the network and finds routes over it.
    story
        What it tells besides the map.
    """

    name: str
    title: Text
    intro: Text
    extent: Extent
    layers: tuple[ThemeLayer, ...] = ()
    views: tuple[View, ...] = ()
    groups: Mapping[str, Text] = field(default_factory=dict)
    basemap: tuple[str, ...] = REFERENCE_LAYERS
    styles: Mapping[str, Style] = field(default_factory=dict)
    planner: bool = False
    story: Story = field(default_factory=Story)

    @property
    def book(self) -> StyleBook:
        """Style book with the styles of this theme."""
        shared = style_book()
        return StyleBook(shared.colours, shared.shapes, {**shared.styles, **self.styles})


def themes() -> tuple[str, ...]:
    """List the names of the built-in themes, in order of their files' names, the overview first.

    Examples
    --------
    >>> themes()[0]
    'overview'
    """
    names = sorted(path.stem for path in THEMES.glob("*.toml") if path.stem not in SHARED)
    return tuple(sorted(names, key=lambda name: name != "overview"))


def load_theme(theme: str | Path) -> Theme:
    """Load a built-in theme by name, or a theme file.

    Parameters
    ----------
    theme
        A name that `themes` lists, or the path of a ``.toml`` file.

    Returns
    -------
    Theme

    Raises
    ------
    ThemeError
        With every problem of the file: the path of each key, what was expected, and the nearest spelling.

    Examples
    --------
    >>> load_theme("corridor").extent
    (130.15, 42.15, 130.85, 42.55)
    """
    path = Path(theme)
    if path.suffix != ".toml":
        if str(theme) not in themes():
            raise ThemeError(str(theme), [f"no built-in theme has this name; {nearest(str(theme), themes())}"])
        path = THEMES / f"{theme}.toml"
    table = Table.load(path)
    result = _theme(path, table)
    table.finish()
    return result


def _theme(path: Path, table: Table) -> Theme:
    table.known("title", "intro", "extent", "view", "group", "basemap", "style", "layer", "planner", *STORY_KEYS)
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
        intro=table.text("intro", Text("")),
        extent=table.extent("extent"),
        layers=layers,
        views=tuple(_view(item, [layer.id for layer in layers]) for item in table.tables("view")),
        groups=groups,
        basemap=_basemap(table),
        styles=own_styles,
        planner=table.boolean("planner", default=False),
        story=read_story(table),
    )


def _view(table: Table, layers: list[str]) -> View:
    table.known("title", "extent", "layer")
    if "layer" in table:
        if "extent" in table:
            table.problem("extent", "is that of the layer; drop one of the two keys")
        return View(table.text("title"), None, table.choice("layer", layers))
    return View(table.text("title"), table.extent("extent"))


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
    table = Table.load(SYMBOLOGY_FILE)
    table.known("group", "layer")
    groups = {name: table.table("group").text(name) for name in table.table("group").values}
    reader = _LayerReader(SYMBOLOGY_FILE, style_book().styles, groups, {})
    layers = {item.string("source"): reader.layer(item) for item in table.tables("layer")}
    table.finish()
    return _Symbology(groups, layers)


def default_layer(source: str) -> ThemeLayer | None:
    """Give the way one of our layers is shown unless a theme says otherwise."""
    return _symbology().layers.get(source)


@dataclass(frozen=True, slots=True)
class _LayerReader:
    """Reads the ``[[layer]]`` tables of one theme file."""

    path: Path
    styles: Mapping[str, Style]
    groups: Mapping[str, Text]
    defaults: Mapping[str, ThemeLayer]

    def layer(self, table: Table) -> ThemeLayer:
        table.known(
            "id",
            "source",
            "table",
            "order",
            "title",
            "group",
            "filter",
            "symbols",
            "labels",
            "min_zoom",
            "visible",
            "within",
            "stacked",
        )
        source = table.string("source")
        base = self.defaults.get(source)
        file = self._file(table, source) if source and base is None and self.defaults else None
        labels = self._labels(table.table("labels")) if "labels" in table else None
        symbols = tuple(self._symbol(item, ours=file is None) for item in table.tables("symbols"))
        if base is not None:
            labels = labels or base.labels if table.values.get("labels") != {} else None
            symbols = symbols or base.symbols
        if file is not None:
            symbols = symbols or plain_symbols()
            labels = labels or Labels("name", _OWN_PRIORITY)
        return ThemeLayer(
            id=table.string("id", source),
            source=source,
            title=table.text("title", base.title if base else None),
            group=self._group(table, base),
            filter=_conditions(table.table("filter"), ours=file is None),
            symbols=symbols,
            labels=labels,
            min_zoom=table.number("min_zoom", base.min_zoom if base else 0, high=22),
            visible=table.boolean("visible", default=True),
            file=file,
            within=table.extent("within") if "within" in table else base.within if base else None,
            stacked=table.boolean("stacked", default=base.stacked if base else False),
            **self._own(table, file),
        )

    def _own(self, table: Table, file: Path | None) -> dict[str, str]:
        """Read what is said of a file of a user's own only."""
        for key in ("table", "order"):
            if key in table and file is None:
                table.problem(key, "is for a file of your own")
        return {key: table.string(key, "") for key in ("table", "order")}

    def _group(self, table: Table, base: ThemeLayer | None) -> str:
        group = table.string("group", base.group if base else "")
        if group and group not in self.groups:
            table.problem("group", f"unknown group {group!r}; {nearest(group, self.groups)}")
        return group

    def _symbol(self, table: Table, *, ours: bool) -> Symbol:
        table.known("when", "label", "style", "min_zoom")
        style = table.choice("style", list(self.styles))
        conditions = _conditions(table.table("when"), ours=ours)
        return Symbol(style, table.text("label", Text("")), conditions, table.number("min_zoom", 0, high=22))

    def _labels(self, table: Table) -> Labels:
        table.known("property", "priority", "min_zoom", "lettering", "rank_by")
        return Labels(
            table.choice("property", _LABEL_PROPERTIES, "name"),
            table.number("priority", 50, high=100),
            table.number("min_zoom", 0, high=22),
            table.choice("lettering", _LETTERINGS, "feature"),
            table.string("rank_by", ""),
        )

    def _file(self, table: Table, source: str) -> Path | None:
        """Path of a user's file: below the theme's folder, no way out of it, not too large."""
        if not source.lower().endswith(SOURCE_SUFFIXES):
            endings = ", ".join(SOURCE_SUFFIXES)
            table.problem(
                "source", f"unknown layer {source!r}; {nearest(source, self.defaults)}; a file ends in {endings}"
            )
            return None
        folder = self.path.resolve().parent
        try:
            file = (folder / source).resolve()
            there = file.is_file()
        except (OSError, RuntimeError, ValueError):  # a name too long, a circle of links, a null byte
            table.problem("source", f"{source[:60]!r} is no path of a file")
            return None
        if Path(source).is_absolute() or ".." in Path(source).parts or not file.is_relative_to(folder):
            table.problem("source", f"{source!r} leads out of the folder of the theme; put the file below {folder}")
        elif not there:
            table.problem("source", f"no such file: {file}")
        elif file.stat().st_size > MAX_SOURCE_BYTES:
            table.problem("source", f"{source!r} is larger than {MAX_SOURCE_BYTES:,} bytes")
        return file


def _conditions(table: Table, *, ours: bool) -> tuple[Condition, ...]:
    conditions = tuple(_condition(table, key, value) for key, value in table.values.items())
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


def _check_words(table: Table, condition: Condition, known: tuple[str, ...]) -> None:
    for word in (*condition.any_of, *condition.all_of):
        if known and word not in known:
            table.problem(condition.property, f"unknown value {word!r}; {nearest(str(word), known)}")


def _condition(table: Table, key: str, value: object) -> Condition:
    if isinstance(value, dict):
        inner = table.child(key, value)
        inner.known("all")
        return Condition(key, all_of=_scalars(inner, "all", value.get("all")))
    return Condition(key, any_of=_scalars(table, key, value if isinstance(value, list) else [value]))


def _scalars(table: Table, key: str, values: object) -> tuple[Scalar, ...]:
    if not isinstance(values, list) or not values or not all(isinstance(v, str | int | float | bool) for v in values):
        table.problem(key, f"expected a value, a list of values or {{ all = [values] }}, got {values!r}")
        return ()
    return tuple(values)
