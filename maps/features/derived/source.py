"""A source of features that includes the derived layers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from maps.errors import UnknownSourceError
from maps.features.source import DatedSource, PackagedLayers, data_of

from .claim import claim_points
from .flow import flows
from .gauge_break import gauge_breaks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from maps.features.geojson import Citation, LayerData
    from maps.features.source import FeatureSource

# The layers each is derived from; claims come from the record of `layers` itself.
DERIVED: Mapping[str, tuple[str, ...]] = {
    "claims": (),
    "flows": ("shipments",),
    "gauge-breaks": ("railways", "stations"),
}
_UNDATED = frozenset({"claims", "gauge-breaks"})  # they describe one day


def derives(name: str) -> bool:
    """Tell whether a layer is derived when a page is made.

    Examples
    --------
    >>> derives("flows"), derives("railways")
    (True, False)
    """
    return name in DERIVED


@dataclass(frozen=True, slots=True)
class DerivedSource:
    """A `FeatureSource` that works out the derived layers from another and hands through the rest."""

    origin: FeatureSource

    def features(self, source: str, as_of: str | None) -> LayerData:
        """Return a layer as it was on a day."""
        if not derives(source):
            return self.origin.features(source, as_of)
        return self._derive(source, [self.origin.features(name, as_of) for name in DERIVED[source]])

    def every_state(self, source: str) -> LayerData:
        """Return every feature a layer ever had; check `is_dated` first."""
        if not isinstance(self.origin, DatedSource) or source in _UNDATED:
            raise UnknownSourceError(source, [name for name in DERIVED if name not in _UNDATED])
        if not derives(source):
            return self.origin.every_state(source)
        return self._derive(source, [self.origin.every_state(name) for name in DERIVED[source]])

    def is_dated(self, source: str) -> bool:
        """Tell whether `every_state` supports a layer."""
        return isinstance(self.origin, DatedSource) and source not in _UNDATED

    def citations(self) -> Mapping[str, Citation]:
        """Return the sources of our record, which series and claims cite, and those of the origin."""
        if isinstance(self.origin, PackagedLayers):
            return self.origin.citations()
        return {**PackagedLayers().citations(), **self.origin.citations()}

    def latest_date(self) -> str:
        """Return the newest date in the origin."""
        return self.origin.latest_date()

    def _derive(self, name: str, origins: list[LayerData]) -> LayerData:
        match name:
            case "flows":
                return flows(origins[0], data_of(self.origin))
            case "gauge-breaks":
                return gauge_breaks(*origins)
            case _:
                return claim_points(data_of(self.origin))
