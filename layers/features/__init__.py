"""Features for users: layers as GeoDataFrames, and the gazetteer."""
