"""Differences between two states of the data: features added, removed, moved, or with other attributes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from .errors import DataFileError
from .record.catalog import catalog
from .record.store import PACKAGED, DataPath, Json, data_directory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# Less is the rounding of the coordinates.
STILL_M = 0.2
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Shifted:
    """A feature whose geometry is another one.

    Attributes
    ----------
    id, layer
        The feature.
    offset_m
        Greatest distance in metres from a place on one geometry to the other; None where one of the two has no geometry.
    """

    id: str
    layer: str
    offset_m: float | None


@dataclass(frozen=True, slots=True)
class Changed:
    """A property that has another value; one that is absent is None."""

    id: str
    layer: str
    attribute: str
    old: Json
    new: Json


@dataclass(frozen=True, slots=True)
class Named:
    """A feature that only one of the two holds."""

    id: str
    layer: str
    name: str


@dataclass(frozen=True, slots=True)
class Diff:
    """Differences between two states of the data, in the order of layers and features.

    Attributes
    ----------
    old, new
        Where they were read from.
    moved, appeared, vanished
        Features.
    status
        Those whose status changed.
    changed
        Every other property that changed.
    """

    old: str
    new: str
    moved: tuple[Shifted, ...]
    appeared: tuple[Named, ...]
    vanished: tuple[Named, ...]
    status: tuple[Changed, ...]
    changed: tuple[Changed, ...]

    def __bool__(self) -> bool:
        return any((self.moved, self.appeared, self.vanished, self.status, self.changed))

    def summary(self) -> str:
        """Return the result in one line.

        Examples
        --------
        >>> Diff("a", "b", (), (), (), (), ()).summary()
        'no difference'
        """
        counts = {
            "moved": len(self.moved),
            "appeared": len(self.appeared),
            "vanished": len(self.vanished),
            "changed status": len(self.status),
            "changed attributes": len({item.id for item in self.changed}),
        }
        return ", ".join(f"{count} {change}" for change, count in counts.items() if count) or "no difference"

    def lines(self) -> Iterator[str]:
        """Return the differences as text, with a heading before each part that is not empty."""
        parts = {
            "Moved": [f"{item.id}  {_metres(item.offset_m)}" for item in self.moved],
            "Appeared": [f"{item.id}  {item.name}".rstrip() for item in self.appeared],
            "Vanished": [f"{item.id}  {item.name}".rstrip() for item in self.vanished],
            "Changed status": [f"{item.id}  {item.old} → {item.new}" for item in self.status],
            "Changed attributes": [
                f"{item.id}  {item.attribute}: {_short(item.old)} → {_short(item.new)}" for item in self.changed
            ],
        }
        yield from headed(parts)

    def to_dict(self) -> dict[str, Any]:
        """Differences as plain JSON values."""
        return asdict(self)


def headed(parts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Lines of the parts that hold something, each under its heading.

    Examples
    --------
    >>> list(headed({"Moved": ["a", "b"], "Vanished": []}))
    ['Moved: 2', '  a', '  b']
    """
    for title, rows in parts.items():
        if rows:
            yield f"{title}: {len(rows)}"
            yield from (f"  {row}" for row in rows)


def diff(old: DataPath, new: DataPath) -> Diff:
    """Compare two states of the data, feature by feature, by their ids.

    Parameters
    ----------
    old, new
        Two data directories, or two GeoJSON files; None is the data that tumen ships.

    Returns
    -------
    Diff
        Equal rows are left out.

    Raises
    ------
    DataDirectoryError
        When a directory is not a whole data directory.
    DataFileError
        When a file cannot be read as GeoJSON, holds an invalid geometry, or is compared with a directory.

    Examples
    --------
    >>> bool(diff(None, None))
    False
    """
    (before, is_file), (after, also_file) = read_state(old), read_state(new)
    if is_file != also_file:
        raise DataFileError(f"{_label(old)} and {_label(new)}: expected two directories or two files, got one of each")
    moved: list[Shifted] = []
    changed: list[Changed] = []
    for key in before.keys() & after.keys():
        (layer, old_row), (_, new_row) = before[key], after[key]
        if old_row.get("geometry") != new_row.get("geometry"):
            off_m = _offset_m(key, old_row.get("geometry"), new_row.get("geometry"))
            if off_m is None or off_m > STILL_M:
                moved.append(Shifted(key, layer, off_m))
        changed += _changes(key, layer, old_row.get("properties") or {}, new_row.get("properties") or {})
    places = {key: number for number, key in enumerate([*before, *(after.keys() - before.keys())])}
    moved.sort(key=lambda item: places[item.id])
    changed.sort(key=lambda item: (places[item.id], item.attribute))
    return Diff(
        old=_label(old),
        new=_label(new),
        moved=tuple(moved),
        appeared=tuple(_named(key, after[key]) for key in after if key not in before),
        vanished=tuple(_named(key, before[key]) for key in before if key not in after),
        status=tuple(item for item in changed if item.attribute == "status"),
        changed=tuple(item for item in changed if item.attribute != "status"),
    )


