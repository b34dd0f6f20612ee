"""Everything a stranger can fetch. This folder is the trust boundary: it reads editions and never working copies."""
