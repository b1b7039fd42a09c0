"""Read workbooks of the impact tool in memory, and publish aggregates of them. Rows of persons are never written."""
