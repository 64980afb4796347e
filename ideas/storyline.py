"""The history of a dossier in words, as one reader may see it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vietnamese.dates import short_date
from vietnamese.numbers import format_decimal

from .reasons import WHO
from .similarity.saying import link_words

# What stands in the history, in the past tense; unknown codes of later parts read as a plain change.
DONE = {
    "create": gettext_lazy("Dossier started"),
    "confirm_share": gettext_lazy("Share confirmed"),
    "submit": gettext_lazy("Dossier submitted"),
    "request_supplement": gettext_lazy("Supplement requested"),
    "resubmit": gettext_lazy("Completed dossier submitted"),
    "expire": gettext_lazy("Term to complete ended"),
    "late_accept": gettext_lazy("Taken up again after the term"),
    "accept": gettext_lazy("Dossier accepted"),
    "refuse": gettext_lazy("Dossier refused"),
    "start_evaluation": gettext_lazy("Scoring started"),
    "close_evaluation": gettext_lazy("Scoring closed"),
    "reopen_evaluation": gettext_lazy("Scoring reopened"),
    "complete_again": gettext_lazy("Completion asked after scoring"),
    "recognise": gettext_lazy("Initiative recognised"),
    "decline": gettext_lazy("Initiative not recognised"),
    "reconsider": gettext_lazy("Taken up again after a complaint"),
    "withdraw": gettext_lazy("Dossier withdrawn"),
    "hand_over": gettext_lazy("Handed over to another main author"),
    "merge": gettext_lazy("Merged into another dossier"),
    "correct": gettext_lazy("Recognition corrected"),
    "revoke": gettext_lazy("Recognition revoked"),
    "sheet_sent": gettext_lazy("A score sheet was sent"),
    "recuse": gettext_lazy("A council member stood aside"),
    "leads_assigned": gettext_lazy("Lead members were assigned"),
    "leads_undone": gettext_lazy("The last assignment of lead members was taken back"),
    "lead_commented": gettext_lazy("A lead member wrote a comment"),
    "papers_printed": gettext_lazy("Paper sheets were printed"),
    "sheet_keyed": gettext_lazy("A paper sheet was keyed by one person"),
    "keying_corrected": gettext_lazy("A keying of a paper sheet was set right"),
    "paper_sheet_sent": gettext_lazy("A paper sheet was entered: both keyings agree"),
    "paper_dropped": gettext_lazy("A paper sheet was put aside"),
    "no_conflict": gettext_lazy("A council member declared no conflict of interest"),
    "assign_alternate": gettext_lazy("A sheet was given to an alternate"),
    "reopen_sheet": gettext_lazy("A sent sheet was given back"),
    "checklist": gettext_lazy("Formality check complete"),
    "attach": gettext_lazy("A document was attached"),
    "complaint_filed": gettext_lazy("Complaint filed"),
    "complaint_taken_up": gettext_lazy("Complaint taken up"),
    "complaint_settled": gettext_lazy("Complaint settled"),
    "paper_registered": gettext_lazy("Number and date of an official paper entered"),
    "register_noted": gettext_lazy("A note was written into the register"),
    "city_chosen": gettext_lazy("Chosen to be sent to the city"),
    "city_unchosen": gettext_lazy("No longer chosen to be sent to the city"),
    "term_moved": gettext_lazy("A term ends on another day: days off were announced or taken back"),
    "from_idea": gettext_lazy("Begun from an idea of a resident"),
    "benefit_entered": gettext_lazy("A figure to measure was written down"),
    "benefit_verified": gettext_lazy("A figure was verified"),
    "benefit_returned": gettext_lazy("A figure was returned"),
    "measurement_entered": gettext_lazy("A measurement was written down"),
    "measurement_verified": gettext_lazy("A measurement was verified"),
    "measurement_returned": gettext_lazy("A measurement was returned"),
    "adoption_entered": gettext_lazy("The use by a unit was written down"),
    "adoption_verified": gettext_lazy("The use by a unit was confirmed"),
    "adoption_returned": gettext_lazy("The use by a unit was not confirmed"),
    "adoption_ended": gettext_lazy("The use by a unit ended"),
    "linked": gettext_lazy("Linked to another initiative"),
    "unlinked": gettext_lazy("A link to another initiative was taken back"),
}
# Steps inside the council: an author reads that they happened, not who took them or why.
INSIDE_THE_COUNCIL = {
    "sheet_sent",
    "recuse",
    "no_conflict",
    "assign_alternate",
    "reopen_sheet",
    "leads_assigned",
    "leads_undone",
    "lead_commented",
    "papers_printed",
    "sheet_keyed",
    "keying_corrected",
    "paper_sheet_sent",
    "paper_dropped",
}


@dataclass(frozen=True)
class Line:
    """One line of the history. `who` and `reason` are empty where the reader is not to know them."""

    title: str
    at: datetime
    who: str = ""
    role: str = ""
    reason: str = ""
    facts: tuple[str, ...] = ()
    kind: str = "done"


def told(entry, *, to_author):
    """The line of one history entry. `to_author`: the reader is an author of the dossier."""
    hidden = to_author and entry.transition in INSIDE_THE_COUNCIL
    return Line(
        title=done_words(entry.transition),
        at=entry.at,
        who="" if hidden else entry.actor_name,
        role=role_words(entry.actor_role),
        reason="" if hidden else entry.reason,
        facts=tuple(_facts(entry.details or {})),
    )


def done_words(transition):
    return str(DONE.get(transition, _("Dossier changed")))


def role_words(role):
    return str(WHO.get(role, ""))


def _facts(details):
    if "version" in details:
        yield _("version %(number)s") % {"number": details["version"]}
    if details.get("receipt_number"):
        yield _("receipt no. %(number)s") % {"number": details["receipt_number"]}
    if details.get("answer_due"):
        yield _("answer due %(day)s") % {"day": short_date(date.fromisoformat(details["answer_due"]))}
    if "share" in details:
        yield _("share %(share)s %%") % {"share": format_decimal(details["share"], 2)}
    if "expected" in details:
        yield _("%(sent)s/%(all)s sheets") % {"sent": details["submitted"], "all": details["expected"]}
    if details.get("decision"):
        yield _("decision %(number)s") % {"number": details["decision"]}
    if details.get("idea"):
        yield str(details["idea"])
    if details.get("link"):
        yield f"{link_words(details['link'], is_source=details['is_source'])} {details['other']}"
    if details.get("months"):
        yield _("after %(months)s months") % {"months": details["months"]}
    if details.get("name"):
        yield str(details["name"])
    if details.get("sha256"):
        yield _("check code %(code)s") % {"code": short_hash(details["sha256"])}


def short_hash(sha256):
    """The first eight digits, in fours, as people compare them by eye."""
    return f"{sha256[:4]} {sha256[4:8]}"
