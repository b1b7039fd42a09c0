"""What ships with the project, so that a fresh clone has real figures: stored answers and dated transcripts."""
