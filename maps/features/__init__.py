"""Features on their way to a map: ours, a user's, and those derived from others."""
