"""A folder of maps: pages, index, manifest, verification."""
