"""Reads files into entries: strict YAML, the layout of the folder, the format of each entry."""
