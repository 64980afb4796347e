"""A form the author printed and nobody keyed."""

from ideas.application.blank_forms import print_form


def add_faces(world):
    world.labels["blank_form"] = print_form(world.ward.tacgia).code
