"""GeoJSON documents of any type taken apart into features: collections, single features, bare geometries, sequences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from maps.errors import FeatureError

from .jsontext import JsonText
from .ragged import ragged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from pyproj import CRS

Item: TypeAlias = Mapping[str, Any]

GEOMETRIES = ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon")
COLLECTION = "GeometryCollection"
_LISTS = {"FeatureCollection": "features", COLLECTION: "geometries"}
_CRS84 = ("urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:OGC::CRS84", "OGC:CRS84")


class TopologyError(FeatureError):
    """The document is TopoJSON, whose arcs another reader joins."""


class LateCrsError(FeatureError):
    """The document states its CRS behind its features: read it again, with this one."""

    def __init__(self, crs: CRS) -> None:
        super().__init__("the CRS stands behind the features")
        self.crs = crs


@dataclass(slots=True)
class Document:
    """Members of a document besides its features; filled while reading.

    Attributes
    ----------
    name
        Name of the document in messages.
    members
        Members of the outermost object other than features.
    crs
        Its ``crs`` member, which GeoJSON had before RFC 7946; None for longitude and latitude.
    read
        Characters of its text that have been read.
    """

    name: str
    members: dict[str, Any] = field(default_factory=dict)
    crs: CRS | None = None
    read: int = 0


def features_of_mapping(content: object, document: Document) -> Iterator[Item]:
    """Features of GeoJSON in memory.

    Raises
    ------
    FeatureError
        When it is not GeoJSON.
    """
    name = document.name
    if not isinstance(content, Mapping) or "type" not in content:
        raise FeatureError(f"expected GeoJSON, got {type(content).__name__} ({name!r})", source=name)
    kind = content["type"]
    listed = _LISTS.get(str(kind))
    _keep(document, {key: value for key, value in content.items() if key != listed}, begun=False)
    if listed:
        items = content.get(listed)
        if not isinstance(items, Sequence) or isinstance(items, str):
            raise FeatureError(f"{listed} must be a list of GeoJSON {listed} ({name!r})", source=name)
        yield from (_feature(item, name, number) for number, item in enumerate(items, 1))
    else:
        yield _feature(content, name, 1, alone=True)


def features_of_text(file: BinaryIO, document: Document) -> Iterator[Item]:
    """Features of a document of any size, read one after the other.

    Raises
    ------
    TopologyError
        For TopoJSON.
    LateCrsError
        When a CRS other than WGS 84 follows the features.
    FeatureError
        When it is not GeoJSON.
    """
    text = JsonText(file, document.name)
    count = 0
    while text.peek():
        for item in _document(text, document, begun=count > 0):
            count += 1
            document.read = text.read
            yield _feature(item, document.name, count, alone=True)
    if not count and not document.members:
        raise text.wrong("it is empty")


def _document(text: JsonText, document: Document, *, begun: bool) -> Iterator[Item]:
    """Items of one object of the outermost level: its members are its own, unless it lists features."""
    if text.peek() != "{":
        actual = type(text.value()).__name__
        raise FeatureError(f"expected GeoJSON, got {actual} ({document.name!r})", source=document.name)
    members: dict[str, Any] = {}
    listed = False
    for key in text.members():
        kind = members.get("type")
        if text.peek() == "[" and (_LISTS.get(str(kind)) == key or (kind is None and key in _LISTS.values())):
            listed = True
            _keep(document, members, begun=begun)
            for item in text.elements(lambda: _long(text)):
                begun = True
                yield item
        else:
            members[key] = text.value(partial(_member, text, key))
            if key == "type" and members[key] == "Topology":
                raise TopologyError(f"{document.name!r} is TopoJSON", source=document.name)
    _keep(document, members, begun=begun)
    if listed:
        return
    kind = str(members.get("type"))
    if kind in _LISTS:
        raise FeatureError(
            f"{_LISTS[kind]} must be a list of GeoJSON {_LISTS[kind]} ({document.name!r})", source=document.name
        )
    yield members


def _long(text: JsonText) -> Any:  # noqa: ANN401 - any JSON
    """Read an object of more text than is in memory, member by member; its coordinates as flat arrays."""
    if text.peek() != "{":
        return text.value()
    return {key: _member(text, key) for key in text.members()}


def _member(text: JsonText, key: str) -> Any:  # noqa: ANN401
    opening = text.peek()
    if key == "coordinates":
        return _coordinates(text)
    if key == "geometry" and opening == "{":
        return text.value(lambda: _long(text))
    if key == "geometries" and opening == "[":
        return list(text.elements(lambda: _long(text)))
    return text.value()


def _coordinates(text: JsonText) -> Any:  # noqa: ANN401
    span = text.span()
    if not span:
        return text.value()
    coordinates = ragged(span)
    if coordinates is None:
        return text.value()  # which raises a precise error, or keeps values that are no coordinates
    text.skip(len(span))
    return coordinates


def _feature(item: object, name: str, number: int, *, alone: bool = False) -> Item:
    """Feature of an element of a document; a geometry is a feature without properties."""
    kind = item.get("type") if isinstance(item, Mapping) else None
    if kind == "Feature":
        return item  # type: ignore[return-value]  # a mapping
    if kind in {*GEOMETRIES, COLLECTION}:
        return {"type": "Feature", "geometry": item, "properties": None}
    actual = f"type {kind!r}" if isinstance(item, Mapping) else type(item).__name__
    expected = "a FeatureCollection, a Feature or a geometry" if alone else "a Feature"
    raise FeatureError(f"expected {expected}, got {actual} (feature {number} of {name!r})", source=name)


def _keep(document: Document, members: Mapping[str, Any], *, begun: bool) -> None:
    """Keep the members besides the features, including the CRS."""
    crs = _crs(members["crs"], document.name) if members.get("crs") else None
    if crs is not None and begun and document.crs is None:
        raise LateCrsError(crs)
    document.crs = crs or document.crs
    document.members |= {
        key: value for key, value in members.items() if key in {"type", "title", "licence", "attribution", "name"}
    }


def _crs(member: object, name: str) -> CRS | None:
    """CRS of a ``crs`` member, nothing for longitude and latitude on WGS 84.

    Raises
    ------
    FeatureError
        When it names none that is known.
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    about = member.get("properties") if isinstance(member, Mapping) else None
    code = about.get("name") if isinstance(about, Mapping) else None
    if code in _CRS84:
        return None
    crs_name = code if isinstance(code, str) else str(member)
    try:
        return CRS(crs_name)
    except CRSError:
        raise FeatureError(
            f"the crs member of {name!r} names {crs_name!r}, which is no CRS that is known; correct it, or take it out where "
            "the coordinates are longitude and latitude",
            source=name,
        ) from None
