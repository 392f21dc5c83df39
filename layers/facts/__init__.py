"""What is on the record beside features: series, events, organisations."""
