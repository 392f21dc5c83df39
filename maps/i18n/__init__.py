"""Words and numbers in the four languages of the pages."""
