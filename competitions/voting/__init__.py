"""The public vote: what is voted on, who may, the count, what looks odd about it."""
