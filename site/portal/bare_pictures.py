"""Files made of a picture hold the picture and nothing else.

A camera writes into the file where and when it was taken, by what, and often a small copy of the whole scene.
Willow, which makes the files for Wagtail, carries that over into JPEG and PNG; so what it does first with
every picture, turning it upright, is done here and leaves all that behind.
"""

from willow.plugins.pillow import PillowImage
from willow.registry import registry

KEPT = {"icc_profile", "transparency"}  # without them colours or clear places would change


def upright_and_bare(image):
    upright = PillowImage.auto_orient(image)
    info = upright.image.info
    upright.image.info = {name: info[name] for name in KEPT & info.keys()}
    return upright


def register():
    registry.register_operation(PillowImage, "auto_orient", upright_and_bare)
