"""The history of a target: one line for whatever changed it."""

from django.utils.translation import gettext_lazy as _

from ..models import TargetChange

WORDS = {
    "value_reported": _("Figure reported"),
    "value_updated": _("Newer figure reported"),
    "value_corrected": _("Figure corrected"),
    "value_corrected_later": _("Figure corrected after the report was accepted"),
    "evidence_added": _("Evidence added"),
    "owners_confirmed": _("Units confirmed"),
    "owners_changed": _("Units changed"),
    "expected_changed": _("Expected values changed"),
    "definition_confirmed": _("Definition confirmed"),
    "definition_changed": _("Counted in another way"),
}


def record(target, change, user, now, note="", **data):
    """Inside the transaction of what it tells of."""
    made = line(target, change, user, now, note, **data)
    made.save(force_insert=True)
    return made


def line(target, change, user, now, note="", **data):
    """The same before it is written, for whoever writes many."""
    if change not in WORDS:
        raise ValueError(f"{change!r} is no change of a target")
    return TargetChange(
        target=target, at=now, actor=user, actor_name=user.display_name, change=change, note=note, data=data
    )
