"""The story of a theme: views, figures, charts, lengths and claims, read from its TOML and checked against the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from geo import InvalidDateError, parse_date
from geo.spelling import nearest
from maps.i18n.text import Text

if TYPE_CHECKING:
    from geo import BBox
    from layers import Series
    from layers.record.store import DataPath

    from .toml import Table

ChartKind: TypeAlias = Literal["columns", "rows"]
Mode: TypeAlias = Literal["rail", "road", "sea"]

_NO_WORDS = Text("")
_COLUMNS_FROM = 3  # periods
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Look:
    """One thing to look at, and where it is.

    Attributes
    ----------
    text
        One or two sentences.
    extent
        Where to see it; nothing when it is not at one place.
    """

    text: Text
    extent: BBox | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the tour of a theme.

    Attributes
    ----------
    title, text
        Its title, and its text of one to three sentences.
    extent
        What of the map it shows; nothing leaves the view as it is.
    day
        ISO 8601 date of any precision whose state it shows; nothing leaves the day as it is.
    lit
        Ids of the features that it speaks of, or a whole layer as ``railways/*``; the others are dimmed. Nothing dims nothing.
    """

    title: Text
    text: Text
    extent: BBox | None = None
    day: str = ""
    lit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Callout:
    """A few words beside a feature in the opening view, with a leader line.

    Attributes
    ----------
    at
        Id of the feature, or longitude and latitude in degrees.
    begin, end
        First and last day on which it is shown, as ISO 8601 dates of any precision; without both it is of the newest day alone.
    """

    text: Text
    at: str | tuple[float, float]
    begin: str = ""
    end: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether it holds on days of its own."""
        return bool(self.begin or self.end)


@dataclass(frozen=True, slots=True)
class Fact:
    """A number, its meaning and its sources."""

    label: Text
    value: float
    unit: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A series of `layers`, drawn.

    Attributes
    ----------
    series
        Its name.
    kind
        ``columns`` along a line of time, or ``rows``, one for each published value.
    parts
        The parts of the whole that are drawn, one chart each; an empty text is the whole.
    """

    series: str
    title: Text
    kind: ChartKind
    parts: tuple[str, ...] = ("",)
    note: Text = _NO_WORDS


@dataclass(frozen=True, slots=True)
class Way:
    """A way whose length is worked out when the page is made.

    Attributes
    ----------
    mode
        ``rail``, ``road`` or ``sea``.
    origin, destination
        A name or an id that `layers.find` knows.
    if_open
        States of railway that are taken to be open for it; such a way is marked as hypothetical.
    """

    mode: Mode
    origin: str
    destination: str
    if_open: tuple[str, ...] = ()
    label: Text = _NO_WORDS


@dataclass(frozen=True, slots=True)
class Comparison:
    """Lengths of ways, side by side."""

    title: Text
    ways: tuple[Way, ...]
    note: Text = _NO_WORDS


