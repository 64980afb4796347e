"""What somebody can do, from evidence: the record (pure), what writes it, what a position needs, what helps."""
