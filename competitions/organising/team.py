"""Who organises and who judges a competition. Nobody does both, and nobody of them is in an entry."""

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from notifications.events import announce
from people.roles import Role, has_role, holders_of

from .. import events
from ..access import ORGANISE, is_entrant
from ..acts import log
from ..models import CompetitionPage, Judge, OrganiserPermission
from .editing import locked
from .refusals import ActRefused

_JUDGES_WORK = "/cuoc-thi/cham/"
_OPEN_SHEETS = ("todo", "draft", "submitted")


def organiser_rows(competition):
    """The permissions of those who organise it, in the order they came."""
    return (
        OrganiserPermission.objects.filter(content_object=competition)
        .select_related("user__staff")
        .order_by("pk")
    )


def seats(competition):
    """The jury of now."""
    return competition.judges.filter(ended_at__isnull=True).select_related("user__staff").order_by("pk")


def may_judge(competition):
    """Accounts that could be appointed: judges by role who neither organise nor sit there already."""
    taken = seats(competition).values("user")
    organising = organiser_rows(competition).values("user")
    people = holders_of(Role.JUDGE).exclude(pk__in=taken).exclude(pk__in=organising)
    return people.select_related("staff")


def may_join(competition):
    """Accounts that could organise it too."""
    organising = organiser_rows(competition).values("user")
    people = (
        holders_of(Role.ORGANISER)
        .exclude(pk__in=organising)
        .exclude(pk__in=seats(competition).values("user"))
    )
    return people.select_related("staff")


def let_organise(competition, user):
    content_type = ContentType.objects.get_for_model(CompetitionPage)
    permission = Permission.objects.get(content_type=content_type, codename=ORGANISE)
    return OrganiserPermission.objects.create(user=user, permission=permission, content_object=competition)


# ---- the jury


def appoint(competition, judge, user, *, now=None):
    """A seat in the jury, told to the judge. Raises ActRefused."""
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(competition, user)
        _refuse_once_published(row)
        if not has_role(judge, Role.JUDGE):
            raise ActRefused("not_a_judge", field="account")
        if organiser_rows(row).filter(user=judge).exists():
            raise ActRefused("organises_it", field="account")
        if is_entrant(judge, row):
            raise ActRefused("is_in_an_entry", field="account")
        if seats(row).filter(user=judge).exists():
            raise ActRefused("judges_already", field="account")
        seat = Judge.objects.create(competition=row, user=judge, appointed_at=now)
        log(row, "judge_added", user, now=now, judge=judge.display_name)
        announce(events.JUDGE_APPOINTED, [judge], link=_JUDGES_WORK, subject=row.code)
    return seat


def release(competition, seat, user, *, reason, now=None):
    """Takes a judge off. One with sheets keeps the seat: points given would lose their judge; what is not
    scored yet goes to another by the judge's own word (a conflict of interest)."""
    now = now or timezone.now()
    with transaction.atomic():
        row = locked(competition, user)
        _refuse_once_published(row)
        seat = Judge.objects.select_for_update(of=("self",)).get(pk=seat.pk, competition=row)
        if seat.ended_at:
            return seat
        if not reason.strip():
            raise ActRefused("reason_missing", field="reason")
        if seat.sheets.filter(state__in=_OPEN_SHEETS).exists():
            raise ActRefused("judge_has_sheets")
        seat.ended_at = now
        seat.save(update_fields=["ended_at"])
        log(row, "judge_removed", user, reason=reason, now=now, judge=seat.user.display_name)
        announce(events.JUDGE_RELEASED, [seat.user], link=_JUDGES_WORK, subject=row.code)
    return seat


def _refuse_once_published(row):
    results = getattr(row, "result_list", None)
    if results is not None and results.state == "published":
        raise ActRefused("results_are_out")


# ---- further organisers


def add_organiser(competition, account, user, *, now=None):
    with transaction.atomic():
        row = locked(competition, user)
        if not has_role(account, Role.ORGANISER):
            raise ActRefused("not_an_organiser", field="account")
        if seats(row).filter(user=account).exists():
            raise ActRefused("judges_it", field="account")
        if is_entrant(account, row):
            raise ActRefused("is_in_an_entry", field="account")
        if organiser_rows(row).filter(user=account).exists():
            raise ActRefused("organises_already", field="account")
        made = let_organise(row, account)
        log(row, "organiser_added", user, now=now, organiser=account.display_name)
        announce(events.ORGANISER_ADDED, [account], link=row.written_at, subject=row.code)
    return made


def remove_organiser(competition, permission_pk, user, *, reason, now=None):
    """The last one stays: a competition without organisers could never end."""
    with transaction.atomic():
        row = locked(competition, user)
        rows = {p.pk: p for p in organiser_rows(row)}
        if permission_pk not in rows:
            raise ActRefused("organises_no_more")
        if not reason.strip():
            raise ActRefused("reason_missing", field="reason")
        left = [p for p in rows.values() if p.pk != permission_pk and has_role(p.user, Role.ORGANISER)]
        if not left:
            raise ActRefused("last_organiser")
        gone = rows[permission_pk].user
        rows[permission_pk].delete()
        log(row, "organiser_removed", user, reason=reason, now=now, organiser=gone.display_name)
        announce(events.ORGANISER_REMOVED, [gone], link="/cuoc-thi/to-chuc/", subject=row.code)
    return gone
