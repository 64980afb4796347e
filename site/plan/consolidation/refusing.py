"""Saying no about consolidated reports: stable codes and their figures; the words come with the page."""

from django.utils.translation import gettext_lazy as _

from .. import refusing

SENTENCES = {
    "only_coordinator": _("Only the plan's coordinator writes the consolidated report."),
    "only_readers": _(
        "The consolidated report is for the plan's coordinator, the head of the ward and the deputies."
    ),
    "consolidation_issued": _("The report is issued: its text stays as it was signed."),
    "nothing_accepted": _(
        "No unit's report of this period is accepted yet. There is nothing to draw a draft from."
    ),
    "sections_empty": _("Nothing is written yet under: %(names)s."),
    "signer_unknown": _("This person does not sign for the ward now. Choose again."),
    "draft_moved": _("Reports or text changed meanwhile. Look at the difference again, then decide."),
    # papers.office
    "date_in_future": _("The date lies in the future. Enter today or an earlier day."),
    "paper_number_missing": _("Enter the number of the signed paper."),
    "paper_number_bad": _("Enter the number as on the paper, for example %(example)s."),
    "paper_number_taken": _("Another paper has the number %(number)s. Look at the signed paper again."),
    "reason_missing": _("Write the reason."),
}


class Refused(refusing.Refused):
    sentences = SENTENCES
