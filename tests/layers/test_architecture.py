"""The package as a whole: what it exports, and when."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import layers
import layers.load
import layers.network


def test_all_is_true_and_lists_nothing_twice():
    assert len(set(layers.__all__)) == len(layers.__all__)
    assert all(hasattr(layers, name) for name in layers.__all__)
    assert set(layers.__all__) <= set(dir(layers))


def test_names_that_types_see_are_those_that_are_fetched():
    tree = ast.parse(Path(layers.__file__).read_text(encoding="utf-8"))
    block, _ = [one for one in tree.body if isinstance(one, ast.If)]
    seen = {(alias.name, one.module) for one in block.body for alias in one.names}
    assert seen == set(layers._MODULES.items())
    assert set(layers.__all__) == set(layers._MODULES)
    with pytest.raises(AttributeError, match="module 'layers' has no attribute 'lood'"):
        _ = layers.lood


@pytest.mark.parametrize("name", ["catalog", "claims", "load", "network", "series"])
@pytest.mark.parametrize("first", ["import layers.{0}", "from layers import {0}", "from layers.{0} import *"])
def test_a_function_keeps_its_name_where_its_module_has_the_same(name, first):
    assert inspect.isfunction(getattr(layers, name))
    program = f"{first.format(name)}; import layers; print(callable(layers.{name}))"
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "True\n"
    )
