"""What only running the knowledge can show: worked cases, core messages, shadowed phrases."""
