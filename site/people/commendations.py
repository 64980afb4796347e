"""Commendations (khen thưởng): entered by the personnel officer as their decision says, withdrawn with a
reason."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import events
from .extracts import ExtractPart, ExtractRow
from .models import Commendation, CommendationChange
from .roles import Role, has_role

CODE, HEADING = "commendations", gettext_lazy("Commendations")
FIRST_YEAR = 1990  # decisions older than that belong to no evaluation of today
SENTENCES = {
    "only_personnel": gettext_lazy("Commendations are entered by the personnel officer."),
    "decided_in_future": gettext_lazy("The decision cannot be of a day still to come."),
    "year_outside": gettext_lazy("Enter a year from %(first)s to %(last)s."),
    "year_after_decision": gettext_lazy("A decision of %(decided)s cannot commend the year %(year)s."),
    "commended_already": gettext_lazy("This title stands with this decision already."),
    "reason_missing": gettext_lazy("Write why it is withdrawn."),
    "withdrawn_already": gettext_lazy("It is withdrawn already."),
}


class Refused(Exception):
    """Why not: a code of the sentences above, and the field it belongs to."""

    def __init__(self, code, field="", **params):
        self.code, self.field, self.params = code, field, params
        super().__init__(code)

    @property
    def sentence(self):
        return str(SENTENCES[self.code]) % self.params


def may_enter(user) -> bool:
    return has_role(user, Role.PERSONNEL_OFFICER)


def enter(user, staff, *, year, kind, title, decision_number, decided_on, issued_by, now=None):
    """The commendation, with its line in the log; the person is told. Raises Refused."""
    now = now or timezone.now()
    if not may_enter(user):
        raise Refused("only_personnel")
    today = timezone.localdate(now)
    if decided_on > today:
        raise Refused("decided_in_future", "decided_on")
    if not FIRST_YEAR <= year <= today.year:
        raise Refused("year_outside", "year", first=FIRST_YEAR, last=today.year)
    if year > decided_on.year:
        raise Refused("year_after_decision", "year", decided=decided_on.year, year=year)
    try:
        with transaction.atomic():
            row = Commendation.objects.create(
                staff=staff,
                year=year,
                kind=kind,
                title=title,
                decision_number=decision_number,
                decided_on=decided_on,
                issued_by=issued_by,
                recorded_at=now,
            )
            _log(row, CommendationChange.Kind.ENTERED, user, now)
            events.announce_commendation(events.COMMENDED, staff)
    except IntegrityError:
        raise Refused("commended_already", "title") from None
    return row


def withdraw(user, commendation, reason, now=None):
    """Takes back what was entered wrongly; the row and its reason stay. Raises Refused."""
    now = now or timezone.now()
    if not may_enter(user):
        raise Refused("only_personnel")
    if not reason.strip():
        raise Refused("reason_missing", "reason")
    with transaction.atomic():
        row = Commendation.objects.select_for_update(of=("self",)).select_related("staff")
        row = row.get(pk=commendation.pk)
        if row.withdrawn_at is not None:
            raise Refused("withdrawn_already")
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_at"])
        _log(row, CommendationChange.Kind.WITHDRAWN, user, now, reason.strip())
        events.announce_commendation(events.COMMENDATION_WITHDRAWN, row.staff)
    return row


def _log(row, change, user, now, reason=""):
    CommendationChange.objects.create(
        commendation=row, change=change, at=now, actor=user, actor_name=user.display_name, reason=reason
    )


def commendations_of(people, year, viewer):
    """What people's yearly extracts say: what stands, by the year it honours. One query."""
    rows = Commendation.objects.filter(staff__in=people, year=year, withdrawn_at__isnull=True)
    found = {}
    for row in rows:
        note = _("Decision %(number)s, %(issuer)s") % {
            "number": row.decision_number,
            "issuer": row.issued_by,
        }
        line = ExtractRow(row.title, f"{row.get_kind_display()} · {note}", day=row.decided_on)
        found.setdefault(row.staff_id, []).append(line)
    return {
        key: ExtractPart(CODE, str(HEADING), ngettext("commendation", "commendations", len(lines)), lines)
        for key, lines in found.items()
    }
