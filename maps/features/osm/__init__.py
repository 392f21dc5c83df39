"""A base map from the user's OpenStreetMap extract: classes, names and geometries packed for a canvas of the page."""

from .base import OsmBase, osm_base

__all__ = ["OsmBase", "osm_base"]
