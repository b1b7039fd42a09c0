"""Feeds: what was loaded and revised, and when the publishers release next."""
