"""Pages of data rights: everybody's, one's own, the officer's."""
