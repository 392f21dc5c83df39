"""``tumen layers`` and its subcommands."""
