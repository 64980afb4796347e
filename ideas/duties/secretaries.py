"""What waits for the council's secretary."""

from django.utils import timezone
from django.utils.translation import gettext as _

from obligations.duties import WorkItem, WorkSection
from people.models import containing

from .. import formality
from ..access import OPERATING_SEATS
from ..capacities import SECRETARY, acting_capacity
from ..lifecycle import State
from ..models import Initiative, Seat
from ..moves import Actor, Move

_KEPT = (
    State.SUBMITTED,
    State.SUPPLEMENT_REQUESTED,
    State.EXPIRED,
    State.ACCEPTED,
    State.EVALUATING,
    State.REFUSED,
    State.DECLINED,
    State.REVOKED,
)


def of_secretaries(user, now):
    """Dossiers that wait for whoever keeps them: to check, overdue supplements, sheets, complaints.

    A constant number of queries; nobody without an operating seat costs more than one.
    """
    if not _holds_an_operating_seat(user, now):
        return
    kept = _kept_by(user, now)
    today = timezone.localdate(now)
    yield WorkSection(_("Dossiers to check"), [_to_check(i) for i in kept if i.state == State.SUBMITTED], 20)
    yield WorkSection(
        _("Supplements out of time"), [_overdue(i) for i in kept if _is_out_of_time(i, today)], 21
    )
    scoring = [i for i in kept if i.state in (State.ACCEPTED, State.EVALUATING)]
    yield WorkSection(_("Scoring to start and to close"), [_scoring(i) for i in scoring], 22)
    yield WorkSection(_("Open complaints"), [item for i in kept for item in _complaints(i)], 23)


def _holds_an_operating_seat(user, now):
    staff = getattr(user, "staff", None)
    if staff is None:
        return False
    day = timezone.localdate(now)
    return Seat.objects.filter(
        containing(day, "appointment__"), staff=staff, role__in=OPERATING_SEATS
    ).exists()


def _kept_by(user, now):
    """The dossiers in work that this very person keeps: the secretary, or whoever presides in their place."""
    rows = Initiative.objects.for_workflow().visible_to(user).filter(state__in=_KEPT)
    move = Move("look", Actor.of(user), now)
    return [initiative for initiative in rows if acting_capacity((SECRETARY,), initiative, move)]


def _item(initiative, kind, due, action, path="", note="", title=""):
    return WorkItem(
        title=title or initiative.title,
        link=f"{initiative.get_absolute_url()}{path}",
        due=due,
        action=action,
        kind=kind,
        code=initiative.code,
        note=note,
    )


def _to_check(initiative):
    left = len(formality.open_items(initiative))
    note = _("Items left: %(count)s of %(all)s.") % {"count": left, "all": len(formality.CHECKLIST)}
    return _item(initiative, "formality", initiative.formality_due_on, _("Check"), "kiem-tra/", note)


def _is_out_of_time(initiative, today):
    """Expired, or about to: the portal expires them by itself within minutes of the day's end."""
    if initiative.state == State.EXPIRED:
        return True
    due = initiative.supplement_due_on
    return initiative.state == State.SUPPLEMENT_REQUESTED and due is not None and due < today


def _overdue(initiative):
    return _item(
        initiative,
        "supplement_overdue",
        initiative.supplement_due_on,
        _("Open the dossier"),
        note=_("Not completed in time. With a reason it can be taken up again."),
    )


def _scoring(initiative):
    due = (initiative.round and initiative.round.scoring_due_on) or initiative.decision_due_on
    if initiative.state == State.ACCEPTED:
        return _item(initiative, "start_evaluation", due, _("Start scoring"), "buoc/start_evaluation/")
    sheets = initiative.current_sheets
    sent = sum(sheet.state == "submitted" for sheet in sheets)
    note = _("%(sent)s/%(all)s sheets in") % {"sent": sent, "all": len(sheets)}
    return _item(initiative, "sheets", due, _("See the sheets"), note=note)


def _complaints(initiative):
    for complaint in initiative.complaints.all():
        if complaint.settled_on is None:
            due = complaint.settle_due_on or complaint.take_up_due_on
            note = (
                _("To be settled by the head.") if complaint.taken_up_on else _("To be taken up by the head.")
            )
            yield _item(initiative, "complaint", due, _("Read"), "khieu-nai/", note)
