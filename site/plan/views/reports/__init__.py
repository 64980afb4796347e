"""Pages of the units' reports."""
