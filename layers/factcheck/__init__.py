"""What two articles say about the border, each sentence set against the record."""
