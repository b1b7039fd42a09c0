"""Open data: what an address of /api asks for, the rows that answer it, and the files that carry them."""
