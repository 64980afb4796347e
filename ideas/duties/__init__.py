"""What waits for people in the initiatives, by when, for the work page: one module for each office."""

from .authors import of_authors
from .heads import of_heads
from .members import of_members
from .secretaries import of_secretaries

PROVIDERS = (of_heads, of_secretaries, of_members, of_authors)
