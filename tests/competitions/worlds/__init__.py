"""Competitions in every state for the crawler's world, each part with its labels."""

from . import base, quiz, voting

PARTS = (base.add, voting.add, quiz.add)


def add_competitions(world):
    for add in PARTS:
        add(world)
