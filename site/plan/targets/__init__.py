"""Targets: what they came to, how they stand, and who reports on them."""
