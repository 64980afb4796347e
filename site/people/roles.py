"""Roles: what a person may do beyond their own things. Each is a group named by its code.

Council powers are not here: they come from the appointment record, not from a group.
"""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import (
    BooleanField,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    Subquery,
)
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from trust import audit

from .facts import fact, forget

# Facts of an account.
ROLES, OFFICER = "role_codes", "counts_as_officer"


class Role(models.TextChoices):
    """The codes are stable: they are the names of the groups."""

    HEAD = "head", _("head of the ward")
    DEPUTY_HEAD = "deputy_head", _("deputy head of the ward")
    PERSONNEL_OFFICER = "personnel_officer", _("personnel officer")
    RECORDS_CLERK = "records_clerk", _("records clerk")
    UNIT_HEAD = "unit_head", _("unit head")
    TRAINING_OFFICER = "training_officer", _("training officer")
    ORGANISER = "organiser", _("competition organiser")
    JUDGE = "judge", pgettext_lazy("role", "judge")
    UNIT_REPORTER = "unit_reporter", _("unit reporter")
    PLAN_COORDINATOR = "plan_coordinator", _("plan coordinator")
    EDITOR = "editor", pgettext_lazy("role", "editor")
    PUBLISHER = "publisher", pgettext_lazy("role", "publisher")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("data-protection officer")
    ADMINISTRATOR = "administrator", _("administrator")


# Powers that come from elsewhere than a group (a seat on the council): apps to the right add a function that
# gives a condition over accounts, such as `Exists(….filter(staff__user=OuterRef("pk")))`.
officer_conditions: list[Callable] = []

# Whoever else hears of every role change (the council's chair): apps to the right add a function here.
role_watchers: list[Callable[[], Iterable]] = []


def ensure_groups(**kwargs):
    """After migrate: one group for each role; nothing else is touched."""
    present = set(Group.objects.filter(name__in=Role.values).values_list("name", flat=True))
    Group.objects.bulk_create(
        [Group(name=code) for code in Role.values if code not in present], ignore_conflicts=True
    )
    from .health import ensure_permission

    ensure_permission()


def roles_of(user) -> frozenset[str]:
    """The role codes of an account, asked once per instance. Nobody, and a closed account, has none;
    a superuser gets nothing extra."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return frozenset()
    if not hasattr(user, "_roles"):
        user._roles = frozenset(filter(None, (fact(user, ROLES) or "").split(",")))
    return user._roles


class _InOne(Func):
    """The values of all rows of a subquery in one text, parted by commas; codes hold none."""

    function, template, output_field = "GROUP_CONCAT", "%(function)s(%(expressions)s)", CharField()

    def as_postgresql(self, compiler, connection, **more):
        return self.as_sql(
            compiler,
            connection,
            function="STRING_AGG",
            template="%(function)s(%(expressions)s::text, ',')",
            **more,
        )


def role_codes():
    """The fact `ROLES` of an account; the groups other software makes are none."""
    groups = Group.objects.filter(user=OuterRef("pk"), name__in=Role.values).order_by()
    return Subquery(groups.annotate(codes=_InOne(F("name"))).values("codes"))


def has_role(user, *roles) -> bool:
    """Whether the account has at least one of `roles`."""
    return not roles_of(user).isdisjoint(str(role) for role in roles)


def officer_condition():
    """The query condition for accounts that count as officers.

    The rule: everybody who may do more than their own things counts as an officer, administrators above all:
    who has any role, a power of another app's (`officer_conditions`) or Wagtail's or Django's own rights. Of
    them a second factor is required (NĐ 331/2026, TCVN 14423:2026: administrators, and access from the
    Internet).
    """
    groups = Group.objects.filter(user=OuterRef("pk"), name__in=Role.values)
    condition = Q(Exists(groups)) | Q(is_superuser=True) | Q(is_staff=True)
    for other in officer_conditions:
        condition |= Q(other())
    return condition


def counts_as_officer(user) -> bool:
    """Whether the account counts as an officer (`officer_condition`); nobody unknown does."""
    return bool(fact(user, OFFICER))


def officer_of_account():
    """The fact `OFFICER`."""
    return ExpressionWrapper(officer_condition(), output_field=BooleanField())


def holders_of(*roles):
    """Open accounts with one of `roles`, each once."""
    from .models import User

    codes = [str(role) for role in roles]
    return User.objects.filter(is_active=True, groups__name__in=codes).distinct().order_by("pk")


def grant_role(actor, user, role, now=None):
    """Gives `role` to `user`; False when they had it. Raises PermissionDenied with the reason in words."""
    _only_an_administrator(actor, user)
    return _change(actor, user, Role(role), granted=True, now=now)


def revoke_role(actor, user, role, now=None):
    """Takes `role` from `user`; False when they did not have it. Raises PermissionDenied with the reason."""
    _only_an_administrator(actor, user)
    return _change(actor, user, Role(role), granted=False, now=now)


def set_up_role(user, role, source):
    """Gives a role where no administrator can act yet: the first one, samples. `source` stands in the log
    as whoever did it; only commands call this."""
    return _change(None, user, Role(role), granted=True, source=source)


def _only_an_administrator(actor, user):
    if not has_role(actor, Role.ADMINISTRATOR):
        raise PermissionDenied(_("Only an administrator gives and takes roles."))
    if actor.pk == user.pk:
        raise PermissionDenied(_("Nobody changes their own roles. Another administrator can do it."))


def _change(actor, user, role, *, granted, now=None, source=""):
    from .accounts import log_values
    from .models import RoleChange, User

    with transaction.atomic():
        watchers = _watchers_besides(actor, user)
        # Everybody this touches is locked in key order at once: two changes never wait for each other.
        keys = [user.pk, *(person.pk for person in watchers)]
        people = {p.pk: p for p in User.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
        locked = people[user.pk]
        group, _created = Group.objects.get_or_create(name=role.value)
        if locked.groups.filter(pk=group.pk).exists() == granted:
            return False
        (locked.groups.add if granted else locked.groups.remove)(group)
        RoleChange.objects.create(
            **log_values(actor, locked, now or timezone.now(), source),
            role=role.value,
            change=RoleChange.Kind.GRANTED if granted else RoleChange.Kind.REVOKED,
        )
        action = "role.granted" if granted else "role.revoked"
        audit.record(action, actor=actor, target=locked, role=role.value)
        _tell(locked, watchers, role, granted)
    forget(user, "_roles", ROLES, OFFICER)
    return True


def _watchers_besides(actor, user):
    watchers = {person.pk: person for watch in role_watchers for person in watch()}
    watchers.pop(user.pk, None)
    if actor is not None:
        watchers.pop(actor.pk, None)
    return list(watchers.values())


def _tell(user, watchers, role, granted):
    from . import events

    with translation.override(settings.LANGUAGE_CODE):
        words = str(role.label)
    own = events.ROLE_GRANTED if granted else events.ROLE_REVOKED
    watched = events.ROLE_GRANTED_TO_SOMEBODY if granted else events.ROLE_REVOKED_FROM_SOMEBODY
    events.announce_role(own, user, watched, watchers, role=words)
