"""Features for a map: ours, a user's, and those derived from others."""
