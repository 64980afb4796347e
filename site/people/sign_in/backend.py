"""The one check of a password."""

from functools import lru_cache

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone

from ..facts import with_facts


def account_of(name):
    """The account with this user name, else the only one with this e-mail; None otherwise. One query."""
    name = (name or "").strip()
    if not name or "\0" in name:
        return None
    found = Q(username__iexact=name) | Q(email__iexact=name)
    # Of an address several share, two are enough to know.
    near = list(get_user_model().objects.select_related("staff").filter(found)[:3])
    by_name = [user for user in near if user.username.lower() == name.lower()]
    return by_name[0] if by_name else near[0] if len(near) == 1 else None


class StaffBackend(AuthenticationBackend):
    """Signs in by user name or e-mail. A password is hashed exactly once whoever was named, so the time taken
    does not tell whether there is such an account."""

    def _authenticate(self, request, **credentials):
        user = account_of(credentials.get("username") or credentials.get("email"))
        return self._check_password(user, credentials["password"])

    def get_user(self, user_id):
        """Nearly every page asks for the person's row on the roster, and each for what decides where they may
        go (roles, a second factor): they come with the account."""
        user = _people(timezone.localdate()).filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


@lru_cache(maxsize=2)
def _people(_today):
    """The query for an account, put together once: every request makes it. Facts depend on the day."""
    return with_facts(get_user_model().objects.select_related("staff"))
