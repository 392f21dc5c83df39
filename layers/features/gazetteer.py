"""Finds a place by name, id or coordinates."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, cast

from geo import LonLat, as_lonlat, distance, precision_m
from geo.lonlat import is_meant_as_position
from geo.spelling import close
from layers.errors import AmbiguousPlaceError, DataFileError, UnknownLayerError, UnknownPlaceError
from layers.record.store import data_file, parse_json, read_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo import Position
    from layers.record.store import DataPath

# Of several features with one name in one place, the one that carries traffic comes first.
PREFERENCE = (
    "stations", "crossings", "ports", "airports", "checkpoints", "places", "zones", "minerals", "border", "power",
    "highways", "programmes", "pipelines", "telecom", "shipments",
)  # fmt: skip
SAME_PLACE_M = 15_000.0
# A shorter name with a typo in it is too much like too many others.
SHORTEST_WITH_TYPO = 5
# Text in brackets after a name, and the word for a port in four languages, before the name or after it.
_QUALIFIER: Final = re.compile(r"\s*[(（].*$")
_PORT: Final = re.compile(r"^(?:Port of |Порт )|(?: [Pp]ort|항|港)$")
# `layers.build` writes the gazetteer with one place a line; of such a file only the requested lines are parsed.
_BEGIN: Final = b'{"places":[\n'
_END: Final = b"\n]}\n"


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the gazetteer, or a coordinate that somebody gave.

    Attributes
    ----------
    id
        The feature's id; ``"130.29,42.25"`` for a coordinate.
    name
        In English.
    names
        Every other name: Korean, Russian, Chinese, then the aliases.
    kind, layer
        What it is and which layer holds it; empty for a coordinate.
    lonlat
        Its position; of a bridge the middle.
    accuracy_m
        Radius in metres that holds the true position with 95 % confidence.
    node_id
        The node of the network that it is, if it is one.
    same_place
        Ids of other features of that name in the same place.
    """

    id: str
    name: str
    names: tuple[str, ...]
    kind: str
    layer: str
    lonlat: LonLat
    accuracy_m: float
    node_id: str | None = None
    same_place: tuple[str, ...] = ()

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """GeoJSON Feature of the place."""
        properties = {"id": self.id, "name": self.name, "kind": self.kind, "accuracy_m": self.accuracy_m}
        return {"type": "Feature", "geometry": self.lonlat.__geo_interface__, "properties": properties}

    def describe(self) -> str:
        """Place in one line: id, names and position."""
        names = " · ".join((self.name, *self.names[:3]))
        return f"{self.id}  {names}  ({self.lonlat.lon:.4f}, {self.lonlat.lat:.4f})"


def gazetteer(*, data: DataPath = None) -> tuple[Place, ...]:
    """Read every place that can be found by name; `data` as in `find`."""
    path = data_file("gazetteer.json", data)
    return _all_places(path, read_file(path))


def find(text: str | Position, *, prefer: str | Sequence[str] = (), data: DataPath = None) -> Place:
    """Find a place.

    Parameters
    ----------
    text
        A name in any script or spelling, without regard to case, diacritics, spaces and hyphens, and with one typo if it is five
        letters long; the words before a bracket in it, and of a port the name without the word for one, unless something else is
        called so; an id; ``lon,lat`` in degrees, as text or as numbers; a `Place`, which is given back; or anything else that
        `geo.as_lonlat` takes, such as a point of shapely.
    prefer
        Layers to look in before all others, such as ``"ports"`` for a ship and ``("stations", "checkpoints")`` for a train: of
        the features of one name, those of the first of these layers that has any. Ids and coordinates need no preference.
    data
        The data directory; by default that of ``TUMEN_DATA``, else the layers that tumen ships.

    Returns
    -------
    Place
        Where a station, a port and a town share a name and a place, the station, unless something else is preferred;
        `Place.same_place` names the others. A coordinate as text is as accurate as its last decimal, as numbers it is exact.

    Raises
    ------
    UnknownPlaceError
        When nothing has that name; lists the nearest spellings.
    AmbiguousPlaceError
        When places far from each other have it, and `prefer` does not decide between them; lists them.
    UnknownLayerError
        When `prefer` names a layer that has no places.
    geo.InvalidCoordinateError
        When coordinates are out of range, as when longitude and latitude are swapped.

    Examples
    --------
    >>> find("라진").id, find("раджин").id, find("罗津").id, find("Najin").id
    ('station/rajin', 'station/rajin', 'station/rajin', 'station/rajin')
    >>> find("Dangjin", prefer="ports").id, find("Dangjin", prefer="places").id
    ('port/dangjin', 'place/dangjin')
    >>> find("130.29,42.25").accuracy_m > 500, find((130.29, 42.25)).accuracy_m
    (True, 0.0)
    >>> find("42.25,130.29")
    Traceback (most recent call last):
    geo.errors.InvalidCoordinateError: latitude must be in [-90, 90], got 130.29...
    """
    preferred = _preferred(prefer)
    if not isinstance(text, str):
        return text if isinstance(text, Place) else _position(text)
    if is_meant_as_position(text):
        return _coordinate(text)
    path = data_file("gazetteer.json", data)
    content = read_file(path)
    if "/" in text:
        place_id = text.strip().lower()
        return next(_on_lines(content, "id", place_id), None) or _by_id(place_id, _all_places(path, content))
    key = match_key(text)
    hits = list(_on_lines(content, "keys", key)) if key else []
    plain = list(_on_lines(content, "plain", key)) if key else []
    if not hits and not plain:
        hits, plain = _among_all(_all_places(path, content), text, key)
    hits += _by_plain_name(plain, hits, preferred)
    return _one_place(text, hits, preferred)


