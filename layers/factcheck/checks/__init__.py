"""The checks that set a claim against the record, by kind."""
