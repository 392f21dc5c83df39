"""Pages on paper: PDF and PNG through Chromium."""