@dataclass(frozen=True, slots=True)
class Story:
    """The story of a theme beside its map.

    Attributes
    ----------
    claims
        The articles whose claims are listed.
    compare
        Two dates, the earlier first, whose maps stand side by side at a button; nothing when the theme offers no such pair.
    """

    looks: tuple[Look, ...] = ()
    facts: tuple[Fact, ...] = ()
    charts: tuple[Chart, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    claims: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    compare: tuple[str, ...] = ()
    callouts: tuple[Callout, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether the story has any content."""
        return any((self.looks, self.facts, self.charts, self.comparisons, self.claims, self.steps))


def read_story(table: Table, data: DataPath = None) -> Story:
    """Read the story of a theme; problems are noted in its table.

    Parameters
    ----------
    table
        The whole theme.
    data
        The data directory. Series, periods, parts, sources, claims and places must be on its record.
    """
    return _StoryReader(data).story(table)


@dataclass(frozen=True, slots=True)
class _StoryReader:
    """Reads the tables of a story, and checks names against the record of a data directory."""

    data: DataPath

    def story(self, table: Table) -> Story:
        return Story(
            tuple(_look(item) for item in table.tables("look")),
            tuple(self._fact(item) for item in table.tables("fact")),
            tuple(self._chart(item) for item in table.tables("chart")),
            tuple(self._comparison(item) for item in table.tables("comparison")),
            self._claims(table),
            tuple(_step(item) for item in table.tables("step")),
            _compare(table),
            tuple(self._callout(item) for item in table.tables("callout")),
        )

    def _fact(self, table: Table) -> Fact:
        label = table.text("label")
        if "series" in table:
            return self._recorded(table, label)
        sources = table.words("sources")
        self._check_sources(table, sources)
        return Fact(label, table.number("value"), table.string("unit"), sources)

    def _recorded(self, table: Table, label: Text) -> Fact:
        """Return the value that the record uses."""
        series = self._series(table)
        period, part = table.string("period"), table.string("part")
        if series is None or not period:
            return Fact(label, 0, "", ())
        rows = [row for row in series.at(period, part) if row.used]
        if not rows:
            periods = [f"{row.period} {row.part}".strip() for row in series if row.used]
            table.problem(
                "period", f"{series.name!r} has no used value for {period!r} {part!r}; {_near(period, periods)}"
            )
            return Fact(label, 0, "", ())
        return Fact(label, rows[0].value, rows[0].unit, (rows[0].source,))

    def _chart(self, table: Table) -> Chart:
        series = self._series(table)
        parts = table.words("parts") if "parts" in table else ("",)
        if series is not None:
            parts_of_series = sorted({row.part for row in series})
            for part in parts:
                if part not in parts_of_series:
                    table.problem("parts", f"{series.name!r} has no part {part!r}; {nearest(part, parts_of_series)}")
        periods = {row.period for row in series or () if row.part in parts}
        kind = table.string("kind", "columns" if len(periods) >= _COLUMNS_FROM else "rows")
        return Chart(
            series.name if series else "",
            table.text("title", Text(series.title if series else "")),
            cast("ChartKind", kind),
            parts,
            table.text("note"),
        )

    def _comparison(self, table: Table) -> Comparison:
        ways = tuple(self._way(item) for item in table.tables("way"))
        return Comparison(table.text("title"), ways, table.text("note"))

    def _way(self, table: Table) -> Way:
        import layers

        mode, states = table.string("mode"), table.words("if_open")
        ends = table.string("from"), table.string("to")
        for key, name in zip(("from", "to"), ends, strict=True):
            try:
                if name:
                    layers.find(name, data=self.data)
            except layers.PlaceError as error:
                table.problem(key, str(error))
        if states and mode in {"road", "sea"}:
            table.problem("if_open", "only railways can be taken to be open; drop the key")
        return Way(cast("Mode", mode), *ends, states, table.text("label"))

    def _claims(self, table: Table) -> tuple[str, ...]:
        import layers

        seeds = table.words("claims")
        articles = dict.fromkeys(claim.seed for claim in layers.claims(data=self.data)) if seeds else {}
        for seed in seeds:
            if seed not in articles:
                table.problem("claims", f"no claim is of the article {seed!r}; {nearest(seed, articles)}")
        return seeds

    def _callout(self, table: Table) -> Callout:
        text, days = table.text("text"), _validity(table)
        if isinstance(table.values.get("at"), list):
            numbers = table.numbers("at")
            return Callout(text, (numbers[0], numbers[-1]) if numbers else "", *days)
        feature = table.string("at")
        features = self._features() if feature else ()
        if feature and feature not in features:
            hint = nearest(feature, features, otherwise="of a file of your own give [longitude, latitude]")
            table.problem("at", f"there is no feature {feature!r}; {hint}")
        return Callout(text, feature, *days)

    def _features(self) -> list[str]:
        """Ids of all features on the record."""
        import layers

        catalog = layers.catalog(data=self.data)
        return [key for record in catalog if record.group == "subject" for key in catalog.ids(record.name)]

    def _series(self, table: Table) -> Series | None:
        import layers

        name = table.string("series")
        if name and name not in layers.series_names(data=self.data):
            table.problem("series", f"unknown series {name!r}; {nearest(name, layers.series_names(data=self.data))}")
            return None
        return layers.series(name, data=self.data) if name else None

    def _check_sources(self, table: Table, ids: tuple[str, ...]) -> None:
        import layers

        sources_on_record = layers.sources(data=self.data)
        for source in ids:
            if source not in sources_on_record:
                hint = _near(source, list(sources_on_record))
                table.problem(
                    "sources", f"unknown source {source!r}; {hint}; sources stand in layers/data/sources.json"
                )


def _look(table: Table) -> Look:
    return Look(table.text("text"), table.box("extent") if "extent" in table else None)


def _compare(table: Table) -> tuple[str, ...]:
    days = table.words("compare")
    if all(_is_date(table, "compare", day) for day in days) and list(days) != sorted(days):
        table.problem("compare", f"the earlier date comes first, got {list(days)}")
    return days


def _validity(table: Table) -> tuple[str, str]:
    """First and last day of a callout, each empty where it is not given."""
    begin, end = table.string("from"), table.string("until")
    valid = [_is_date(table, key, day) for key, day in (("from", begin), ("until", end)) if day]
    if begin and end and all(valid) and parse_date(end).precedes(parse_date(begin)):
        table.problem("until", f"ends before it begins, got {end!r} after from {begin!r}")
    return begin, end


def _is_date(table: Table, key: str, text: str) -> bool:
    try:
        parse_date(text)
    except InvalidDateError as error:
        table.problem(key, str(error))
        return False
    return True


def _step(table: Table) -> Step:
    day = table.string("day")
    if day:
        _is_date(table, "day", day)
    extent = table.box("extent") if "extent" in table else None
    return Step(table.text("title"), table.text("text"), extent, day, table.words("lit"))


def _near(word: str, known: list[str]) -> str:
    """Hint at the nearest spelling; of a long list, show the beginning."""
    return nearest(word, known, otherwise=f"known are {', '.join(known[:_SHOWN])} …" if len(known) > _SHOWN else None)
