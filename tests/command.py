"""The command ``tumen``, run in this process, with its imports already loaded; `tumen_process` runs it as a user does."""

import contextlib
import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from maps.cli import main

TUMEN = Path(sys.executable).with_name("tumen")


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def tumen(*arguments, input="", cwd=None, env=None):  # noqa: A002 - as of subprocess.run
    """Run the command with text on its standard input; `env` is added to the environment. What it does not catch is raised."""
    streams = [io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8") for text in (input, "", "")]
    reader, out, err = streams
    with (
        mock.patch.object(sys, "stdin", reader),
        mock.patch.dict(os.environ, env or {}),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        contextlib.chdir(cwd or "."),
    ):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = int(end.code or 0)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    return Done(code, *texts)


def tumen_process(*arguments, **options):
    """Run the command as a process of its own."""
    command = [TUMEN, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, **options)
