"""Reports of a route: in brief, leg by leg, as HTML for a notebook."""
