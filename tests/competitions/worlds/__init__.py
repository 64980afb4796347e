"""Competitions in every state for the crawler's world, each part with its labels."""

from . import base, entering

PARTS = (base.add, entering.add)


def add_competitions(world):
    for add in PARTS:
        add(world)
