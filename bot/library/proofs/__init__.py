"""Checks that run the knowledge: worked cases, messages of the core list, examples and shadowed phrases."""
