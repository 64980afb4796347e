"""Sample people, dossiers and whatever else apps add: believable, marked, repeatable by seed, any size.

Samples are for a portal that has none of its own yet. An app to the right adds what belongs to it with
`add_loader` in its `AppConfig.ready`; loaders run in the order of the apps, in one transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Staff, User
from trust.audit.context import untold

from .password import sample_password


class SamplesRefused(Exception):
    """Samples are not loaded here; the text says why."""


@dataclass(frozen=True)
class Size:
    """How much is loaded. The named people and dossiers are always there; more is made from the seed."""

    wards: int = 1
    staff: int = 66  # in all wards together
    years: int = 1  # of dossiers, this one included
    initiatives: int = 20
    seed: int = 2026


_loaders: list[Callable] = []


def add_loader(loader):
    """`loader(size, now) -> {what: how many}` runs after the sample people are there."""
    if loader not in _loaders:
        _loaders.append(loader)


def samples_exist():
    return User.objects.filter(is_sample=True).exists() or Staff.objects.filter(is_sample=True).exists()


def load(size=None, *, now=None, password=None):
    """`{what: how many}` of what was made; `{}` where samples are there already.

    Raises SamplesRefused in production, and where a name of the samples belongs to somebody real.
    """
    from .crowd import load_people

    size, now = size or Size(), now or timezone.now()
    if not settings.SAMPLES_ALLOWED:
        raise SamplesRefused(_("These settings allow no samples (SAMPLES_ALLOWED is off)."))
    if samples_exist():
        return {}
    made = {}
    with untold(), transaction.atomic():
        made |= load_people(size, now, password or sample_password())
        for loader in _loaders:
            made |= loader(size, now)
    return made
