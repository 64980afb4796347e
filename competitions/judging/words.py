"""The words of every reason why something of judging is not possible now. Codes stay codes until here."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from vietnamese.dates import spoken_moment

_SENTENCES = {
    # a judge's sheet
    "not_your_sheet": _("This sheet belongs to another judge."),
    "sheet_given_up": _("This sheet is not in force any more."),
    "in_conflict": _("You stand aside from this entry."),
    "no_seat": _("You do not judge in this competition any more."),
    "sheet_already_sent": _("The sheet is sent. Ask the organisers if it has to be changed."),
    "stage_closed": _("Judging of this stage is closed."),
    "no_window": _("No time is set for this stage."),
    "judging_not_open_yet": _("Judging begins at %(opens_at)s."),
    "judging_over": _("Judging ended at %(closes_at)s. What was not sent does not count."),
    "sheet_incomplete": _("Not scored yet: %(names)s."),
    # handing out
    "already_assigned": _("The entries of this stage are handed out already."),
    "entries_still_open": _("Entries are taken until %(closes_at)s. They are handed out after that."),
    "no_rubric": _("The competition has no rubric. Choose one first."),
    "preliminary_not_closed": _("Close the preliminary round first."),
    "no_finalists": _("Draw the shortlist first."),
    "no_entries": _("No entry takes part."),
    "too_few_judges": _("%(seats)s judges can judge and %(needed)s are needed for each entry. Appoint more."),
    "everybody_in_conflict": _("Every judge stands aside from every entry. Appoint others."),
    "stage_not_running": _("This stage is not being judged now."),
    # closing and reopening
    "not_assigned": _("The entries of this stage are not handed out yet."),
    "already_closed": _("This stage is closed already."),
    "entries_without_sheet": _("Entries without a single sheet: %(count)s (%(codes)s)."),
    "sheets_open": _(
        "Sheets still out: %(count)s. With all of them in it can be closed at once, "
        "otherwise from %(closes_at)s."
    ),
    "stage_not_closed": _("This stage is not closed."),
    "results_are_checked": _("The results are checked already. Send them back first."),
    "results_are_out": _("The results are published; what they rest on stays as it is."),
    "next_stage_has_begun": _("The final round has begun; the preliminary round stays closed."),
    "sheet_not_sent": _("This sheet is not sent."),
    # the shortlist
    "no_final": _("This competition has no final round after a preliminary one."),
    "finalists_chosen": _("The shortlist is drawn already."),
    "not_at_the_edge": _("Choose among the entries that tie at the edge."),
    "choose_of_the_tied": _("Choose %(left)s of the %(tied)s that tie, or all of them."),
    "reason_missing": _("Write the reason."),
}


def spoken(params):
    """Values of a sentence, moments in words."""
    return {k: spoken_moment(v) if isinstance(v, datetime) else v for k, v in params.items()}


def sentence(answer):
    """Why not, in the reader's language; "" where it is allowed."""
    return _SENTENCES[answer.reason] % spoken(answer.params) if answer.reason else ""