def match_key(name: str) -> str:
    """Reduce a name to its comparable form: letters and digits, without case and diacritics.

    Examples
    --------
    >>> match_key("Sŏnbong-ŭp"), match_key("Ch'ŏngjin"), match_key("")
    ('sonbongup', 'chongjin', '')
    """
    folded = name.casefold()
    if not folded.isascii():
        import unicodedata

        folded = unicodedata.normalize("NFKD", folded)
    return "".join(filter(str.isalnum, folded))


def match_keys(names: Iterable[str]) -> list[str]:
    """Keys of several names, each once.

    Examples
    --------
    >>> match_keys(["Rajin", "Ra-jin", "Najin", "?"])
    ['rajin', 'najin']
    """
    return list(dict.fromkeys(key for name in names if (key := match_key(name))))


def plain_names(names: Iterable[str], *, port: bool = False) -> list[str]:
    """Plain forms of names, which somebody would type: without a qualifier, of a port without the word for one.

    Parameters
    ----------
    names
        Of one thing, in any language.
    port
        Whether it is a port: then "Порт Шанхай" is called "Шанхай" too, as in English.

    Examples
    --------
    >>> plain_names(["Shanghai (Waigaoqiao)", "Порт Шанхай (Вайгаоцяо)", "上海港"], port=True)
    ['Shanghai', 'Порт Шанхай', 'Шанхай', '上海港', '上海']
    >>> plain_names(["境港"], port=True)
    ['境港']
    """
    unqualified = [_QUALIFIER.sub("", name) for name in names]
    forms = [form for name in unqualified for form in ((name, _PORT.sub("", name)) if port else (name,))]
    return [form for form in dict.fromkeys(forms) if len(form) > 1]


