"""A compiled network on disk: a folder of Arrow files, mapped into memory, and a description in JSON.

``network.json``
    Format, counts, profiles, sources, report.
``nodes.arrow``
    ``lonlat`` (pairs, in 10⁻⁷ degrees), ``number``.
``names.arrow``
    ``node`` (row of nodes), ``name``: the named ones.
``edges.arrow``
    ``from``, ``to`` (rows of nodes), ``length_m``, ``profile``, ``feature``, ``begin`` (row of vertices).
``features.arrow``
    ``id``, ``line`` (row of lines, -1 for none).
``lines.arrow``
    ``name``.
``vertices.arrow``
    ``lonlat``, of all edges in turn.
``contracted/``
    The contracted form, if requested; its hashes are in ``network.json``.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

from geo import GeoError
from geo.network.table import EdgeTable, NodeTable, Profile
from layers.errors import NetworkFileError
from layers.record.atomic import replace_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

FORMAT: Final = 1
DESCRIPTION: Final = "network.json"
CONTRACTED: Final = "contracted"
_FIX: Final = "compile it again with `tumen network compile`"


class Texts:
    """A column of texts, read where it lies."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        self._column = column.combine_chunks()

    def __len__(self) -> int:
        """Count them."""
        return len(self._column)

    def __getitem__(self, number: int) -> str:
        """Return the one of a number."""
        text: str = self._column[number].as_py()
        return text

    def __iter__(self) -> Iterator[str]:
        """Iterate over all."""
        return iter(self._column.to_pylist())

    def index(self, text: str) -> int:
        """Return the number of the first equal to a text."""
        import pyarrow.compute as pc

        number: int = pc.index(self._column, text).as_py()
        if number < 0:
            raise ValueError(text)
        return number


def columns_of(table: EdgeTable) -> dict[str, pa.Table]:
    """Return the tables of the folder."""
    nodes = table.nodes
    return {
        "nodes": pa.table({"lonlat": _lonlat(nodes.positions), "number": nodes.numbers}),
        "names": pa.table({"node": pa.array(nodes.named, pa.int32()), "name": _column(nodes.names)}),
        "edges": pa.table(
            {
                "from": table.from_node,
                "to": table.to_node,
                "length_m": table.length_m,
                "profile": table.profile,
                "feature": table.feature,
                "begin": table.begin[:-1],
            }
        ),
        "features": pa.table({"id": _column(table.feature_ids), "line": table.feature_lines}),
        "lines": pa.table({"name": _column(table.lines)}),
        "vertices": pa.table({"lonlat": _lonlat(table.positions)}),
    }


def _column(texts: Any) -> pa.Array:  # noqa: ANN401 - texts of a list, or of Arrow
    return texts if isinstance(texts, pa.Array | pa.ChunkedArray) else pa.array(list(texts), pa.string())


def write(folder: Path, table: EdgeTable, about: Mapping[str, Any], *, contract: bool) -> None:
    """Write a network; the folder stands whole or not at all.

    Raises
    ------
    NetworkFileError
        When something else stands there.
    OSError
        When it cannot be written.
    """
    check_target(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}.", suffix=".part"))
    try:
        for name, columns in columns_of(table).items():
            with pa.OSFile(str(stage / f"{name}.arrow"), "wb") as sink, pa.ipc.new_file(sink, columns.schema) as writer:
                writer.write_table(columns.combine_chunks())
        files = _hashes(stage)
        hashes = _contract(stage / CONTRACTED, table) if contract else {}
        description = {
            "format": FORMAT,
            "profiles": [asdict(profile) for profile in table.profiles],
            "files": files,
            "contracted": hashes,
            **about,
        }
        text = json.dumps(description, ensure_ascii=False, indent=1)
        (stage / DESCRIPTION).write_text(text + "\n", encoding="utf-8")
        stage.chmod(0o755)
        replace_folder(stage, folder, folder.with_name(f".{folder.name}.former"))
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def check_target(folder: Path) -> None:
    """Raise unless a network may be written there.

    Raises
    ------
    NetworkFileError
        When a file, or a folder of something else, stands there.
    """
    if folder.exists() and not (folder / DESCRIPTION).is_file():
        raise NetworkFileError(f"{folder} is there already and is no compiled network; name another folder with -o")


