"""A route told: in brief, leg by leg, as HTML for a notebook."""
