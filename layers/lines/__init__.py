"""Networks of one's own: compiled from line layers of any format, kept as columns, read in milliseconds."""
