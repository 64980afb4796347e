"""Pages of training, by subject. A view asks and draws; it decides nothing."""
