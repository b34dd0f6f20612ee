"""Formats of dates and times per language, where ours differ from Django's."""
