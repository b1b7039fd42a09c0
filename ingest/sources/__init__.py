"""One module a statistic; each declares SOURCES, its tables."""
