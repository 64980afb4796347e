"""The plan in the crawler's ward: everybody works in VHXH but `other_reporter`, who reports for KTHTDT."""

from plan.loading import load_content
from plan.units import load_units

from .builders import in_unit


def add_plan(world):
    load_units()
    load_content()
    in_unit(world.ward.baocaokt, "KTHTDT")
