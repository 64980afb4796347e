"""The words of every reason code. Codes are stable and logic knows only them."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SENTENCES = {
    "only_writers": gettext_lazy("The unit's reporter or its head writes and sends this report."),
    "only_coordinators": gettext_lazy("The plan's coordinator does this."),
    "wrong_state": gettext_lazy("The report stands elsewhere by now: %(state)s."),
    "changed": gettext_lazy("Somebody changed the report meanwhile. Look at it again, then decide."),
    "incomplete": gettext_lazy("The report still lacks %(count)s items."),
    "late_reason_missing": gettext_lazy(
        "The last day was %(due)s. The report is still taken: write why it comes late."
    ),
    "reason_missing": gettext_lazy("Write the reason."),
    "resend_by_missing": gettext_lazy("Enter the day by which it is to be sent again."),
    "day_missing": gettext_lazy("The last day has passed. Enter the day by which the report is to be sent."),
    "resend_by_past": gettext_lazy("The day lies in the past. Enter today or a later day."),
    "not_taken": gettext_lazy("%(code)s: %(why)s"),
    "already_urged": gettext_lazy("Everybody who is missing was urged today. Try again tomorrow."),
    "nobody_missing": gettext_lazy("Every report is in: there is nobody to urge."),
    "same_unit": gettext_lazy("Choose another unit than the one that is relieved."),
    "successor_excused": gettext_lazy("That unit was relieved of this report itself. Choose another one."),
    "successor_filed": gettext_lazy(
        "%(unit)s has sent its report already. Return or reopen that one first; then it can report for this "
        "unit as well."
    ),
    # periods
    "no_units": gettext_lazy("Choose at least one unit."),
    "days_reversed": gettext_lazy("The end lies before the beginning. Check both days."),
    "last_day_past": gettext_lazy("The last day lies in the past. Enter today or a later day."),
    "period_made": gettext_lazy("This period was opened already."),
    "cut_off_after_last_day": gettext_lazy("Figures cannot be of a day after the last day to send."),
    "cut_off_used": gettext_lazy("A report is in already: its figures are of the day that was set. Keep it."),
}
_WHO = {
    "writers": gettext_lazy("the unit's reporter and its head"),
    "coordinators": gettext_lazy("the plan's coordinator"),
}


def words_of(code, params=None):
    """The sentence of a code, in the language active now."""
    return str(_SENTENCES[code]) % (params or {})


def sentence(answer):
    return words_of(answer.reason, answer.params) if answer.reason else ""


def who_can(answer):
    return ", ".join(str(_WHO[code]) for code in answer.who)


def why_not(answer):
    """Reason and who can, for a blocked button."""
    if answer.reason.startswith("only_"):
        return sentence(answer)
    return f"{sentence(answer)} " + _("Who can: %(who)s.") % {"who": who_can(answer)}