def read_state(path: DataPath) -> tuple[dict[str, tuple[str, dict[str, Any]]], bool]:
    """Features of a data directory or of a GeoJSON file by id, each with its layer, and whether it is a file."""
    if path is not None and Path(path).is_file():
        file = Path(path)
        return {key: (file.stem, row) for key, row in _by_id(_features_of_file(file), file)}, True
    directory = PACKAGED if path is None else data_directory(path)
    records = catalog(data=directory)
    return {
        key: (record.name, row)
        for record in records
        for key, row in _by_id(records.features(record.name), records.path(record.name))
    }, False


def _features_of_file(file: Path) -> list[Any]:
    """Features of any file, checked against RFC 7946."""
    from .validation.reading import read_documents
    from .validation.report import ERROR
    from .validation.rfc7946 import check_document, features_of, label

    documents, issues = read_documents(file, str(file))
    features: list[Any] = []
    for document in documents:
        issues += check_document(document, str(file), len(features) + 1)
        features += features_of(document)
    for issue in issues:
        if issue.level == ERROR:
            raise DataFileError(f"{issue} (see `tumen layers validate`)")
    for number, row in enumerate(features, 1):
        if row["type"] != "Feature" or not row["geometry"] or not row["geometry"].get("coordinates"):
            name = label(row, number)
            raise DataFileError(
                f"{file}: {name} is no feature with a geometry of its own, and only such can be compared"
            )
    return features


def _by_id(features: list[Any], file: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    seen: set[str] = set()
    for number, row in enumerate(features, 1):
        if not isinstance(row, dict):
            raise DataFileError(f"{file}: feature {number} is not an object")
        property_id = cast("dict[str, Any]", row.get("properties") or {}).get("id")
        feature_id = property_id if row.get("id") is None else row["id"]
        key = "" if feature_id is None else str(feature_id)
        if not key:
            raise DataFileError(f"{file}: feature {number} has no id, and only by it can it be compared; give it one")
        if key in seen:
            raise DataFileError(f"{file}: the id {key!r} stands twice; only by it can features be compared")
        seen.add(key)
        yield key, row


def _offset_m(key: str, old: Any, new: Any) -> float | None:  # noqa: ANN401 - GeoJSON
    if not old or not new:
        return None
    import shapely

    from geo.geodesic.offset import offset_m

    try:
        return round(offset_m(shapely.geometry.shape(old), shapely.geometry.shape(new)), 1)
    except (AttributeError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError) as error:
        raise DataFileError(f"feature {key!r} has no valid geometry: {error}") from None


def _changes(key: str, layer: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Changed]:
    for attribute in dict.fromkeys([*old, *new]):
        if old.get(attribute) != new.get(attribute):
            yield Changed(key, layer, attribute, old.get(attribute), new.get(attribute))


def _named(key: str, located: tuple[str, dict[str, Any]]) -> Named:
    layer, row = located
    return Named(key, layer, str((row.get("properties") or {}).get("name") or ""))


def _label(path: DataPath) -> str:
    return "the shipped data" if path is None else str(path)


def _metres(value: float | None) -> str:
    if value is None:
        return "with and without a geometry"
    return f"{value / 1000:.1f} km" if value >= 10_000 else f"{value:g} m"  # noqa: PLR2004 - a metre is no news then


def _short(value: Json) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
