"""Bringing releases in: a pure parse() for each format, one way to land what it read."""
