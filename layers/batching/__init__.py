"""Distances, routes and look-ups for tables of any length, batch by batch, over processes or Dask, and on after a kill."""
