"""Which tests run where, how many examples property tests take, and which expectations are known to be stale."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

IN_CI = os.environ.get("CI") == "true"
BROWSER = Path(__file__).parent / "maps" / "browser"
# One test id a line, with its parameters or without: expectations older than what they look at; each is to be mended.
STALE = (Path(__file__).parent / "stale.txt").read_text(encoding="utf-8").splitlines()

QUIET = [HealthCheck.too_slow]  # says how busy the machine is, not what is wrong
settings.register_profile("fast", max_examples=20, deadline=None, suppress_health_check=QUIET)
settings.register_profile("full", deadline=None, suppress_health_check=QUIET)
settings.load_profile("fast" if os.environ.get("TUMEN_TESTS") == "fast" else "full")


def pytest_collection_modifyitems(items):
    left_out = pytest.mark.skip(reason="slow: runs under CI=true")
    stale = pytest.mark.xfail(reason="stale expectation, listed in tests/stale.txt", strict=False)
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.flaky(reruns=2))  # a busy machine makes a browser late
        if item.get_closest_marker("slow") and not IN_CI:
            item.add_marker(left_out)
        if item.nodeid in STALE or item.nodeid.partition("[")[0] in STALE:
            item.add_marker(stale)
