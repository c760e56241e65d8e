"""The steps before points may be shown, and which points may be."""
