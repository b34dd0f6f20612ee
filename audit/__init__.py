"""Looks at the newsroom from outside with the programs of others: `make audit`."""
