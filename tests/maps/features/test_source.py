"""Layers of a data directory as maps see them."""

import pytest

import layers
import maps
from maps.features.reading import features_of


@pytest.mark.parametrize("name", ["crossings", "stations", "lakes"])
def test_a_layer_as_it_was_written_is_what_the_checked_reading_gives(name):
    shipped = layers.catalog()
    assert shipped.is_as_written(name)
    checked = features_of({"type": "FeatureCollection", "features": shipped.features(name)}, name).features
    assert [*maps.PackagedLayers().every_state(name).features] == [*checked]
