"""FlatGeobuf: one layer a file, with a spatial index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .flat import frame
from .licence import notice

if TYPE_CHECKING:
    from pathlib import Path

    from .content import LayerState


def write(state: LayerState, path: Path) -> None:
    """Write a layer to a new file."""
    rows = frame(state.name, state.features)
    kinds = set(rows.geom_type)
    rows.to_file(
        path,
        driver="FlatGeobuf",
        engine="pyogrio",
        use_arrow=True,
        geometry_type=kinds.pop() if len(kinds) == 1 else "Unknown",
        layer=state.name,
        TITLE=state.record.title,
        DESCRIPTION=notice(state),
    )
