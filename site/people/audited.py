"""What of people goes into the audit trail besides sign-in, accounts and roles, which record their own."""

from django.contrib.auth import get_user_model
from django.db.models.signals import post_save
from django.utils.translation import gettext_lazy as _

from trust.audit import record, register_action
from trust.audit.following import follow
from trust.audit.objects import by_field, register_object

from .models import CommendationChange, RosterUpload, Staff


def register():
    for code, kind, label in (
        ("health.read", "access", _("read health reasons of an absence")),
        ("roster.uploaded", "application", _("handed in a roster workbook")),
        ("roster.closed", "application", _("wrote or dropped a roster workbook")),
    ):
        register_action(code, kind, label)
    follow(
        CommendationChange,
        "people.commendation",
        _("a commendation was entered or withdrawn"),
        target="commendation",
        actor="actor",
        step="change",
        words=dict(CommendationChange.Kind.choices).get,
    )
    register_object("people.user", **by_field(get_user_model(), "username"))
    register_object("people.staff", **by_field(Staff, "staff_code"))
    post_save.connect(_roster, sender=RosterUpload, dispatch_uid="audit-roster")


def _roster(sender, instance, created, raw=False, **kwargs):
    if created:
        record("roster.uploaded", target=instance)
    elif instance.state != RosterUpload.State.PREVIEW:
        record(
            "roster.closed",
            target=instance,
            step=str(instance.state),
            created=instance.created,
            changed=instance.changed,
            skipped=instance.skipped,
        )
