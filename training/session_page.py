"""What the page of one session shows, as plain values: for the public, for staff, for whoever runs it."""

from dataclasses import dataclass

from django.utils import timezone

from people.models import Staff

from . import certificates, checkin, enrolment, finding, history, listing, roll, sheets
from .access import may_manage
from .acts import acts_of
from .forms.steps import HeadCountForm, SheetForm
from .lifecycle import SessionState
from .models import Enrolment, TrainingCertificate

HISTORY_LINES = 8


@dataclass(frozen=True)
class OwnPart:
    """What a member of staff has to do with the session."""

    row: Enrolment | None
    enrol: object
    give_back: object
    queue: tuple | None
    standing: object
    certificate: TrainingCertificate | None

    @property
    def on_the_list(self):
        return self.row is not None and self.row.state in enrolment.ON_THE_LIST

    @property
    def matters(self):
        """Whether whoever runs the session has a part in it themselves, or could have."""
        noted = self.standing.state != "none" or self.certificate is not None
        return self.on_the_list or self.enrol.allowed or noted


def page_for(session, user) -> dict:
    """A constant number of queries whatever the session holds."""
    is_staff = listing.is_staff_member(user)
    page = {"is_staff": is_staff, "is_over": timezone.now() > session.ends}
    if is_staff:
        page |= {"seats": enrolment.seats_of(session), "own": _own(session, user)}
    if may_manage(user, session):
        page |= _managed(session, user)
    return page


def _own(session, user):
    staff = user.staff
    row = Enrolment.objects.filter(session=session, staff=staff).first()
    waits = row is not None and row.state == Enrolment.State.WAITLISTED
    return OwnPart(
        row=row,
        enrol=enrolment.may_enrol(session, staff),
        give_back=enrolment.may_give_back(session, row),
        queue=enrolment.queue_place(session, staff) if waits else None,
        standing=checkin.standing_of(session, staff),
        certificate=certificates.certificates_visible_to(user).filter(session=session, staff=staff).first(),
    )


def _managed(session, user):
    waiting = roll.waiting_off_list(session)
    unmarked = roll.unmarked(session) if session.state == SessionState.HELD else []
    scans = list(session.sheet_scans.all())
    people = {p.pk: p for p in Staff.objects.filter(pk__in={*waiting, *unmarked}).order_by("order_key")}
    placed = finding.with_workplaces(list(people.values()), session.held_on)
    lacks_sheet = session.state == SessionState.HELD and not scans and session.mode != "online"
    return {
        "seats": enrolment.seats_of(session),
        "tally": roll.tally(session),
        "acts": acts_of(session, user),
        "roll": roll.may_take(session, user),
        "waiting": [(*each, waiting[each[0].pk]) for each in placed if each[0].pk in waiting],
        "unmarked": [each for each in placed if each[0].pk in unmarked],
        "scans": scans,
        "lacks_sheet": lacks_sheet,
        "left": len(waiting) + len(unmarked) + lacks_sheet,
        "may_keep_sheet": sheets.may_keep(session, user),
        "sheet_form": SheetForm(),
        "count_form": HeadCountForm(initial={"head_count": session.head_count}),
        "may_issue": certificates.may_issue(session, user),
        "without_certificate": certificates.count_without(session),
        "certificates": TrainingCertificate.objects.filter(
            session=session, certificate__state="valid"
        ).count(),
        "history": history.latest(session, HISTORY_LINES),
    }
