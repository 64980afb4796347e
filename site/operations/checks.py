"""A key that is no key is found when the portal starts, not on the night of the first backup."""

from django.conf import settings
from django.core import checks

from .keys import is_key


@checks.register
def backup_key_is_a_key(app_configs, **kwargs):
    if settings.BACKUP_KEY and not is_key(settings.BACKUP_KEY):
        return [
            checks.Error(
                "BACKUP_KEY: must be an age identity, the line that begins with AGE-SECRET-KEY-1",
                hint="manage.py backup --make-key makes one.",
                id="operations.E001",
            )
        ]
    return []
