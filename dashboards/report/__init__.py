"""Reports for paper: the same views as on the pages, as a tagged PDF that is made without a browser."""
