"""Geodesics on the WGS 84 ellipsoid: distance, bearing, destination, line length, area."""
