"""The model of a theme, which defines one map; `reader` reads it from TOML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from maps.i18n.text import Text

from .story import Story
from .style import Colour, Style, StyleBook, style_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from geo import BBox

    from .classes import Classes
    from .fields import Field
    from .toml import Scalar

REFERENCE_LAYERS = ("land", "shore", "lakes", "water_areas", "rivers", "roads", "admin1", "boundaries")

PLAIN_STYLES = {"point": "plain-point", "line": "plain", "area": "plain-area"}


@dataclass(frozen=True, slots=True)
class Condition:
    """What a property must be: one of `any_of`, holding `all_of` where it is a list, none of `none_of`, a number in a range.

    Attributes
    ----------
    least, most
        Ends of the range, which belong to it.
    above, below
        Ends that do not.
    """

    property: str
    any_of: tuple[Scalar, ...] = ()
    all_of: tuple[Scalar, ...] = ()
    none_of: tuple[Scalar, ...] = ()
    least: float | None = None
    most: float | None = None
    above: float | None = None
    below: float | None = None

    def is_range(self) -> bool:
        """Tell whether it asks for a number in a range."""
        return any(end is not None for end in (self.least, self.most, self.above, self.below))

    def holds(self, properties: Mapping[str, object]) -> bool:
        """Tell whether the properties of a feature meet the condition.

        Examples
        --------
        >>> Condition("gauge_mm", all_of=(1435, 1520)).holds({"gauge_mm": [1435, 1520]})
        True
        >>> Condition("status", any_of=("planned",)).holds({})
        False
        >>> Condition("pop", least=100, below=200).holds({"pop": 100}), Condition("n", any_of=(0,)).holds({"n": False})
        (True, False)
        """
        value = properties.get(self.property)
        values = value if isinstance(value, list | tuple) else [value]
        if self.all_of and not all(_is_among(item, values) for item in self.all_of):
            return False
        if self.any_of and not any(_is_among(item, values) for item in self.any_of):
            return False
        if self.none_of and any(_is_among(item, values) for item in self.none_of):
            return False
        if self.is_range() and not self._reaches(value):
            return False
        return bool(self.all_of or self.any_of or self.none_of or self.is_range())

    def _reaches(self, value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return (
            (self.least is None or value >= self.least)
            and (self.most is None or value <= self.most)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
        )


def _is_among(item: Scalar, values: Iterable[object]) -> bool:
    """Tell whether a value is one of some; true and 1 are two."""
    for value in values:  # noqa: SIM110 - asked of each feature by each rule: `any` takes twice as long
        if item == value and isinstance(item, bool) == isinstance(value, bool):
            return True
    return False


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
        A user's file in place of one of our layers.
    table
        The layer of a GeoPackage.
    crs
        The CRS of the file's coordinates where it states none.
    classes
        Colours and sizes by value, in place of rules.
    popup
        The columns of a user's file in the popup; all by default.
    tooltip
        The columns that stand beside the pointer; by default the name.
    time
        The columns of the first and the last day of a feature; with one, it stays from its day on.
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
    within: BBox | None = None
    stacked: bool = False
    table: str = ""
    order: str = ""
    crs: str = ""
    classes: Classes | None = None
    popup: tuple[Field, ...] = ()
    tooltip: tuple[Field, ...] = ()
    time: tuple[str, ...] = ()

    def reaches(self, extent: BBox) -> bool:
        """Tell whether a feature of this extent touches the box of the layer.

        Examples
        --------
        >>> from geo import BBox
        >>> layer = ThemeLayer("a", "railways", Text(""), within=BBox(129, 41, 132, 44))
        >>> layer.reaches(BBox(130.6, 42.4, 130.6, 42.4)), layer.reaches(BBox(37.7, 55.8, 40.4, 56.1))
        (True, False)
        """
        if self.within is None:
            return True
        return self.within.touches(extent)

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
    extent: BBox | None
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """The content of a map: title, texts, extent, layers.

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
    styles, colours
        Those that the theme itself defines, beside the shared ones.
    planner
        Whether the page carries the network and finds routes over it.
    story
        Its story beside the map.
    fields
        Whether braces in its texts are fields that the record fills, as in a theme file.
    """

    name: str
    title: Text
    intro: Text
    extent: BBox
    layers: tuple[ThemeLayer, ...] = ()
    views: tuple[View, ...] = ()
    groups: Mapping[str, Text] = field(default_factory=dict)
    basemap: tuple[str, ...] = REFERENCE_LAYERS
    styles: Mapping[str, Style] = field(default_factory=dict)
    colours: Mapping[str, Colour] = field(default_factory=dict)
    planner: bool = False
    story: Story = field(default_factory=Story)
    fields: bool = False

    @property
    def book(self) -> StyleBook:
        """Style book with the styles of this theme."""
        shared = style_book()
        return StyleBook({**shared.colours, **self.colours}, shared.shapes, {**shared.styles, **self.styles})
