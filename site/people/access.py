"""Who may: the doors other apps use too.

`@require_role(Role.PERSONNEL_OFFICER)` on a function view, `RoleRequired` for a class: anonymous people
are sent to sign in and come back, anybody else without the role gets 403 with a sentence.
"""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from .health import may_view_health_reason
from .models import Staff
from .roles import Role, has_role, role_watchers, roles_of

__all__ = [
    "RoleRequired",
    "check_role",
    "may_read_role_log",
    "may_see_leave_kind",
    "require_role",
    "roles_of",
    "staff_visible_to",
]


def check_role(user, *roles):
    """Raises PermissionDenied, naming who may, unless the account has one of `roles`."""
    if not has_role(user, *roles):
        names = format_lazy("{}", ", ".join(str(Role(role).label) for role in roles))
        raise PermissionDenied(_("This page is for: %(roles)s.") % {"roles": names})


def require_role(*roles):
    """Lets a view be asked only by somebody who has one of `roles`."""

    def decorate(view):
        @wraps(view)
        def guarded(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            check_role(request.user, *roles)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


class RoleRequired:
    """`require_role` for class-based views: set `roles`."""

    roles: tuple = ()

    def dispatch(self, request, *args, **kwargs):
        return require_role(*self.roles)(super().dispatch)(request, *args, **kwargs)


def may_see_leave_kind(user) -> bool:
    """The kind of a leave is health data (training.md §2)."""
    return may_view_health_reason(user)


def may_read_role_log(user) -> bool:
    """Administrators, and whoever is told of every role change."""
    if not user.is_authenticated or not user.is_active:
        return False
    if has_role(user, Role.ADMINISTRATOR):
        return True
    return any(person.pk == user.pk for watch in role_watchers for person in watch())


def staff_visible_to(user):
    """The roster as this account may read it: all for personnel officers, oneself for everybody else."""
    if has_role(user, Role.PERSONNEL_OFFICER):
        return Staff.objects.all()
    return Staff.objects.filter(user=user) if user.is_authenticated else Staff.objects.none()
