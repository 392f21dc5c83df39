"""Builds the files of record from pinned packages and from the hand-typed tables: ``python -m layers.build``.

Data flows one way: `package` reads what is installed, `table` what is entered by hand; `border`, `railway`, `basemap` and `point`
make features of them; `collection` writes a layer; `index` writes the catalog, the sources, the gazetteer and the lengths.
"""
