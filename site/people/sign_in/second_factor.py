"""Whom a second factor is required of, and who has one.

The rule (`roles.counts_as_officer`): everybody with a role beyond plain staff. Recovery codes alone are none:
they stand in for a phone or a key that is not at hand.
"""

import base64
import hashlib
import time

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db.models import Exists, OuterRef

from .. import roles
from ..facts import fact

MAIN = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
HAS_ONE = "has_second_factor"  # the fact of an account
WANTED = "wanted_first"  # the session's entry: where the person wanted to go before they were led aside
_FRESH = 10 * 60  # seconds after signing in
_SEALED = "sealed:"


def exists_for_account():
    return Exists(Authenticator.objects.filter(user=OuterRef("pk"), type__in=MAIN))


def has_one(user):
    return bool(fact(user, HAS_ONE))


def is_required_of(user):
    """Samples are exempt: their phones exist no more than they do."""
    return settings.SECOND_FACTOR_REQUIRED and not user.is_sample and roles.counts_as_officer(user)


def is_missing(user):
    return is_required_of(user) and not has_one(user)


def is_being_set_up(request):
    """Whether somebody of whom it is required was led to set it up, a few minutes after signing in."""
    user = request.user
    if WANTED not in request.session or not user.is_authenticated or not is_required_of(user):
        return False
    return signed_in_just_now(request)


def signed_in_just_now(request):
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < _FRESH


class StaffFactors(DefaultMFAAdapter):
    """An officer keeps at least one; the key of an app stands sealed in the database."""

    def can_delete_authenticator(self, authenticator):
        if authenticator.type not in MAIN or not is_required_of(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user, type__in=MAIN)
        return others.exclude(pk=authenticator.pk).exists()

    def encrypt(self, text):
        return _SEALED + _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """What was stored before keys were sealed is read as it stands."""
        if not encrypted_text.startswith(_SEALED):
            return encrypted_text
        return _box().decrypt(encrypted_text.removeprefix(_SEALED)).decode()


def _box():
    """By the installation's secret; what older secrets sealed can still be opened."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [hashlib.sha256(f"people.sign_in.second_factor:{secret}".encode()).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
