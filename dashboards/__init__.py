"""What readers see: pages, charts, words and the web server. No SQL and no address of a statistics API."""
