"""The desk: where staff write, decide and look things up. `registry` names all its pages."""
