"""What the knowledge must keep to: one generator of problems a check."""
