"""Forms of data rights."""
