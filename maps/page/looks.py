"""Rules, styles and colours worked out from the values of a layer: classes of numbers, categories, sizes."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

import numpy as np

from geo.spelling import nearest
from maps.errors import FeatureError
from maps.features.geojson import LayerData, properties_of
from maps.features.reading import kinds_of
from maps.i18n.text import Text
from maps.themes.classes import Classes, palette_of, token
from maps.themes.model import Condition, Symbol
from maps.themes.style import Stroke, Style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from maps.features.bulk import BulkData
    from maps.features.geojson import Json
    from maps.themes.model import ThemeLayer
    from maps.themes.style import Colour
    from maps.themes.toml import Scalar

_NO_DATA = Text("no data", "자료 없음", "нет данных", "无数据")
_OTHER = Text("other", "기타", "прочее", "其他")
_NEUTRAL = token("#8a8f94")
_REST = token("#b7a98f")
_ONE_COLOUR = token("#8a1c4a")
_SIZES = 5
_RADII_PX = (3.0, 15.0)
_WIDTHS_PX = (1.5, 8.0)
_DIGITS = 15
_MANY_DIGITS = 10_000  # from here on digits are grouped


@dataclass(frozen=True, slots=True)
class Looks:
    """A layer with styles by value turned into rules, and what these rules need.

    Attributes
    ----------
    layer
        With its rules.
    styles, colours
        Those that the rules name, beside the ones of the theme.
    keys
        Rows of the legend that no rule makes: style, label, kind of geometry.
    """

    layer: ThemeLayer
    styles: Mapping[str, Style] = field(default_factory=dict)
    colours: Mapping[str, Colour] = field(default_factory=dict)
    keys: Sequence[tuple[str, Text, str]] = ()


@dataclass(frozen=True, slots=True)
class _Class:
    """One row of the legend: its conditions, label and style."""

    when: tuple[Condition, ...]
    label: Text
    colour: Colour


def columns_of(data: LayerData | BulkData) -> list[str]:
    """Names of the columns of a layer."""
    return list(data.columns if isinstance(data, LayerData) else data.table.column_names)


def values_in(data: LayerData | BulkData, column: str) -> list[Json]:
    """Value of a column for each feature that has a geometry."""
    if isinstance(data, LayerData):
        return [properties_of(feature).get(column) for feature in data.features]
    from maps.features.column import values_of

    values = values_of(data.table, column)
    return [values[row] for row in data.shapes.row.tolist()]


def check_columns(layer: ThemeLayer, data: LayerData | BulkData) -> None:
    """Check that every column named by a user's layer is in its file.

    Raises
    ------
    FeatureError
        With the nearest spelling.
    """
    columns = columns_of(data)
    classes = layer.classes or Classes()
    requested = [
        *((item.property, "filter") for item in layer.filter),
        *((item.property, "symbols") for symbol in layer.symbols for item in symbol.when),
        *((name, "symbols") for name in (classes.column, classes.size) if name),
        *((field.column, "popup") for field in layer.popup),
        *((field.alt, "popup") for field in layer.popup if field.alt),
        *((field.column, "tooltip") for field in layer.tooltip),
        *((name, "time") for name in layer.time),
    ]
    if layer.labels and layer.labels.property != "name":
        requested.append((layer.labels.property, "labels"))
    for name, key in requested:
        if columns and name not in {*columns, "geometry", "id"}:
            raise FeatureError(
                f"{data.record.name!r} has no column {name!r}, which {key} asks for; {nearest(name, columns)}",
                source=data.record.name,
            )


def looks_of(layer: ThemeLayer, data: LayerData | BulkData) -> Looks:
    """Make rules from the classes of a layer; a layer without classes is not changed.

    Raises
    ------
    FeatureError
        When a column cannot be classified that way.
    """
    if layer.classes is None:
        return Looks(layer)
    classes = layer.classes
    name = data.record.name
    rows = (
        _colour_classes(classes, values_in(data, classes.column), name)
        if classes.column
        else [_Class((), Text(""), _ONE_COLOUR)]
    )
    sizes = _size_classes(values_in(data, classes.size), classes.size, name) if classes.size else []
    kinds = kinds_of(data)
    styles: dict[str, Style] = {}
    symbols: list[Symbol] = []
    for row in rows:
        for kind in kinds:
            at = (Condition("geometry", any_of=(kind,)),) if len(kinds) > 1 else ()
            for condition, share in _steps(sizes, kind):
                style = _style(row.colour, kind, share)
                styles[style.name] = style
                symbols.append(Symbol(style.name, row.label, (*row.when, *condition, *at)))
    keys: list[tuple[str, Text, str]] = []
    if sizes and (classes.column or len(sizes) > 1):
        keys, extra = _size_keys(sizes, kinds, _NEUTRAL if classes.column else _ONE_COLOUR)
        styles |= extra
    colours = {colour.name: colour for colour in (*(row.colour for row in rows), _NEUTRAL, _ONE_COLOUR)}
    return Looks(replace(layer, symbols=tuple(symbols)), styles, colours, keys)


def _colour_classes(classes: Classes, values: Sequence[Json], name: str) -> list[_Class]:
    present = [value for value in values if value is not None and value != ""]
    numbers = [float(value) for value in present if isinstance(value, int | float) and not isinstance(value, bool)]
    numeric = bool(numbers) and len(numbers) == len(present)
    if classes.scheme in {"", "categories"} and (classes.scheme or not numeric):
        classes_made = _categories(classes, present)
    elif not numeric:
        strange = next(
            (value for value in present if isinstance(value, bool) or not isinstance(value, int | float)), None
        )
        raise FeatureError(
            f"{classes.scheme} puts numbers into classes, {classes.column!r} of {name!r} holds {strange!r}; "
            "take scheme = 'categories'",
            source=name,
        )
    else:
        classes_made = _intervals(classes, np.array(numbers))
    if len(present) < len(values):
        no_data = Condition(classes.column, any_of=cast("tuple[Scalar, ...]", (None, "")))
        classes_made.append(_Class((no_data,), _NO_DATA, _NEUTRAL))
    return sorted(classes_made, key=lambda row: row.label == _OTHER)


def _categories(classes: Classes, present: Sequence[Json]) -> list[_Class]:
    """Classes of the most frequent values, in their own order; the rest is other."""
    scalars: list[Scalar] = [value for value in present if isinstance(value, str | int | float | bool)]
    counts = Counter((type(value).__name__, value) for value in scalars)
    limit = max(classes.k, 8) if classes.k == Classes().k else classes.k
    commonest = sorted(counts, key=lambda key: (-counts[key], str(key[1])))[:limit]
    commonest.sort(key=lambda key: (key[0], key[1]))
    colours = palette_of(classes, ordered=False).take(len(commonest))
    rows = [
        _Class((Condition(classes.column, any_of=(value,)),), Text(_word(value)), colour)
        for (_, value), colour in zip(commonest, colours, strict=True)
    ]
    if len(counts) > len(commonest) or len(scalars) < len(present):
        rows.append(_Class((), _OTHER, _REST))
    return rows


def _intervals(classes: Classes, values: np.ndarray) -> list[_Class]:
    uppers = _rounded(values, upper_bounds(values, classes.scheme or "quantiles", classes.k))
    colours = palette_of(classes, ordered=True).take(len(uppers))
    lows = [float(values.min()), *uppers[:-1]]
    different = np.unique(values)
    rows: list[_Class] = []
    for number, (low, upper, colour) in enumerate(zip(lows, uppers, colours, strict=True)):
        last = number == len(uppers) - 1
        begin = low if number == 0 else None
        condition = Condition(
            classes.column, above=None if number == 0 else low, least=begin, most=None if last else upper
        )
        top = float(values.max()) if last else upper
        within = different[(different >= low if number == 0 else different > low) & (different <= top)]
        label = _number(within[0]) if len(within) == 1 else f"{_number(low)} – {_number(top)}"
        rows.append(_Class((condition,), Text(label), colour))
    return rows


def upper_bounds(values: np.ndarray, scheme: str, k: int) -> list[float]:
    """Upper ends of the classes of some numbers, each once, the last the greatest number.

    Parameters
    ----------
    values
        Finite numbers, at least one.
    scheme
        One of ``quantiles``, ``natural-breaks``, ``equal``, ``std``, ``log``.
    k
        Largest number of classes.

    Examples
    --------
    >>> upper_bounds(np.array([1.0, 2.0, 3.0, 4.0]), "quantiles", 2)
    [2.5, 4.0]
    >>> upper_bounds(np.array([1.0, 10.0, 100.0, 1000.0]), "log", 3)
    [10.0, 100.0, 1000.0]
    >>> upper_bounds(np.array([7.0, 7.0]), "equal", 5)
    [7.0]
    """
    different = np.unique(values)
    if len(different) == 1:
        return [float(different[0])]
    if len(different) <= k and scheme in {"quantiles", "natural-breaks"}:
        return [float(value) for value in different]
    if scheme == "log":
        if different[0] <= 0:
            raise FeatureError("scheme = 'log' is for numbers above 0; take quantiles")
        ends = np.logspace(np.log10(different[0]), np.log10(different[-1]), k + 1)[1:]
        bounds = np.array([float(f"{end:.12g}") for end in ends])
    else:
        bounds = _mapclassify(values, different, scheme, k)
    inside = [float(bound) for bound in np.unique(bounds) if different[0] <= bound < different[-1]]
    return [*inside, float(different[-1])]


def _mapclassify(values: np.ndarray, different: np.ndarray, scheme: str, k: int) -> np.ndarray:
    """Let mapclassify find the ends."""
    import warnings

    import mapclassify

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # fewer classes than requested: the legend shows it
        if scheme == "quantiles":
            return np.asarray(mapclassify.Quantiles(values, k=k).bins)
        if scheme == "equal":
            return np.asarray(mapclassify.EqualInterval(values, k=k).bins)
        if scheme == "std":
            return np.asarray(mapclassify.StdMean(values).bins)
        return np.asarray(mapclassify.FisherJenks(_sample(values), k=min(k, len(different))).bins)


def _sample(values: np.ndarray) -> np.ndarray:
    """Take numbers evenly from the sorted ones: natural breaks cost the square of their count."""
    limit = 2_000
    if len(values) <= limit:
        return values
    ordered = np.sort(values)
    return np.asarray(ordered[np.linspace(0, len(ordered) - 1, limit).round().astype(int)])


def _rounded(values: np.ndarray, uppers: Sequence[float]) -> list[float]:
    """Round class boundaries to the fewest digits that keep every number in its class."""
    ordered = np.sort(values)
    ends: list[float] = []
    for upper in uppers[:-1]:
        place = np.searchsorted(ordered, upper, side="right")
        for digits in range(1, _DIGITS):
            rounded = float(f"{upper:.{digits}g}")
            if np.searchsorted(ordered, rounded, side="right") == place and (not ends or rounded > ends[-1]):
                break
        else:
            rounded = upper
        ends.append(rounded)
    return [*ends, float(uppers[-1])]


def _size_classes(values: Sequence[Json], column: str, name: str) -> list[tuple[Condition, float, Text]]:
    """Find steps of size by value, the area of a symbol in proportion: condition, share of the largest, label."""
    numbers = np.array(
        [float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    )
    if not len(numbers) or numbers.max() <= 0:
        raise FeatureError(f"a column of sizes holds numbers above 0, {column!r} of {name!r} has none", source=name)
    positive = numbers[numbers > 0]
    uppers = _rounded(positive, upper_bounds(positive, "natural-breaks", _SIZES))
    steps: list[tuple[Condition, float, Text]] = []
    low: float | None = None
    for number, upper in enumerate(uppers):
        last = number == len(uppers) - 1
        middle = upper if low is None else (low + upper) / 2
        label = f"≤ {_number(upper)}" if low is None else f"{_number(low)} – {_number(upper)}"
        condition = Condition(column, above=low, least=0 if low is None else None, most=None if last else upper)
        steps.append((condition, math.sqrt(middle / uppers[-1]), Text(label)))
        low = upper
    return steps


def _steps(
    sizes: Sequence[tuple[Condition, float, Text]], kind: str
) -> list[tuple[tuple[Condition, ...], float | None]]:
    """Conditions of the sizes, and the share that each draws; features without a size are drawn at the smallest."""
    if not sizes or kind == "area":
        return [((), None)]
    return [*(((condition,), share) for condition, share, _ in sizes), ((), 0.0)]


def _size_keys(
    sizes: Sequence[tuple[Condition, float, Text]], kinds: Sequence[str], colour: Colour
) -> tuple[list[tuple[str, Text, str]], dict[str, Style]]:
    kind = next((candidate for candidate in kinds if candidate != "area"), "")
    styles = {share: _style(colour, kind, share) for _, share, _ in sizes} if kind else {}
    return (
        [(styles[share].name, label, kind) for _, share, label in sizes] if kind else [],
        {style.name: style for style in styles.values()},
    )


def _style(colour: Colour, kind: str, share: float | None) -> Style:
    """Look of a kind of geometry in a colour, at a share of the largest size."""
    tail = "" if share is None else f"-{round(share * 100)}"
    name = f"{colour.name}-{kind}{tail}"
    if kind == "area":
        return Style(name, (Stroke("halo", 0.8),), colour.name, 0.85)
    if kind == "line":
        low, high = _WIDTHS_PX
        width = 3.0 if share is None else round(low + (high - low) * share, 1)
        return Style(name, (Stroke("halo", width + 2, opacity=0.8), Stroke(colour.name, width)))
    low, high = _RADII_PX
    radius = 5.5 if share is None else round(max(low, high * share), 1)
    return Style(name, (Stroke("halo", 1.2),), colour.name, 0.92, "circle", radius)


def _word(value: Scalar) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return _number(value) if isinstance(value, int | float) else str(value)


def _number(value: float) -> str:
    """Text of a class boundary: as few digits as needed, thousands separated.

    Examples
    --------
    >>> _number(1234567.0), _number(0.25), _number(1e-7)
    ('1\u202f234\u202f567', '0.25', '1e-07')
    """
    if float(value).is_integer() and abs(value) < 10**_DIGITS:
        whole = int(value)
        return f"{whole:,}".replace(",", "\u202f") if abs(whole) >= _MANY_DIGITS else str(whole)
    return f"{value:.6g}"
