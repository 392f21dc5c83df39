"""A map of the differences between two states of the data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo import BBox
from layers.difference import read_state
from maps.builder import MapBuilder
from maps.features.geojson import box_of
from maps.features.source import PackagedLayers
from maps.i18n.text import Text
from maps.themes import reader
from maps.themes.model import Condition, Symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from layers import Diff
    from layers.record.store import DataPath


# Vanished features look like closed railways.
_FADED = tuple(
    Symbol(style, Text(""), (Condition("geometry", any_of=(kind,)),))
    for kind, style in (("line", "rail-closed"), ("point", "village"), ("area", "plain-area"))
)
# Margin around the differences.
MARGIN = 0.1
LEAST_DEG = 0.05


def difference_map(diff: Diff, old: DataPath, new: DataPath, *, data: DataPath = None) -> MapBuilder:
    """Map the moved features as they were and as they are, those that appeared and those that vanished.

    Parameters
    ----------
    diff
        The differences.
    old, new
        The two states, as in `layers.diff`.
    data
        The data directory of the base map.

    Returns
    -------
    MapBuilder
        To be saved, or built on.

    Raises
    ------
    FeatureError
        When a feature cannot be drawn.
    """
    before, after = ({key: row for key, (_, row) in read_state(path)[0].items()} for path in (old, new))
    moved = [item.id for item in diff.moved if item.offset_m is not None]
    parts = {
        "Moved: new place": [after[key] for key in moved],
        "Moved: old place": [before[key] for key in moved],
        "Appeared": [after[item.id] for item in diff.appeared],
        "Vanished": [before[item.id] for item in diff.vanished],
    }
    shown = [row for rows in parts.values() for row in rows]
    theme = reader.theme("overview", data=data)
    plain = replace(
        theme,
        title=Text("Differences"),
        intro=Text(f"{diff.old} → {diff.new}: {diff.summary()}."),
        layers=(),
        views=(),
        extent=_extent(shown) or theme.extent,
    )
    builder = MapBuilder(plain, source=PackagedLayers(data))
    for title, rows in parts.items():
        if rows:
            gone = title in {"Moved: old place", "Vanished"}
            symbols = _FADED if gone else ()
            builder = builder.add({"type": "FeatureCollection", "features": rows}, title=title, symbols=symbols)
    return builder


def _extent(features: Iterable[Mapping[str, object]]) -> BBox | None:
    """Box around features, with a margin."""
    box = box_of(features)
    if box is None:
        return None
    across, up = max((box.east - box.west) * MARGIN, LEAST_DEG), max((box.north - box.south) * MARGIN, LEAST_DEG)
    return BBox(
        max(box.west - across, -180.0),
        max(box.south - up, -90.0),
        min(box.east + across, 180.0),
        min(box.north + up, 90.0),
    )
