"""Competitions in every state for the crawler's world, each part with its labels."""

from . import base, judging

PARTS = (base.add, judging.add)


def add_competitions(world):
    for add in PARTS:
        add(world)
