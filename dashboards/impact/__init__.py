"""The impact tool for readers: its form, the faults of a filled one in words, and the report of an evaluation."""
