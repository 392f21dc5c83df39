"""Raster tiles over the base map, on demand: which provider, which hosts it is fetched from, on what terms.

Addresses and attributions are those of the package xyzservices. A page with tiles is the one that needs a network; its content
security policy lets it ask exactly the hosts of the provider for pictures, and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from markupsafe import Markup

from geo.spelling import close
from maps.errors import TileError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLACE = re.compile(r"\{([^{}]*)\}")
_HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+(:\d+)?")
_OF_LEAFLET = frozenset({"s", "z", "x", "y", "r"})
_CRS = "EPSG:3857"
_TILE_PX = 256
_MAX_ZOOM = 18


@dataclass(frozen=True, slots=True)
class Tiles:
    """Raster tiles in Web Mercator.

    Attributes
    ----------
    name
        Name of the provider, such as ``OpenStreetMap.Mapnik``.
    url
        With ``{z}``, ``{x}``, ``{y}`` and perhaps ``{s}`` and ``{r}``, as Leaflet reads it.
    subdomains
        Values of ``{s}``.
    origins
        ``https://`` and host of every server that a page may fetch from.
    attribution
        As plain text.
    max_zoom
        The largest scale of the tiles.
    """

    name: str
    url: str
    subdomains: tuple[str, ...]
    origins: tuple[str, ...]
    attribution: str
    max_zoom: int = _MAX_ZOOM

    @property
    def hosts(self) -> tuple[str, ...]:
        """Hosts that a page fetches from."""
        return tuple(origin.removeprefix("https://") for origin in self.origins)

    @property
    def dark(self) -> bool:
        """Whether the provider calls them dark."""
        return "dark" in self.name.lower() or "black" in self.name.lower()

    def block(self) -> dict[str, object]:
        """Return what the script of the page needs."""
        return {
            "url": self.url,
            "subdomains": self.subdomains,
            "maxZoom": self.max_zoom,
            "dark": self.dark,
        }


def tiles(name: str) -> Tiles:
    """Find a provider of raster tiles.

    Parameters
    ----------
    name
        As xyzservices has it, such as ``OpenStreetMap.Mapnik``.

    Returns
    -------
    Tiles

    Raises
    ------
    TileError
        When there is none with this name, or a page cannot or must not use it: it needs a key, is not in Web Mercator, is broken,
        or is not served by https.

    Examples
    --------
    >>> tiles("OpenStreetMap.Mapnik").attribution
    '© OpenStreetMap contributors'
    >>> tiles("OpenStreetMap.Mapnick")
    Traceback (most recent call last):
    ...
    maps.errors.TileError: no provider of tiles is called 'OpenStreetMap.Mapnick'; did you mean 'OpenStreetMap.Mapnik'?
    """
    import xyzservices.providers

    providers = xyzservices.providers.flatten()
    provider = providers.get(name)
    if provider is None:
        raise TileError(f"no provider of tiles is called {name!r}; {_nearest(name, providers)}")
    _check(name, provider)
    return _tiles(name, provider)


def _nearest(name: str, providers: Mapping[str, object]) -> str:
    by_case = {other.lower(): other for other in providers}
    if near := close(name.lower(), by_case):
        return f"did you mean {by_case[near[0]]!r}?"
    return "see the list of xyzservices; one without a key is 'OpenStreetMap.Mapnik'"


def _check(name: str, provider: Mapping[str, object]) -> None:
    if provider.requires_token():  # type: ignore[attr-defined]
        raise TileError(
            f"{name} wants a key, and a key in a page is there for whoever opens the page: it cannot be used here; "
            "choose a provider without one, such as 'OpenStreetMap.Mapnik'"
        )
    if provider.get("status") == "broken":
        raise TileError(f"{name} is marked as broken in xyzservices; choose another provider")
    if provider.get("crs", _CRS) != _CRS or provider.get("tms") or provider.get("tileSize", _TILE_PX) != _TILE_PX:
        raise TileError(
            f"{name} does not serve tiles of {_TILE_PX} px in Web Mercator ({_CRS}), which the pages draw; choose another"
        )


def _tiles(name: str, provider: Mapping[str, object]) -> Tiles:
    url = _PLACE.sub(
        lambda match: match[0] if match[1] in _OF_LEAFLET else str(provider.get(match[1], match[0])),
        str(provider["url"]),
    )
    unfilled = {match[1] for match in _PLACE.finditer(url)} - _OF_LEAFLET
    if unfilled or not {"z", "x", "y"} <= {match[1] for match in _PLACE.finditer(url)}:
        raise TileError(f"{name} has an address that no page of ours can fill in: {url}")
    declared = provider.get("subdomains", "abc")
    subdomains = (
        tuple(str(part) for part in declared) if "{s}" in url and isinstance(declared, str | list | tuple) else ()
    )
    origins = tuple(_origin(name, url.replace("{s}", part)) for part in subdomains or ("",))
    max_zoom = provider.get("max_zoom", _MAX_ZOOM)
    attribution = Markup(str(provider.get("attribution", ""))).striptags().replace("(C)", "©")  # noqa: S704  text again
    return Tiles(
        name, url, subdomains, origins, attribution, int(max_zoom) if isinstance(max_zoom, int | float) else _MAX_ZOOM
    )


def _origin(name: str, url: str) -> str:
    """Scheme and host of an address, checked: it goes into a content security policy."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise TileError(f"{name} is served by {parts.scheme or 'no scheme'}, not by https; choose another provider")
    if not _HOST.fullmatch(parts.netloc):
        raise TileError(f"{name} has a host that is none: {parts.netloc!r}")
    return f"https://{parts.netloc}"
