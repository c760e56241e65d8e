"""Checks on the content of the knowledge. Each check is a generator of problems."""
