"""Deploy checks of our own; `manage.py check --deploy` runs them, and the server refuses on an error."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError


@register(Tags.security, deploy=True)
def no_sample_accounts(app_configs, **kwargs):
    """Sample accounts have a printed password and no second factor: never on the Internet."""
    from people.models import User

    if settings.SAMPLES_ALLOWED:
        return []
    try:
        samples = User.objects.filter(is_sample=True, is_active=True).exists()
    except DatabaseError:  # before the first migrate
        return []
    if samples:
        return [Error("Sample accounts exist; production does not start with them.", id="house.E001")]
    return []


def refuse_samples():
    """Asked where a process starts to serve or to work: production does not run with sample accounts."""
    for error in no_sample_accounts(None):
        raise ImproperlyConfigured(f"{error.msg} Disable or remove them, then start again.")
