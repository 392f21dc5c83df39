"""Your own networks: compiled from line layers of any format, kept as columns, read in milliseconds."""
