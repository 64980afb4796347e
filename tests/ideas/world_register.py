"""The crawler's ward with a line written into its register, its report's years, a batch for the city."""

from decimal import Decimal

from django.utils import timezone

from ideas.register import city
from ideas.register.noting import write_note

from . import builders

_READERS = ("secretary", "chair", "vice_chair", "head", "delegated")
SECRETS = {"note in the register": (("Giấy khen 9937", "Ghi chú sổ 9937"), _READERS)}


def add_register(world):
    year = timezone.localdate().year
    world.labels |= {"this_year": year, "year_to_come": year + 1}
    strong = builders.recognised(world.ward, share=Decimal("0.9"), title="Bảng màu gửi thành phố")
    city.choose(world.ward.thuky, strong.code)
    world.labels |= {"for_city": strong.code, "for_city_round": city.address_of(world.ward.round)}
    write_note(
        world.ward.thuky, world.labels["recognised"], reward="Giấy khen 9937", note="Ghi chú sổ 9937", seen=0
    )