def describe(folder: Path) -> dict[str, Any]:
    """Read the description of a network.

    Raises
    ------
    NetworkFileError
        When there is no network of this format.
    """
    path = folder / DESCRIPTION
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        file_format = content["format"] if content["files"] else None
    except OSError as error:
        raise NetworkFileError(
            f"{folder} holds no compiled network ({error.strerror}: {DESCRIPTION}); {_FIX}"
        ) from None
    except (ValueError, TypeError, KeyError):
        raise NetworkFileError(f"{path} is no description of a compiled network; {_FIX}") from None
    if file_format != FORMAT:
        raise NetworkFileError(f"{folder} is a network of format {file_format!r}, expected {FORMAT}; {_FIX}")
    return dict(content)


def read(folder: Path) -> EdgeTable:
    """Read a network; its columns stay in the files until they are used.

    Raises
    ------
    NetworkFileError
        When it is missing, of another format or damaged.
    """
    about = describe(folder)
    try:
        part = {
            name: _mapped(folder / f"{name}.arrow")
            for name in ("nodes", "names", "edges", "features", "lines", "vertices")
        }
        nodes, edges = part["nodes"], part["edges"]
        numbers = {name: _numbers(edges, name) for name in edges.column_names}
        vertices = _pairs(part["vertices"])
        return EdgeTable(
            nodes=NodeTable(
                _pairs(nodes), _numbers(nodes, "number"), _numbers(part["names"], "node"), Texts(part["names"]["name"])
            ),
            from_node=numbers["from"],
            to_node=numbers["to"],
            length_m=numbers["length_m"],
            profile=numbers["profile"],
            profiles=tuple(
                Profile(**profile | {"gauges_mm": tuple(profile["gauges_mm"])}) for profile in about["profiles"]
            ),
            feature=numbers["feature"],
            feature_ids=Texts(part["features"]["id"]),
            feature_lines=_numbers(part["features"], "line"),
            lines=Texts(part["lines"]["name"]),
            begin=np.append(numbers["begin"], len(vertices)),
            positions=vertices,
        )
    except (OSError, pa.ArrowException, LookupError, TypeError, ValueError, GeoError) as error:
        raise NetworkFileError(f"{folder} is damaged ({error}); {_FIX}") from None


def contracted(folder: Path) -> Path | None:
    """Return the contracted form of a network; None where it was not requested, or is damaged."""
    hashes = describe(folder).get("contracted") or {}
    path = folder / CONTRACTED
    return path if hashes and _hashes(path) == hashes else None


def _mapped(path: Path) -> pa.Table:
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


def _numbers(table: pa.Table, name: str) -> NDArray[Any]:
    column = table[name].combine_chunks()
    if column.null_count or not (pa.types.is_integer(column.type) or pa.types.is_floating(column.type)):
        raise TypeError(f"column {name!r} must hold numbers")
    return np.asarray(column.to_numpy(zero_copy_only=False))


def _pairs(table: pa.Table) -> NDArray[np.int32]:
    column = table["lonlat"].combine_chunks()
    if column.type != pa.list_(pa.int32(), 2) or column.null_count:
        raise TypeError("column 'lonlat' must hold pairs of whole numbers")
    return np.asarray(column.flatten().to_numpy()).reshape(-1, 2)


def _lonlat(positions: NDArray[Any]) -> pa.Array:
    flat = pa.array(np.ascontiguousarray(positions).reshape(-1), pa.int32())
    return pa.FixedSizeListArray.from_arrays(flat, 2)


def _contract(folder: Path, table: EdgeTable) -> dict[str, str]:
    import geo

    geo.prepare(geo.Network.of_table(table)).save(folder)
    return _hashes(folder)


def _hashes(folder: Path) -> dict[str, str]:
    hashes = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        with path.open("rb") as file:
            hashes[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return hashes
