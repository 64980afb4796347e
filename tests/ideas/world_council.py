"""The council room of the crawler's ward: the stand-in has declared, as the members before had."""

from ideas.models import Initiative

from . import builders


def add_council(world):
    builders.declare_all(Initiative.objects.get(code=world.labels["evaluating"]))
