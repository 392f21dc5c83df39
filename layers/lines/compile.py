"""Compiles line layers into a network in columns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

import geo
from geo.network.table import UNITS, EdgeTable, NodeTable
from layers.errors import NetworkFileError

from . import archive
from .attribute import attributes, lengths_of
from .noding import Drawn, NearMisses, crossings, cuts, merged, near_misses, places_of
from .reading import read_lines
from .report import CompileReport, report_of
from .settings import ROLES, NetworkSettings, read_settings
from .station import Stations, names_of, read_stations, with_stations

if TYPE_CHECKING:
    from collections.abc import Sequence
    from os import PathLike

    from numpy.typing import NDArray

    from geo.network.table import Profile

    from .noding import Places
    from .source import Lines

NEAR_M = 25.0
_SPHERE_SHARE = 0.01
_CHUNK = 2_000_000


class Compiled(NamedTuple):
    """A network and its report."""

    table: EdgeTable
    report: CompileReport


class _Taken(NamedTuple):
    """Lines of all sources that carry traffic."""

    drawn: Drawn
    profile: NDArray[np.int32]
    profiles: tuple[Profile, ...]
    feature: NDArray[np.int32]
    ids: pa.Array
    line_of: NDArray[np.int32]
    names: pa.Array
    stated_m: NDArray[np.float64]
    left_out: dict[str, int]
    notes: tuple[str, ...]
    stations: Stations


def compile_lines(
    paths: Sequence[Path],
    settings: NetworkSettings,
    *,
    crs: str = "",
    stations: Path | None = None,
    near_m: float = NEAR_M,
) -> Compiled:
    """Compile line layers.

    Parameters
    ----------
    paths
        Files, as of `read_lines`.
    settings
        What their columns mean, and how lines are joined.
    crs
        The CRS of files that state none.
    stations
        A layer of points with a column ``name``: where one lies within 200 m of a line, the line gets a node of that name.
    near_m
        Loose ends within so many metres of something else are reported.

    Raises
    ------
    FeatureError, NetworkFileError, ExtractError
        As `read_lines`; and when no line carries traffic.
    """
    loaded = _take([read_lines(path, settings, crs=crs) for path in paths], settings)
    points = read_stations(stations) if stations is not None else loaded.stations
    drawn = loaded.drawn
    if settings.join == "crossings":
        lines, where = crossings(drawn)
        drawn = drawn.with_points(lines, where) if len(lines) else drawn
    drawn, marks = with_stations(drawn, points)
    drawn, places, joined = _joined(drawn, settings.snap_m)
    misses = near_misses(drawn, places, near_m) if near_m > settings.snap_m else NearMisses.none()
    table = _table(loaded, drawn, places, names_of(drawn, places, marks))
    notes = (*loaded.notes, *_raise_lengths(table))
    table.check_lengths()
    report = report_of(table, drawn, places, misses, near_m, joined=joined, left_out=loaded.left_out, notes=notes)
    return Compiled(table, report)


def compile_network(
    lines: Sequence[str | PathLike[str]] | str | PathLike[str],
    target: str | PathLike[str],
    settings: NetworkSettings | str | PathLike[str] | None = None,
    *,
    crs: str = "",
    stations: str | PathLike[str] | None = None,
    snap_m: float | None = None,
    join: str | None = None,
    contract: bool = False,
) -> CompileReport:
    """Compile line layers into your own network, and write it.

    Parameters
    ----------
    lines
        Files: GeoJSON, GeoPackage, FlatGeobuf, GeoParquet, Shapefile or OSM PBF.
    target
        The folder of the network; an older network there is replaced.
    settings
        A `NetworkSettings`, or a TOML file of the same names; by default what columns of OpenStreetMap mean.
    crs
        The CRS of files that state none, such as ``EPSG:32652``.
    stations
        A layer of points with a column ``name``, which make nodes and name them.
    snap_m, join
        As of the settings, which they change.
    contract
        Whether to contract the network too: minutes for millions of edges, and questions then take microseconds.

    Returns
    -------
    CompileReport
        Its parts, near misses, loose ends and unknown gauges.

    Raises
    ------
    NetworkFileError, FeatureError, ExtractError
        When a file cannot be read or used; names file, key and fix.

    Examples
    --------
    >>> import json, tempfile, pathlib
    >>> line = {"type": "LineString", "coordinates": [[130.5, 42.4], [130.6, 42.4]]}
    >>> feature = {"type": "Feature", "geometry": line, "properties": {"railway": "rail", "gauge": "1520"}}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "line.geojson")
    ...     _ = path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    ...     print(compile_network(path, f"{folder}/net").km)
    {'rail, 1520 mm, operating': 8.2}
    """
    files = [lines] if isinstance(lines, str) or not isinstance(lines, list | tuple) else lines
    if settings is None:
        settings = NetworkSettings()
    elif not isinstance(settings, NetworkSettings):
        settings = read_settings(Path(settings))
    changes: dict[str, Any] = {"snap_m": snap_m, "join": join}
    settings = replace(settings, **{name: value for name, value in changes.items() if value is not None})
    folder = Path(target)
    archive.check_target(folder)
    paths = [Path(file) for file in files]  # type: ignore[arg-type]  # of a list or a tuple
    compiled = compile_lines(paths, settings, crs=crs, stations=None if stations is None else Path(stations))
    about = {"sources": [path.name for path in paths], "report": compiled.report.to_dict()}
    archive.write(folder, compiled.table, about, contract=contract)
    return compiled.report


def _take(sources: Sequence[Lines], settings: NetworkSettings) -> _Taken:
    """Put all sources together, without the lines that carry no traffic."""
    roles = ROLES
    texts = {role: pa.concat_arrays([source.texts[role] for source in sources]) for role in roles}
    columns = attributes(texts, settings)
    before = np.cumsum([0, *(len(source.texts["mode"]) for source in sources)])
    starts = np.cumsum([0, *(len(source.positions) for source in sources)])
    positions = np.concatenate([source.positions for source in sources])
    feature = np.concatenate([source.feature + at for source, at in zip(sources, before.tolist(), strict=False)])
    begin = np.concatenate(
        [*(source.begin[:-1] + at for source, at in zip(sources, starts.tolist(), strict=False)), [len(positions)]]
    )
    refs = np.concatenate(
        [
            np.full(len(source.positions), -1, dtype=np.int64) if source.refs is None else source.refs
            for source in sources
        ]
    )
    joined = [source.refs is not None if settings.join is None else settings.join != "ends" for source in sources]
    shared = np.repeat(joined, [len(source.feature) for source in sources])
    drawn, kept_rows = _chosen(positions, begin, refs, columns.profile[feature] >= 0, columns.backward[feature])
    feature, profile = feature[kept_rows].astype(np.int32), columns.profile[feature[kept_rows]]
    if not len(kept_rows):
        values = ", ".join(sorted(columns.left_out)[:10])
        raise NetworkFileError(
            f"no line of {', '.join(source.source for source in sources)} carries traffic: the mode of each is one of {values}; "
            'name the column under [columns] and its values under [modes], or give mode = "rail"'
        )
    is_rail = np.array([source.mode == "rail" for source in columns.profiles])[profile]
    apart = (is_rail & (not settings.join_modes)).astype(np.int8)
    lines = pc.dictionary_encode(texts["line"])
    stations = [source.stations for source in sources]
    return _Taken(
        replace(drawn, apart=apart, shared=shared[kept_rows]),
        profile,
        columns.profiles,
        feature,
        _ids(texts["id"], sources),
        pc.fill_null(lines.indices, -1).to_numpy(zero_copy_only=False).astype(np.int32),
        lines.dictionary,
        lengths_of(texts["length"], settings.length_unit),
        columns.left_out,
        tuple(note for source in sources for note in source.notes),
        Stations([name for names, _ in stations for name in names], np.concatenate([spots for _, spots in stations])),
    )


def _chosen(
    positions: NDArray[np.int32],
    begin: NDArray[np.int64],
    refs: NDArray[np.int64],
    wanted: NDArray[np.bool_],
    backward: NDArray[np.bool_],
) -> tuple[Drawn, NDArray[np.int64]]:
    """Select lines, drop repeated vertices, and reverse the lines that run against the order of their points."""
    counts = np.diff(begin)
    line = np.repeat(np.arange(len(counts)), counts)
    same = np.zeros(len(positions), dtype=bool)
    same[1:] = (positions[1:] == positions[:-1]).all(axis=1) & (line[1:] == line[:-1])
    keep = wanted[line] & ~same
    remaining = np.bincount(line[keep], minlength=len(counts))
    keep &= (remaining > 1)[line]
    kept_lines = np.flatnonzero(wanted & (remaining > 1))
    starts = np.concatenate([[0], np.cumsum(remaining[kept_lines])])
    order = np.flatnonzero(keep)
    for number in np.flatnonzero(backward[kept_lines]).tolist():
        row = slice(int(starts[number]), int(starts[number + 1]))
        order[row] = order[row][::-1].copy()
    zeros = np.zeros(len(kept_lines), dtype=np.int8)
    return Drawn(positions[order], starts, zeros, refs[order], zeros.astype(bool)), kept_lines


def _ids(texts: pa.Array, sources: Sequence[Lines]) -> pa.Array:
    """Return the ids of features: their own, or file and number where there is none or it comes twice."""
    numbered = pa.concat_arrays(
        [
            pc.binary_join_element_wise(
                Path(source.source).stem, pa.array(np.arange(1, len(source.texts["id"]) + 1)).cast(pa.string()), "/"
            )
            for source in sources
        ]
    )
    counts = pc.value_counts(texts)
    twice = counts.field("values").filter(pc.greater(counts.field("counts"), 1))
    return pc.if_else(pc.or_kleene(pc.is_null(texts), pc.is_in(texts, twice)), numbered, texts)


def _joined(drawn: Drawn, snap_m: float) -> tuple[Drawn, Places, int]:
    """Join loose ends to ends and lines within some metres."""
    places = places_of(drawn)
    if not snap_m:
        return drawn, places, 0
    misses = near_misses(drawn, places, snap_m)
    on_line = misses.other < 0
    vertex = places.first[misses.place]
    ends = drawn.positions[vertex].copy()
    if on_line.any():
        moved = drawn.with_points(misses.line[on_line], misses.points[on_line])
        # The vertices put in have no number in OpenStreetMap; the end is moved onto them and loses its own.
        places = places_of(moved)
        drawn = moved
    pairs = _pairs(drawn, places, ends, misses.points)
    return drawn, merged(drawn, places, pairs), len(misses.place)


def _pairs(drawn: Drawn, places: Places, ends: NDArray[np.int32], points: NDArray[np.int32]) -> NDArray[np.int64]:
    """Find the places of ends and of the points that they are joined to, of one kind of line."""
    where: dict[tuple[int, int], list[int]] = {}
    wanted = np.unique(np.concatenate([ends, points]), axis=0)
    keys = drawn.positions[:, 0].astype(np.int64) << 32 | (drawn.positions[:, 1].astype(np.int64) & 0xFFFFFFFF)
    among = np.isin(keys, wanted[:, 0].astype(np.int64) << 32 | (wanted[:, 1].astype(np.int64) & 0xFFFFFFFF))
    apart = np.repeat(drawn.apart, np.diff(drawn.begin))
    for vertex in np.flatnonzero(among).tolist():
        where.setdefault(tuple(drawn.positions[vertex].tolist()), []).append(vertex)
    pairs = [
        (int(places.place[end_vertex]), int(places.place[point_vertex]))
        for end, point in zip(map(tuple, ends.tolist()), map(tuple, points.tolist()), strict=True)
        for end_vertex in where.get(end, ())
        for point_vertex in where.get(point, ())
        if apart[end_vertex] == apart[point_vertex]
    ]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def _table(loaded: _Taken, drawn: Drawn, places: Places, at: dict[int, str]) -> EdgeTable:
    """Cut the lines where they meet and where stations are."""
    cut = cuts(drawn, places)
    if at:
        cut |= np.isin(places.place, list(at))
    marks, line = np.flatnonzero(cut), drawn.line
    same_line = line[marks[:-1]] == line[marks[1:]]
    begin, end = marks[:-1][same_line], marks[1:][same_line]
    counts = end - begin + 1
    starts = np.concatenate([[0], np.cumsum(counts)])
    flat = np.repeat(begin - starts[:-1], counts) + np.arange(starts[-1])
    positions = drawn.positions[flat]
    first, last = places.place[begin], places.place[end]
    spots = drawn.positions[places.first]
    positions[starts[:-1]], positions[starts[1:] - 1] = spots[first], spots[last]  # a snapped end is drawn to its node
    used = np.unique(np.concatenate([first, last]))
    used = used[np.lexsort((spots[used, 0], spots[used, 1]))]
    row_of = np.full(len(places.first), -1, dtype=np.int32)
    row_of[used] = np.arange(len(used), dtype=np.int32)
    numbers = drawn.refs[places.first[used]]
    unnumbered = numbers < 0
    sign = -1 if (~unnumbered).any() else 1
    numbers = np.where(unnumbered, sign * (np.cumsum(unnumbered)), numbers)
    rows = sorted((int(row_of[place]), name) for place, name in at.items() if row_of[place] >= 0)
    nodes = NodeTable(
        spots[used], numbers, np.array([row for row, _ in rows], dtype=np.int32), [name for _, name in rows]
    )
    owner = line[begin]
    features, feature = np.unique(loaded.feature[owner], return_inverse=True)
    return EdgeTable(
        nodes=nodes,
        from_node=row_of[first],
        to_node=row_of[last],
        length_m=_stated(_lengths(positions, starts), feature, loaded.stated_m[features]),
        profile=loaded.profile[owner],
        profiles=loaded.profiles,
        feature=feature.astype(np.int32),
        feature_ids=archive.Texts(pa.chunked_array([loaded.ids.take(pa.array(features))])),
        feature_lines=loaded.line_of[features],
        lines=archive.Texts(pa.chunked_array([loaded.names], pa.string())),
        begin=starts,
        positions=positions,
    )


def _stated(
    drawn_m: NDArray[np.float64], feature: NDArray[np.int64], stated_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Spread the length that a line states over its pieces, as they are drawn."""
    drawn_total_m = np.bincount(feature, weights=drawn_m, minlength=len(stated_m))
    share = np.where(np.isfinite(stated_m) & (drawn_total_m > 0), stated_m / np.maximum(drawn_total_m, 1e-9), 1.0)
    return np.asarray(drawn_m * share[feature])


def _raise_lengths(table: EdgeTable) -> list[str]:
    """Raise stated lengths that are a little shorter than the straight line, as those measured on a sphere are."""
    straight = table.straight_m()
    short = np.flatnonzero((table.length_m < straight) & (table.length_m >= straight * (1 - _SPHERE_SHARE)))
    notable = short[table.length_m[short] < straight[short] - 1]
    table.length_m[short] = straight[short]
    if not len(notable):
        return []
    return [
        f"{len(notable):,} stated lengths up to 1 % shorter than the straight line, as on a sphere, were raised to it"
    ]


def _lengths(positions: NDArray[np.int32], starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Measure the line of each edge on the ellipsoid."""
    steps = np.zeros(max(len(positions) - 1, 0))
    for at in range(0, len(steps), _CHUNK):
        part = positions[at : at + _CHUNK + 1] / UNITS
        steps[at : at + _CHUNK] = geo.distance(part[:-1], part[1:])
    steps[starts[1:-1] - 1] = 0.0  # from the end of an edge to the begin of the next
    if len(starts) < 2:  # noqa: PLR2004 - no edge
        return np.empty(0)
    return np.asarray(np.add.reduceat(np.append(steps, 0.0), starts[:-1]))
