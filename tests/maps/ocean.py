"""A synthetic ocean: one area with 2,000 islands as holes, each filled by an area."""

from functools import cache

import geopandas as gpd
import numpy as np
import shapely

SIDE = 45
BAY = (120.0, 30.0, 140.0, 46.0)  # west, south, east, north
_CORNERS, _SHORE = 60, 20_000


@cache
def islands(count=2000):
    """Islands on a grid, of 60 vertices; the first of them is large."""
    random = np.random.default_rng(13)
    west, south, east, north = BAY
    xs, ys = np.linspace(west + 1, east - 1, SIDE), np.linspace(south + 1, north - 1, SIDE)
    middle = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)[:count]
    turn = np.linspace(0, 2 * np.pi, _CORNERS, endpoint=False)
    size = random.uniform(0.0005, 0.06, (count, 1)) * random.uniform(0.7, 1.2, (count, _CORNERS))
    ring = np.stack([np.cos(turn) * size, np.sin(turn) * size], axis=-1) + middle[:, None]
    return shapely.polygons(ring)


@cache
def ocean():
    """Frame of the ocean and, behind it, of its islands."""
    west, south, east, north = BAY
    random = np.random.default_rng(14)
    turn = np.linspace(0, 2 * np.pi, _SHORE, endpoint=False)
    reach = 1 + 0.02 * np.cumsum(random.normal(0, 0.02, _SHORE)) * np.sin(turn / 2)
    shore = np.stack(
        [(west + east) / 2 + 14 * reach * np.cos(turn), (south + north) / 2 + 12 * reach * np.sin(turn)], axis=-1
    )
    water = shapely.Polygon(shore, [shapely.get_coordinates(island)[::-1] for island in islands()])
    names = ["Ocean", *(f"Island {n}" for n in range(len(islands())))]
    return gpd.GeoDataFrame({"name": names}, geometry=[water, *islands()], crs=4326)
