"""Rows of the golden table (tests/role_table.py) by the parts of competitions."""

from . import entering, judging, organising, public, quiz, results, voting

ROWS = [row for part in (public, organising, entering, judging, results, voting, quiz) for row in part.ROWS]
