"""Production does not start with sample accounts; a trial does."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from config.checks import no_sample_accounts, refuse_samples
from people.models import User

pytestmark = pytest.mark.django_db


def test_production_refuses_to_serve_and_to_work_with_a_sample_account(settings):
    settings.SAMPLES_ALLOWED = False
    refuse_samples()
    sample = User.objects.create_user("tacgia", password="only-for-tests-14", is_sample=True)
    assert [error.id for error in no_sample_accounts(None)] == ["house.E001"]
    for start in (refuse_samples, lambda: call_command("work", once=True)):
        with pytest.raises(ImproperlyConfigured, match="Sample accounts exist"):
            start()
    sample.is_active = False
    sample.save()
    refuse_samples()


def test_a_trial_may_have_them(settings):
    settings.SAMPLES_ALLOWED = True
    User.objects.create_user("tacgia", password="only-for-tests-14", is_sample=True)
    refuse_samples()
