"""What of a batch run is done: finished parts in a folder beside the output, so that a killed run goes on."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from layers.errors import BatchError
from layers.record.atomic import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

_JOB, _JOURNAL, _LOCK = "job.json", "journal.jsonl", "lock"
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A finished batch: its number, its rows, those of them that have no answer, and the size of its part."""

    number: int
    rows: int
    without: int
    bytes: int


class Journal:
    """The folder of a run.

    Parameters
    ----------
    folder
        Beside the output; made when it is missing.
    job
        What the run is of. A folder of another job is refused.

    Raises
    ------
    BatchError
        When another process is at it, or the folder is of another job or not one of ours.

    Notes
    -----
    A part is put in its place as a whole, and only then a line about it is added to the journal. What has no line, a part of
    another size and a line that was cut off count as not done.
    """

    def __init__(self, folder: Path, job: Mapping[str, Any]) -> None:
        self.folder = folder
        text = json.dumps({"format": FORMAT, **job}, ensure_ascii=False, sort_keys=True, indent=1)
        self._open(text)
        self._lock()
        self.done = {entry.number: entry for entry in self._read()}

    def _open(self, text: str) -> None:
        path = self.folder / _JOB
        if path.is_file():
            if path.read_text(encoding="utf-8") != text:
                raise BatchError(
                    f"{self.folder} holds an unfinished run of another input, other options or another tumen; "
                    "give the same ones to go on with it, or --restart to throw it away"
                )
            return
        if self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
            raise BatchError(f"{self.folder} is in the way and not an unfinished run; move it")
        write_whole(path, text)

    def _lock(self) -> None:
        """Take the folder for this process; the system gives it free when that ends, however it ends."""
        self._held = (self.folder / _LOCK).open("w", encoding="utf-8")
        try:
            import fcntl
        except ImportError:  # Windows has no such locks
            return
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._held.close()
            raise BatchError(
                f"another process is at work in {self.folder}; wait for it, or name another output"
            ) from None

    def _read(self) -> Iterator[Entry]:
        path = self.folder / _JOURNAL
        if not path.is_file():
            return
        content = path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:  # the next entry must not be appended to half a line
            write_whole(path, whole)
        for line in whole.splitlines():
            try:
                entry = Entry(**json.loads(line))
            except (ValueError, TypeError):
                raise BatchError(f"{path} is damaged; start anew with --restart") from None
            part = self.path(entry.number)
            if part.is_file() and part.stat().st_size == entry.bytes:
                yield entry

    def path(self, number: int) -> Path:
        """File of a part."""
        return self.folder / f"part-{number:09d}.arrow"

    def add(self, number: int, content: bytes, rows: int, without: int) -> None:
        """Keep a finished batch."""
        write_whole(self.path(number), content)
        entry = Entry(number, rows, without, len(content))
        row = {name: getattr(entry, name) for name in Entry.__slots__}
        with (self.folder / _JOURNAL).open("ab") as file:
            file.write(json.dumps(row).encode() + b"\n")
        self.done[number] = entry

    def parts(self) -> Iterator[pa.RecordBatch]:
        """Finished batches in order."""
        import pyarrow as pa

        for number in sorted(self.done):
            with pa.memory_map(str(self.path(number))) as source, pa.ipc.open_stream(source) as reader:
                yield from reader

    def close(self) -> None:
        """Let another process have the folder."""
        self._held.close()

    def remove(self) -> None:
        """Throw the folder away, as the output is written."""
        self.close()
        shutil.rmtree(self.folder)


def throw_away(folder: Path) -> None:
    """Remove the folder of an unfinished run, if it is one."""
    if (folder / _JOB).is_file():
        shutil.rmtree(folder)
