"""Writing completely or not at all."""

import os
import stat
import subprocess
import sys

import pytest

from layers.record.atomic import move_files, recover_folder, replace_folder, write_whole


def broken(*_arguments, **_options):
    raise OSError(28, "No space left on device")


def test_text_is_utf_8_with_plain_line_ends(tmp_path):
    assert write_whole(tmp_path / "a" / "b.txt", "라진\n").read_bytes() == "라진\n".encode()


def test_others_may_read_it_as_the_umask_says(tmp_path):
    before = os.umask(0o027)
    try:
        path = write_whole(tmp_path / "a.txt", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.parametrize("fails", ["pathlib.Path.write_bytes", "pathlib.Path.chmod", "pathlib.Path.replace"])
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, fails):
    path = write_whole(tmp_path / "a.txt", b"old")
    with monkeypatch.context() as patch:
        patch.setattr(fails, broken)
        with pytest.raises(OSError, match="No space"):
            write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir()] == ["a.txt"]


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(OSError, match=r"."):
        write_whole(tmp_path, b"new")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_written_to_and_stays_one(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    program = f"from layers.record.atomic import write_whole; write_whole({str(pipe)!r}, 'through')"
    with subprocess.Popen([sys.executable, "-c", program]) as process:
        assert pipe.read_text(encoding="utf-8") == "through"
    assert process.returncode == 0
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def folder(path, *names):
    path.mkdir()
    for name in names:
        (path / name).touch()
    return path


def test_a_folder_takes_the_place_of_another(tmp_path):
    replace_folder(folder(tmp_path / "made", "new"), folder(tmp_path / "here", "old"), tmp_path / ".old")
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == ["here", "here/new"]


def test_a_folder_that_cannot_be_put_there_leaves_the_old_one(tmp_path):
    here = folder(tmp_path / "here", "old")
    with pytest.raises(OSError, match=r"."):
        replace_folder(tmp_path / "missing", here, tmp_path / ".old")
    assert [path.name for path in here.iterdir()] == ["old"]


def test_what_a_killed_process_left_aside_is_put_back_once(tmp_path):
    former = folder(tmp_path / ".old", "old")
    recover_folder(tmp_path / "here", former)
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["old"]
    recover_folder(tmp_path / "here", folder(tmp_path / ".old", "older"))
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["old"]


def test_files_replace_those_of_their_names(tmp_path):
    here = folder(tmp_path / "here", "kept")
    write_whole(here / "a", b"old")
    write_whole(tmp_path / "stage" / "a", b"new")
    assert [path.name for path in move_files(tmp_path / "stage", here)] == ["a"]
    assert {path.name: path.read_bytes() for path in here.iterdir()} == {"a": b"new", "kept": b""}
