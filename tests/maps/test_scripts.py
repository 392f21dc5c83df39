"""The page's modules pass their own tests in Node.js: ``node --test tests/maps/js/*.test.js``."""

import subprocess
from pathlib import Path

import pytest

from .node import node

TESTS = sorted((Path(__file__).parent / "js").glob("*.test.js"))


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name.removesuffix(".test.js"))
def test_module_passes_its_tests(path):
    done = subprocess.run([node(), "--test", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
