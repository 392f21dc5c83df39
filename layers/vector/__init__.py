"""User files of any format as batches of shapes and columns."""
