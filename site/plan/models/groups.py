"""Innovation clubs and community digital teams of residential groups: who is in them, what they did."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.models import Dated, Staff, Unit

from .books import BookEntry
from .parts import Line


class ResidentialGroupChange(Line):
    """A residential group (a `people.Unit` of that kind) was added, renamed, ended, or its end undone."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta(Line.Meta):
        verbose_name = _("change of a residential group")


class ResidentialEnd(models.Model):
    """A residential group is no longer there from a day on; why, and who said so, stands in its log."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="residential_end")
    ended_from = models.DateField(_("first day without it"))
    into = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("end of a residential group")


def named(unit, day=None):
    """The unit's name, with “ended” where it is a residential group that is gone. No query where
    `residential_end` was loaded with it."""
    end = getattr(unit, "residential_end", None)
    if end and end.ended_from <= (day or timezone.localdate()):
        return gettext("%(name)s (ended)") % {"name": unit.name}
    return unit.name


class LocalGroup(BookEntry, Dated):
    """A club (Câu lạc bộ đổi mới sáng tạo) or a team (Tổ công nghệ số cộng đồng), by its `book`; its unit is
    the residential group. It exists from `start_on` until the day before `end_before`."""

    decision_number = models.CharField(_("number of the decision"), max_length=40, blank=True)
    decided_on = models.DateField(_("day of the decision"), null=True, blank=True)
    head = models.CharField(_("head"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("club or team")
        constraints = [
            models.CheckConstraint(
                condition=Q(end_before__isnull=True) | Q(end_before__gt=F("start_on")),
                name="plan_group_dates",
            )
        ]


class GroupMember(Dated):
    """Somebody in a club or team. The public reads how many there are, never who."""

    group = models.ForeignKey(LocalGroup, models.CASCADE, related_name="members")
    name = models.CharField(_("full name"), max_length=120)
    role = models.CharField(_("task in the group"), max_length=120, blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    staff = models.ForeignKey(Staff, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("member of a club or team")
        ordering = ["pk"]


class GroupActivity(BookEntry):
    """Something a club or team did on a day."""

    group = models.ForeignKey(LocalGroup, models.PROTECT, related_name="activities")
    held_on = models.DateField(_("day"), db_index=True)
    text = models.TextField(_("what was done"), blank=True)
    people = models.PositiveIntegerField(_("people who took part"))
    led_by = models.CharField(_("led by"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("activity of a club or team")
