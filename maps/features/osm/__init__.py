"""A base map out of an OpenStreetMap extract of the user's own: classes, names and geometries packed for a canvas of the page."""

from .base import OsmBase, osm_base

__all__ = ["OsmBase", "osm_base"]
