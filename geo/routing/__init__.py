"""Routes over a network: one, several, origin–destination matrices, isochrones."""
