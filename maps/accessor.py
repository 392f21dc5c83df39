"""``frame.tumen.explore()``: importing this module gives every pandas and GeoPandas frame the accessor ``tumen``.

``import maps`` imports it where pandas is imported already, and else the first name of `maps` that is used when it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Callable

    from .explorer import Exploration


class TumenAccessor:
    """The methods of tumen on a frame.

    Attributes
    ----------
    explore
        As `maps.explore`, of this frame.
    """

    def __init__(self, frame: object) -> None:
        self._frame = frame

    @property
    def explore(self) -> Callable[..., Exploration]:
        """Make a map of the frame; parameters as in `maps.explore`."""
        from functools import partial

        from .explorer import explore

        return partial(explore, self._frame)


for _register in (pd.api.extensions.register_dataframe_accessor, pd.api.extensions.register_series_accessor):
    _register("tumen")(TumenAccessor)
