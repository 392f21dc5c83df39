"""One page: its blocks of data, its words, its parts."""
