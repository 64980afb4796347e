"""Survey points: made, renamed, switched on and off; each change is logged."""

from django.db import transaction
from django.utils import timezone

from papers.codes import new_code

from ..models import SurveyChange, SurveyPoint
from . import access
from .refusing import Refused


def make(user, name, unit, *, is_sample=False, now=None):
    now = now or timezone.now()
    _check_unit(user, unit)
    with transaction.atomic():
        point = SurveyPoint.objects.create(
            code=new_code(), name=name, unit=unit, is_sample=is_sample, made_at=now
        )
        log(point, "made", now, user, note=name)
    return point


def change(point, user, *, name, unit, is_active, now=None):
    """Whether anything changed. The code stays: posters hang on walls."""
    now = now or timezone.now()
    _check_unit(user, unit)
    with transaction.atomic():
        locked = SurveyPoint.objects.select_for_update().get(pk=point.pk)
        before = {"name": locked.name, "unit": locked.unit_id, "is_active": locked.is_active}
        after = {"name": name, "unit": unit.pk, "is_active": is_active}
        if before == after:
            return False
        locked.name, locked.unit, locked.is_active = name, unit, is_active
        locked.save(update_fields=["name", "unit", "is_active"])
        log(locked, "changed", now, user, before=before, after=after)
    return True


def hide_comment(comment, user, reason, *, now=None):
    """Erases a comment that names a person; False where somebody has done so already. What was said of the
    service stays counted."""
    now = now or timezone.now()
    if not reason.strip():
        raise Refused("reason_missing", "reason")
    with transaction.atomic():
        locked = type(comment).objects.select_for_update(of=("self",)).get(pk=comment.pk)
        point = locked.answer.point
        if not access.may_hide(point, user):
            raise Refused("only_heads_hide")
        if locked.hidden_at:
            return False
        locked.text, locked.hidden_at = "", now
        locked.hidden_by, locked.hidden_by_name = user, user.display_name
        locked.save()
        log(point, "comment_hidden", now, user, note=reason.strip(), comment=locked.pk)
    return True


def log(point, what, now, user, note="", **data):
    SurveyChange.objects.create(
        point=point, at=now, actor=user, actor_name=user.display_name, change=what, note=note, data=data
    )


def _check_unit(user, unit):
    if not access.units_for_points(user).filter(pk=unit.pk).exists():
        raise Refused("not_your_unit", "unit")


def by_code(code):
    """The point on whose poster this code stands, or None."""
    return SurveyPoint.objects.select_related("unit").filter(code=code).first() if code else None
