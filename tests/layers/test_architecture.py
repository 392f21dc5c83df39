"""The package as a whole: its exports, and when they are imported."""

import subprocess
import sys

import pytest

import layers


def test_all_lists_existing_names_once():
    assert len(set(layers.__all__)) == len(layers.__all__)
    assert all(hasattr(layers, name) for name in layers.__all__)
    assert set(layers.__all__) <= set(dir(layers))


@pytest.mark.parametrize("name", ["catalog", "claims", "load", "network", "series"])
@pytest.mark.parametrize(
    "first", ["import layers.record.catalog, layers.factcheck.judge, layers.features.frame", "from layers import *"]
)
@pytest.mark.long
def test_functions_keep_their_names_whatever_is_imported_first(name, first):
    program = f"{first}; import layers; print(callable(layers.{name}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"


def test_a_misspelt_name_is_an_error():
    with pytest.raises(AttributeError, match="lood"):
        _ = layers.lood