def within_one_typo(first: str, second: str) -> bool:
    """Tell whether two names differ by one character too many, too few or wrong, or by two that changed places.

    Examples
    --------
    >>> [within_one_typo("khasan", name) for name in ("kasan", "khassan", "khazan", "khaasn", "rajin")]
    [True, True, True, True, False]
    """
    if abs(len(first) - len(second)) > 1:
        return False
    start = next((at for at, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    head, tail = first[start:], second[start:]
    swapped = head[:2] == tail[1::-1] and head[2:] == tail[2:]
    return swapped or head[1:] == tail[1:] or head[1:] == tail or head == tail[1:]


def _coordinate(text: str) -> Place:
    lonlat = LonLat.parse(text)
    label = f"{lonlat.lon:g},{lonlat.lat:g}"
    return Place(label, label, (), "", "", lonlat, precision_m(text))


def _position(position: Position) -> Place:
    lonlat = as_lonlat(position)
    label = str(lonlat)
    name, accuracy_m = getattr(position, "name", None), getattr(position, "accuracy_m", None)
    return Place(label, str(name or label), (), "", "", lonlat, float(accuracy_m or 0.0))


def _by_id(place_id: str, places: Iterable[Place]) -> Place:
    by_id = {place.id: place for place in places}
    if place_id in by_id:
        return by_id[place_id]
    near = [by_id[match] for match in close(place_id, by_id, count=5, cutoff=0.5)]
    raise UnknownPlaceError(f"no place has the id {place_id!r}{'; the nearest are' if near else ''}", place_id, near)


def _preferred(prefer: str | Sequence[str]) -> tuple[str, ...]:
    names = (prefer,) if isinstance(prefer, str) else tuple(prefer)
    for name in names:
        if name not in PREFERENCE:
            raise UnknownLayerError(name, PREFERENCE)
    return names


def _one_place(text: str, hits: list[Place], preferred: Sequence[str] = ()) -> Place:
    hits = sorted(hits, key=lambda place: (PREFERENCE.index(place.layer), place.id))
    meant = next((own for name in preferred if (own := [hit for hit in hits if hit.layer == name])), hits)
    best = meant[0]
    if any(distance(best.lonlat, other.lonlat) > SAME_PLACE_M for other in meant[1:]):
        raise AmbiguousPlaceError(f"{text!r} may be several places; give the id of one", text, meant)
    near = [hit.id for hit in hits if hit.id != best.id and distance(best.lonlat, hit.lonlat) <= SAME_PLACE_M]
    return replace(best, same_place=tuple(near))


def _among_all(places: Sequence[Place], text: str, key: str) -> tuple[list[Place], list[Place]]:
    """Places that are called so, and those whose plain name it is; with one typo, where nothing is."""
    keys = {place.id: {match_key(name) for name in (place.name, *place.names)} for place in places}
    hits = [place for place in places if key and key in keys[place.id]]
    plain = [place for place in places if key and key in match_keys(_plain_names_of(place))]
    if not hits and not plain and len(key) >= SHORTEST_WITH_TYPO:
        hits = [place for place in places if any(within_one_typo(key, other) for other in keys[place.id])]
    if not hits and not plain:
        near = _nearest(key, places)
        advice = "the nearest are" if near else "give a name, an id such as station/rajin, or lon,lat"
        raise UnknownPlaceError(f"no place is called {text!r}; {advice}", text, near)
    return hits, plain


def _plain_names_of(place: Place) -> list[str]:
    return plain_names((place.name, *place.names), port=place.layer == "ports")


def _by_plain_name(plain: Iterable[Place], hits: Sequence[Place], preferred: Sequence[str]) -> list[Place]:
    """Select places of a plain name: those with exactly that name, those near them, and ports if preferred."""
    ids = {hit.id for hit in hits}
    ports = "ports" in preferred and not any(hit.layer == "ports" for hit in hits)
    return [
        place
        for place in plain
        if place.id not in ids
        and (
            not hits
            or (ports and place.layer == "ports")
            or any(distance(place.lonlat, hit.lonlat) <= SAME_PLACE_M for hit in hits)
        )
    ]


def _nearest(key: str, places: Iterable[Place]) -> list[Place]:
    by_key = {match_key(name): place for place in reversed(tuple(places)) for name in (place.name, *place.names)}
    return list(dict.fromkeys(by_key[match] for match in close(key, by_key, count=5)))


def _on_lines(content: bytes, field: str, value: str) -> Iterator[Place]:
    """Yield the places with a value in a field, in the order of the file; none if the file does not have one place a line."""
    if not (content.startswith(_BEGIN) and content.endswith(_END)):
        return
    needle = json.dumps(value, ensure_ascii=False).encode()
    at = content.find(needle, len(_BEGIN))
    while at >= 0:
        end = content.index(b"\n", at)
        line = content[content.rindex(b"\n", 0, at) + 1 : end].removesuffix(b",")
        with suppress(
            AttributeError, KeyError, TypeError, ValueError, RecursionError
        ):  # reading the whole file reports it
            row = json.loads(line)
            field_value = row[field]
            if value == field_value or (isinstance(field_value, list) and value in field_value):
                yield _place(row)
        at = content.find(needle, end)


@lru_cache(maxsize=2)  # of the text, not of the file: a changed one is another
def _all_places(path: str, content: bytes) -> tuple[Place, ...]:
    rows = cast("dict[str, Any]", parse_json(content, path))
    try:
        return tuple(_place(row) for row in rows["places"])
    except (KeyError, TypeError, ValueError) as error:
        raise DataFileError(f"{path} does not list places: {error!r}") from None


def _place(row: dict[str, Any]) -> Place:
    row = dict(row)
    for field in ("keys", "plain"):  # of older data directories none
        row.pop(field, None)
    return Place(lonlat=LonLat(*row.pop("lonlat")), names=tuple(row.pop("names")), **row)
