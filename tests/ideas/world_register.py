"""The crawler's ward with a line written into its register, and the years its report is asked for."""

from django.utils import timezone

from ideas.register.noting import write_note

_READERS = ("secretary", "chair", "vice_chair", "head", "delegated")
SECRETS = {"note in the register": (("Giấy khen 9937", "Ghi chú sổ 9937"), _READERS)}


def add_register(world):
    year = timezone.localdate().year
    world.labels |= {"this_year": year, "year_to_come": year + 1}
    write_note(
        world.ward.thuky, world.labels["recognised"], reward="Giấy khen 9937", note="Ghi chú sổ 9937", seen=0
    )
