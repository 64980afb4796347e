"""Results: what the ranking comes to, drafted, checked by another person, published."""
