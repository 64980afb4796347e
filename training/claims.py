"""What credits from outside and exemptions share: saying no with a reason, and a line for every step.

Reasons are stable codes; the sentence is made when a page is drawn.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SENTENCES = {
    # who
    "no_staff": gettext_lazy("This account belongs to nobody on the roster."),
    "only_own_or_officer": gettext_lazy(
        "People declare their own courses; the training officer enters those of others."
    ),
    "only_verifiers": gettext_lazy("The person's unit head or the training officer verifies it."),
    "verifier_is_the_person": gettext_lazy("Nobody verifies their own course. Another verifier does it."),
    "verifier_submitted_it": gettext_lazy("Whoever handed it in doesn't verify it. Another person does it."),
    "only_officer_takes_back": gettext_lazy("Only the training officer takes a verified course back."),
    "only_askers": gettext_lazy(
        "An exemption is asked for by the person, their unit head, the training officer or the personnel "
        "officer."
    ),
    "only_personnel": gettext_lazy("The personnel officer approves exemptions."),
    "approver_is_the_person": gettext_lazy(
        "Nobody approves an exemption of their own. Another personnel officer does it."
    ),
    "approver_asked_for_it": gettext_lazy(
        "Whoever asked for it doesn't approve it. Another personnel officer does it."
    ),
    "only_officer_writes_evidence": gettext_lazy("The training officer keeps the evidence of competencies."),
    "only_officer_sets_targets": gettext_lazy("The training officer sets the levels positions need."),
    "evidence_of_oneself": gettext_lazy(
        "Nobody writes evidence about themselves. Another training officer does it."
    ),
    "evidence_has_its_source": gettext_lazy(
        "What a session or a certificate shows is corrected there, not here."
    ),
    # state
    "evidence_withdrawn_already": gettext_lazy("This evidence is withdrawn already."),
    "already_decided": gettext_lazy("Somebody has already decided on it."),
    # what was brought
    "credit_is_there": gettext_lazy(
        "This certificate (same person, day and number) is there already: %(state)s."
    ),
    "completed_in_future": gettext_lazy("The day lies in the future. Enter the day the course ended."),
    "minutes_wrong": gettext_lazy("Enter the minutes as a whole number from 1 to %(most)s."),
    "level_wrong": gettext_lazy("Choose a level from the list."),
    "refusal_reason_missing": gettext_lazy("Write why, so that the person knows what to do."),
    "evidence_source_missing": gettext_lazy("Write what shows it: the test, the work, the document."),
    "shown_in_future": gettext_lazy("The day lies in the future. Enter today or an earlier day."),
    "evidence_is_there": gettext_lazy("This evidence is there already for this area."),
    "withdrawal_reason_missing": gettext_lazy("Write why it no longer holds."),
    "dates_turned": gettext_lazy("The last day lies before the first one."),
    "exemption_overlaps": gettext_lazy(
        "This person already has an exemption from this requirement on some of these days: %(days)s."
    ),
}


class Refused(Exception):
    """Why not: a stable code, the form field it belongs to, and what its sentence needs."""

    def __init__(self, code, field="", **params):
        self.code, self.field, self.params = code, field, params
        super().__init__(code)

    @property
    def sentence(self):
        return str(SENTENCES[self.code]) % self.params


def days_in_words(row):
    """ "01/03/2026 – 31/03/2026", open at the end while it is."""
    last = f"{row.last_day:%d/%m/%Y}" if row.last_day else _("no end")
    return f"{row.start_on:%d/%m/%Y} – {last}"


def person_of(user):
    """The person behind an open account, or None."""
    return getattr(user, "staff", None) if user.is_authenticated and user.is_active else None


def staff_of(user):
    """The same. Raises Refused where there is none."""
    staff = person_of(user)
    if staff is None:
        raise Refused("no_staff")
    return staff


def write_line(history, step, user, before, after, now, reason=""):
    """One line of `history`, a manager of CreditHistory or ExemptionHistory. Inside the step's atomic()."""
    staff = getattr(user, "staff", None)
    history.create(
        at=now,
        step=step,
        from_state=before,
        to_state=after,
        user=user,
        actor_name=user.display_name,
        actor_code=staff.staff_code if staff else user.username,
        reason=reason,
    )
