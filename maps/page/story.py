"""The story of a theme as HTML: one section a language, readable without a script."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from markupsafe import Markup

from geo import parse_date
from maps.features.geojson import properties_of
from maps.features.lengths import measure
from maps.i18n.number import amount, kilometres, number, period, short
from maps.i18n.text import LANGUAGE_TAGS, NAME_PROPERTIES, Language, strings

from .chart import Bar, BarGroup, Column, columns, rows
from .claims_table import claim_rows
from .credit import short_name, sources_of
from .template import template

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    from layers import Series, SeriesValue
    from maps.features.geojson import Citation, Feature
    from maps.features.lengths import Measured
    from maps.themes.story import Chart, Comparison, Fact, Story, Way

    from .chart import Look

_KILOMETRE_M = 1000
_DAYS = 365.25
_PERIOD, _PART, _VALUE, _SOURCE = "period", "part", "value", "source"


@dataclass(frozen=True, slots=True)
class Setting:
    """The setting of a story: language, sources, day, data directory."""

    lang: Language
    citations: Mapping[str, Citation]
    as_of: str | None = None
    data: str | os.PathLike[str] | None = None

    def word(self, section: str, key: str) -> str:
        """Word of the pages' vocabulary, or the key itself."""
        return strings(self.lang).get(section, {}).get(key, key)


def story_section(story: Story, setting: Setting, *, shown: bool = True) -> Markup:
    """Write the story in one language.

    Parameters
    ----------
    story
        The story.
    setting
        The language, sources, day and data directory.
    shown
        Whether it is the language that the page opens in.

    Returns
    -------
    Markup
        A ``<section class="story">``; empty when there is no story. It holds no id, so that several languages can
        be in one page.

    Raises
    ------
    FeatureError
        When a route of a comparison does not exist.
    """
    if not (story.steps or story.looks or story.facts or story.charts or story.comparisons):
        return Markup("")
    return _written(
        "story",
        setting,
        shown=shown,
        tag=LANGUAGE_TAGS[setting.lang],
        looks=[{"text": look.text.into(setting.lang), "shown": look.extent is not None} for look in story.looks],
        steps=[{"title": step.title.into(setting.lang), "text": step.text.into(setting.lang)} for step in story.steps],
        facts=[_fact(fact, setting) for fact in story.facts],
        charts=[_chart(chart, setting) for chart in story.charts],
        comparisons=[_comparison(item, setting) for item in story.comparisons],
    )


def claim_section(story: Story, setting: Setting) -> Markup:
    """Write the table of claims, once for all languages: the texts are marked for the language switch.

    Returns
    -------
    Markup
        Empty when the story shows no claims.
    """
    if not story.claims:
        return Markup("")
    return _written(
        "claims",
        setting,
        claims=claim_rows(story.claims, setting.citations, setting.lang, setting.data),
    )


def _written(name: str, setting: Setting, **values: object) -> Markup:
    words = strings(setting.lang)
    text = template(name).render(say=words["story"], ui=words["ui"], **values)
    return Markup(text)  # noqa: S704  the template escaped it


def _fact(fact: Fact, setting: Setting) -> dict[str, object]:
    return {
        "value": amount(fact.value, fact.unit, setting.lang),
        "label": fact.label.into(setting.lang),
        "sources": sources_of(fact.sources, setting.citations),
    }


# ---------------------------------------------------------------- charts of series


def _chart(chart: Chart, setting: Setting) -> dict[str, object]:
    import layers

    series = layers.series(chart.series, data=setting.data)
    shown = [row for row in series if row.part in chart.parts]
    title = chart.title.into(setting.lang)
    draw = _columns if chart.kind == "columns" else _rows
    return {
        "title": title,
        "unit": setting.word("unit", series.unit),
        "note": chart.note.into(setting.lang),
        "figures": draw(chart, series, title, setting),
        "others": any(not row.used for row in shown),
        "sources": sources_of((row.source for row in shown), setting.citations),
        "rows": [_table_row(row, setting) for row in shown],
        "with_part": any(row.part for row in shown),
        "with_note": any(row.note for row in shown),
    }


def _table_row(row: SeriesValue, setting: Setting) -> dict[str, object]:
    return {
        "period": period(row.period),
        "part": _part(row.part, setting),
        "value": amount(row.value, row.unit, setting.lang),
        "used": row.used,
        "sources": sources_of([row.source], setting.citations),
        "note": row.note,
    }


def _part(part: str, setting: Setting) -> str:
    return setting.word("part", part) if part else setting.word("story", "whole")


def _columns(chart: Chart, series: Series, title: str, setting: Setting) -> list[dict[str, object]]:
    """Draw each part in a chart of its own, on one scale."""
    parts = [(part, [_column(row, setting) for row in _widest(series, part)]) for part in chart.parts]
    top = max((column.value for _, shown in parts for column in shown), default=0.0)
    unit = setting.word("unit", series.unit)

    def written(value: float) -> str:
        return number(value, setting.lang)

    return [
        {
            "title": _part(part, setting) if len(parts) > 1 or part else "",
            "svg": columns(shown, label=f"{title}. {_part(part, setting)}. {unit}", write=written, top=top),
        }
        for part, shown in parts
    ]


