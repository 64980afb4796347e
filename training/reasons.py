"""The words of every reason: what stands in the way and what to do. Logic knows the codes alone."""

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from vietnamese.dates import spoken_moment

from .lifecycle import SessionState

_SENTENCES = {
    # ---- the steps of a session
    "only_managers": _("Only the training officer and the session's organiser can do this."),
    "wrong_state": _("The session is %(state)s; this step does not follow from there."),
    "not_begun": _("The session begins at %(moment)s. This is possible from then on."),
    "off_list_waiting": _(
        "People off the list have scanned and wait to be accepted or refused: %(count)s. Answer them first."
    ),
    "unmarked": _("Not marked yet: %(count)s. Mark them on the roll, or tick that the others were absent."),
    "reason_missing": _("Write the reason. Those concerned read it."),
    # ---- changing a session
    "changed_meanwhile": _(
        "Somebody else changed this session meanwhile. What you typed still stands here; "
        "compare it with the session's page and save again."
    ),
    "is_closed": _("The session is %(state)s. Reopen it before changing anything."),
    "credit_too_long": _("The session lasts %(length)s minutes; it cannot count more."),
    "ends_before_start": _("The end must be later than the begin, on the same day."),
    "below_taken": _("%(taken)s people have a seat already. Seats cannot be fewer."),
    "day_in_future": _("The session was held already: its day cannot lie in the future."),
    # ---- seats
    "no_staff": _("Your account is not on the staff roster, so it has no place on a list."),
    "not_in_service": _("The roster says that you are not in service today. Ask the personnel officer."),
    "not_open": _("The session is %(state)s. Enrolment is possible while it is open."),
    "begun": _("The session began at %(moment)s. Enrolment ended then."),
    "no_seat_held": _("You are not on the list of this session."),
    "called_up": _("You were called up to this session. If you cannot come, tell the organiser."),
    "already_marked": _("This person is marked on the roll already and stays on the list."),
    "not_open_for_call_up": _("The session is %(state)s. Open it first, then call people up."),
    "nobody_chosen": _("Choose at least one person."),
    "no_room": _(
        "Seats left: %(free)s, people chosen: %(asked)s. Choose fewer, or raise the number of seats."
    ),
    # ---- the roll
    "roll_not_open": _("The session is %(state)s. The roll can be taken once it is open."),
    "roll_closed": _("The session is confirmed. Reopen it, with a reason, to change a mark."),
    "roll_cancelled": _("The session is cancelled. Its roll stays as it was."),
    "roll_too_early": _("The roll can be taken from %(moment)s, one hour before the session."),
    "not_listed": _("This person is not on the list. Add them below first."),
    "bad_status": _("Choose one of the four marks."),
    "not_waiting": _("Nobody waits here any more: it was answered meanwhile."),
    "unknown_person": _("Nobody in service has this code. Search for the person again."),
    # ---- scanning
    "code_over": _("The code on the screen has changed. Scan it again."),
    "claim_over": _("More than ten minutes have passed since the scan. Scan the code again."),
    "claim_elsewhere": _("This scan was made on another device. Scan the code with this one."),
    "scan_closed": _("The session is %(state)s. Its code can no longer be used."),
    "scan_too_early": _("Scanning is possible from %(moment)s, one hour before the session."),
    "scan_too_late": _("The session ended. Speak to the organiser; they can still mark you."),
    # ---- certificates
    "not_confirmed": _("Certificates are issued once the session is confirmed."),
    "nobody_to_certify": _("Everybody who was there has a certificate already."),
}


def sentence(answer) -> str:
    if answer.allowed:
        return ""
    return str(_SENTENCES[answer.reason]) % {key: _shown(key, value) for key, value in answer.params.items()}


def _shown(key, value):
    if key == "state":
        return str(SessionState(value).label)
    if key == "moment":
        return spoken_moment(value)
    return date_format(value, "SHORT_DATE_FORMAT") if hasattr(value, "isoformat") else value
