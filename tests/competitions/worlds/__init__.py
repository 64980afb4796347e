"""Competitions in every state for the crawler's world, each part with its labels and its secrets."""

from . import base, entering, judging, organising, quiz, voting

PARTS = (organising, entering, judging, voting, quiz)
# {what: (the words, the roles that may meet them)}
SECRETS = {what: entry for part in PARTS for what, entry in part.SECRETS.items()}


def add_competitions(world):
    for part in (base, *PARTS):
        part.add(world)