def _widest(series: Series, part: str) -> list[SeriesValue]:
    """Values of a part, without those for a piece of a period that has values of its own."""
    values = [row for row in series if row.part == part]
    spans = {(row.begin, row.end) for row in values}
    inner = {span for span in spans for other in spans if other != span and other[0] <= span[0] and span[1] <= other[1]}
    return sorted(
        (row for row in values if (row.begin, row.end) not in inner), key=lambda row: (row.begin, row.end, not row.used)
    )


def _column(row: SeriesValue, setting: Setting) -> Column:
    look: Look = "used" if row.used else "other"
    return Column(
        _year(row.period, end=False), _year(row.period, end=True), row.value, short(row.value, setting.lang), look
    )


def _year(text: str, *, end: bool) -> float:
    """Beginning or end of a period, in years."""
    first, _, last = text.partition("/")
    date = parse_date(last or first).latest if end else parse_date(first).earliest
    start = date.replace(month=1, day=1)
    return date.year + ((date - start).days + end) / (date.replace(month=12, day=31) - start).days.__add__(1)


def _rows(chart: Chart, series: Series, title: str, setting: Setting) -> list[dict[str, object]]:
    """Draw a bar for each published value, by period and part."""
    values = [row for row in series if row.part in chart.parts]
    keys = dict.fromkeys((row.period, row.part) for row in values)
    groups = []
    for key in keys:
        bars = sorted((row for row in values if (row.period, row.part) == key), key=lambda row: not row.used)
        words = [period(key[0]) if len({when for when, _ in keys}) > 1 else "", setting.word("part", key[1])]
        if not key[1] and len(chart.parts) > 1:
            words[1] = _part("", setting)
        groups.append(BarGroup(", ".join(word for word in words if word), tuple(_bar(row, setting) for row in bars)))
    return [{"title": "", "svg": rows(groups, label=f"{title}. {setting.word('unit', series.unit)}")}]


def _bar(row: SeriesValue, setting: Setting) -> Bar:
    source = setting.citations.get(row.source)
    name = short_name(source) if source else row.source
    return Bar(name, row.value, amount(row.value, row.unit, setting.lang), "used" if row.used else "other")


# ---------------------------------------------------------------- lengths


def _comparison(comparison: Comparison, setting: Setting) -> dict[str, object]:
    measured = [(way, measure(way, as_of=setting.as_of, data=setting.data)) for way in comparison.ways]
    bars = tuple(_length_bar(way, length, setting) for way, length in measured)
    title = comparison.title.into(setting.lang)
    return {
        "title": title,
        "note": comparison.note.into(setting.lang),
        "svg": rows([BarGroup("", bars)], label=title),
        "assumed": any(length.opened for _, length in measured),
        "rows": [_length_row(way, length, setting) for way, length in measured],
    }


def _way_name(way: Way, setting: Setting) -> str:
    ends = f"{_place(way.origin, setting)} – {_place(way.destination, setting)}"
    return f"{setting.word('story', 'by_' + way.mode)}: {way.label.into(setting.lang) or ends}"


def _place(name: str, setting: Setting) -> str:
    """Name of a place in the language; a coordinate is its own name."""
    import layers

    names = _names(name, str(layers.data_directory(setting.data)))
    return names[setting.lang]


@lru_cache(maxsize=256)
def _names(name: str, directory: str) -> dict[Language, str]:
    """Names of a place by language."""
    import layers

    place = layers.find(name, data=directory)
    row = layers.catalog(data=directory).shared_by_id(place.layer).get(place.id) if place.layer else None
    told = properties_of(cast("Feature", row)) if row else {}
    return {lang: str(told.get(key) or place.name) for lang, key in NAME_PROPERTIES.items()}


def _length_bar(way: Way, measured: Measured, setting: Setting) -> Bar:
    return Bar(
        _way_name(way, setting),
        measured.distance.metres / _KILOMETRE_M,
        kilometres(measured.distance, setting.lang),
        "assumed" if measured.opened else "used",
        measured.distance.uncertainty_m / _KILOMETRE_M,
    )


def _length_row(way: Way, measured: Measured, setting: Setting) -> dict[str, object]:
    return {
        "way": _way_name(way, setting),
        "length": kilometres(measured.distance, setting.lang),
        "assumed": bool(measured.opened),
        "opened": [f"{_place(a, setting)} – {_place(b, setting)}" for a, b in measured.opened],
        "breaks": [
            f"{_place(gauge_break.station or gauge_break.place, setting)}, "
            f"{_gauges(gauge_break.before_mm)} → {_gauges(gauge_break.after_mm)}"
            for gauge_break in measured.breaks
        ],
    }


def _gauges(gauges_mm: tuple[int, ...]) -> str:
    return "/".join(map(str, gauges_mm))
