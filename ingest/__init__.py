"""Bring figures from publishers into a new version of the database: fetch, keep, parse, check, load."""
