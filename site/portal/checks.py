"""What the portal needs of the machine; `manage.py check` says where it is missing."""

from django.core.checks import Error, register
from PIL import features

WRITTEN = ("avif", "webp")


@register
def pictures_can_be_written(app_configs, **kwargs):
    """A Pillow built by hand may lack a format; its wheels have them all."""
    missing = [name for name in WRITTEN if not features.check(name)]
    if not missing:
        return []
    names = " and ".join(missing)
    return [Error(f"Pillow cannot write {names} here; install its wheel.", id="portal.E001")]
