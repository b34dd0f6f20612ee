"""An archive of any size, made of the demonstration's sentences: the same seed makes the same archive."""
