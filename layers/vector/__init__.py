"""Files of a user's own as batches of shapes and columns, whatever their format."""
