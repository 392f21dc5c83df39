"""The railways as a network that `geo` can route over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from geo import Edge, LonLat, Network, Node, PublishedLength, parse_date

from .catalog import catalog, sources
from .errors import DataFileError
from .history import features_at
from .store import DataPath, JsonObject, data_directory, properties_of, read_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .record import Source


def network(*, as_of: str | None = None, data: DataPath = None) -> Network:
    """Build the network that could carry traffic on a day.

    Parameters
    ----------
    as_of
        ISO 8601 date of any precision; by default the newest date that the data knows.
    data
        The data directory; by default that of ``TUMEN_DATA``, else the layers that tumen ships.

    Returns
    -------
    Network
        Nodes are stations, edges are sections of railway between two of them.

    Raises
    ------
    geo.InvalidDateError
        When `as_of` is not a date.

    Examples
    --------
    >>> len(network(as_of="2024").edges) > 100
    True
    """
    known = catalog(data=data)
    day = parse_date(as_of or known.latest).latest
    nodes = [_node(feature) for feature in known.features("stations")]
    sections = features_at(known.features("railways"), day)
    edges = [(_status(feature) == "operating", _edge(feature)) for feature in sections]
    return Network(
        nodes,
        [edge for is_open, edge in edges if is_open],
        withheld=[edge for is_open, edge in edges if not is_open],
        as_of=as_of or known.latest,
    )


def published_lengths(*, data: DataPath = None) -> tuple[PublishedLength, ...]:
    """Read the published lengths between two named places, the disagreeing ones too; `data` as in `network`."""
    directory = data_directory(data)
    titles = sources(data=directory)
    path = directory / "lengths.json"
    content = cast("dict[str, Any]", read_json(path))
    try:
        return tuple(_published(row, titles) for row in content["lengths"])
    except (KeyError, TypeError) as error:
        raise DataFileError(f"{path} does not list lengths of known sources: {error!r}") from None


def _published(row: dict[str, Any], titles: Mapping[str, Source]) -> PublishedLength:
    return PublishedLength(
        from_id=row["from"],
        to_id=row["to"],
        length_m=row["length_m"],
        source=row["source"],
        source_title=titles[row["source"]].cite(),
        note=row.get("note", ""),
        used=row["used"],
        via_id=row.get("via"),
    )


def _status(feature: JsonObject) -> str | None:
    return cast("str | None", properties_of(feature)["status"])


def _node(feature: JsonObject) -> Node:
    properties = cast("dict[str, Any]", properties_of(feature))
    lon, lat = cast("dict[str, Any]", feature["geometry"])["coordinates"]
    return Node(properties["id"], LonLat(lon, lat), properties["name"], properties["accuracy_m"])


def _edge(feature: JsonObject) -> Edge:
    properties = cast("dict[str, Any]", properties_of(feature))
    coordinates = cast("dict[str, Any]", feature["geometry"])["coordinates"]
    return Edge(
        id=properties["id"],
        from_node=properties["from_node"],
        to_node=properties["to_node"],
        mode="rail",
        line=properties["name"],
        gauges_mm=tuple(properties["gauge_mm"]),
        length_m=properties["length_m"],
        uncertainty_m=properties["length_uncertainty_m"],
        chainages_km=(properties.get("chainage_from_km"), properties.get("chainage_to_km")),
        status=properties["status"],
        countries=tuple(properties["countries"]),
        sources=tuple(properties["sources"]),
        geometry_method=properties["geometry_method"],
        coordinates=tuple((lon, lat) for lon, lat in coordinates),
    )
