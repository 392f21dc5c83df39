"""The network as one file: compiled from the layers and the tables, selected by day in milliseconds."""
