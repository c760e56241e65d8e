"""An acupressure bot: it understands what hurts, makes sure it is safe, and shows where and how to press."""
