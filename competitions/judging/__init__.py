"""Judging: who judges what, blind sheets, what a stage comes to."""
