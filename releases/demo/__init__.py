"""The demonstration newsroom: an invented office that shows everything the house can do."""
