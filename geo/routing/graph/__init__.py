"""What is searched: the states of a load, the arcs between them, and their weights, of objects or of columns."""
