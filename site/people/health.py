"""Data about health (kinds of leave, reasons of exemptions): behind a permission of its own (NĐ 356/2025
Đ.4).

`people.view_health_reason` belongs to the group of personnel officers and to nothing else; it is asked for
itself, not through the role, so that taking it from the group takes it from everybody. A superuser has it
no more than an administrator: `has_perm` would say yes to them, so it isn't asked.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from .roles import Role, has_role

CODENAME = "view_health_reason"


def ensure_permission():
    """After migrate: the permission is there; no account, and no group but the personnel officers', has it.

    Made here and not by a migration: it belongs to a group that is made here as well. A group of personnel
    officers that stands already keeps what was decided about it.
    """
    kind, _new = ContentType.objects.get_or_create(app_label="people", model="leave")
    permission, is_new = Permission.objects.get_or_create(
        content_type=kind, codename=CODENAME, defaults={"name": "Can read reasons about health"}
    )
    group = Group.objects.get(name=Role.PERSONNEL_OFFICER.value)
    if is_new:
        group.permissions.add(permission)
    for other in Group.objects.filter(permissions=permission).exclude(pk=group.pk):
        other.permissions.remove(permission)
    for user in permission.user_set.all():
        user.user_permissions.remove(permission)


def may_view_health_reason(user) -> bool:
    """Asked once per account instance; one query, and none for whoever is no personnel officer."""
    if not has_role(user, Role.PERSONNEL_OFFICER):
        return False
    if not hasattr(user, "_views_health"):
        granted = user.groups.filter(
            name=Role.PERSONNEL_OFFICER.value,
            permissions__codename=CODENAME,
            permissions__content_type__app_label="people",
        )
        user._views_health = granted.exists()
    return user._views_health
