"""Taking releases out: one table of columns, a generator of rows, and a writer for each format."""
