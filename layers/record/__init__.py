"""The files of record: layers, catalog, sources, schema, history."""
