"""Saying no in the ideas of residents, after recognition and about links: a stable code, the field it
belongs to, figures.

The sentence is made when a page is drawn. Steps of a dossier have their own (`ideas.reasons`).
"""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    # the letter box
    "idea_too_many": _(
        "Several ideas came from this connection within an hour. Nothing was lost: send again in an hour."
    ),
    "idea_sent_before": _(
        "The very same text was sent before and is being handled. Add what is new, then send again."
    ),
    # the ward's steps
    "only_handlers": _("The council's secretary and the plan's coordinator handle ideas."),
    "only_handlers_or_head": _(
        "The council's secretary, the plan's coordinator or the head of the unit answers it."
    ),
    "idea_is_answered": _("The idea is answered already."),
    "idea_is_closed": _("The idea is closed. Open it again first."),
    "idea_is_open": _("The idea is still being handled; there is nothing to open again."),
    "idea_is_grown": _("A dossier was started from this idea; it can no longer be closed or opened again."),
    "idea_with_that_unit": _("The idea is with this unit already."),
    "idea_changed": _(
        "Somebody else has worked on this idea since the page was opened. Look at it, then send."
    ),
    "idea_reason_missing": _("Write the reason; it stays in the log."),
    "idea_publish_not_agreed": _("The sender has not agreed that the idea is published."),
    "idea_public_words_missing": _("Write the title and the idea as everybody will read it."),
    "idea_duplicate_missing": _("Enter the number of the idea that was sent before."),
    "idea_duplicate_of_itself": _("An idea cannot be a duplicate of itself, nor of one that is closed."),
    "idea_not_growable": _("A dossier grows from an idea answered as worth doing or studying."),
    "idea_grows_already": _("Somebody has started a dossier from this idea already."),
    "only_staff_grow": _("A dossier is begun by somebody on the ward's roster."),
    # after recognition
    "not_recognised": _("Only a recognised initiative has benefits to measure. Its recognition was revoked."),
    "only_benefit_writers": _("The authors, the head of their unit or the council's secretary write here."),
    "only_verifiers": _("The head of the unit or the council's secretary verifies it."),
    "only_that_units_head": _("The head of that unit confirms its use."),
    "only_adoption_writers": _(
        "The authors, the council's secretary or the head of the unit that uses it write this down."
    ),
    "verifier_is_author": _("An author does not verify the results of their own initiative."),
    "verifier_entered_it": _("Whoever entered it does not verify it. Somebody else does."),
    "claim_is_verified": _("It is verified. Whoever verifies can return it with a reason."),
    "claim_is_returned": _("It was returned already."),
    "claim_changed": _("Somebody else has changed this since the page was opened. Look at it, then send."),
    "return_reason_missing": _("Write why, so that the authors know what to do."),
    "indicator_not_verified": _("What is measured must be verified first."),
    "too_many_indicators": _("An initiative has at most %(most)s figures. Change one instead."),
    "measured_in_future": _("The day lies in the future. Enter the day it was measured."),
    "measured_before_recognition": _(
        "The day lies before the recognition of %(day)s. A figure from before belongs to “before”."
    ),
    "adopted_in_future": _("The day lies in the future. Enter the day the use began."),
    "adopted_already": _("This unit already uses it on some of these days."),
    "ended_before_start": _("The last day lies before the first one."),
    # links between initiatives
    "only_secretary_links": _("The council's secretary states how initiatives hang together."),
    "link_note_missing": _("Write in a few words what they have in common."),
    "link_reason_missing": _("Write why the link no longer holds; the history keeps it."),
    "link_unknown_code": _("No dossier has this code. Check the year and the number."),
    "link_to_itself": _("This is the dossier itself. Enter the code of another one."),
    "link_stands": _("This link is there already."),
    "link_goes_round": _("The other initiative leads back to this one. Check which of the two came first."),
    "link_taken_back": _("Somebody has taken this link back already."),
    "evidence_missing": _("Attach what shows the figure: a list, a report, a photograph."),
}


class Refused(Exception):
    """Why not: a stable code, the form field it belongs to, and what its sentence needs."""

    def __init__(self, code, field="", **params):
        self.code, self.field, self.params = code, field, params
        super().__init__(code)

    @property
    def sentence(self):
        return str(SENTENCES[self.code]) % self.params
