"""What somebody can do, from evidence: the record (pure), what writes it, what is needed, what helps."""
