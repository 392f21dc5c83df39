"""Run one of the page's modules in Node.js."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import maps

SCRIPTS = Path(maps.__file__).parent / "assets" / "js"
OLDEST = 18


def node():
    """Path of Node.js; skips the test where there is none, and fails it where the tests are meant to run in full."""
    path = None if os.environ.get("TUMEN_NODE") == "none" else shutil.which("node")
    if path is None:
        reason = "no Node.js found: the page's modules are not run"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


def call(module, code, value):
    """Result of a function over a module's exports and a value: ``call("core/unpack.js", "(unpack, packed) => …", packed)``."""
    program = (
        "import { readFileSync } from 'node:fs';\n"
        f"import * as exports from {json.dumps((SCRIPTS / module).as_uri())};\n"
        f"const result = await ({code})(exports, JSON.parse(readFileSync(0, 'utf8')));\n"
        "process.stdout.write(JSON.stringify(result));\n"
    )
    done = subprocess.run(
        [node(), "--input-type=module", "--eval", program],
        input=json.dumps(value, ensure_ascii=False).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)
