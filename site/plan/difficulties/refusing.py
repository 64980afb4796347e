"""Saying no about difficulties: a stable code, the form field it belongs to, figures. The sentence is made
when a page is drawn."""

from django.utils.translation import gettext_lazy as _

from .. import refusing

SENTENCES = {
    "too_many": _(
        "Several letters came from this connection within an hour. Nothing was lost: send again in an hour."
    ),
    "sent_before": _(
        "The very same text was sent before and is being handled. Add what is new, then send again."
    ),
    "only_coordinator": _("The plan's coordinator does this."),
    "only_unit_or_coordinator": _(
        "The unit it was handed to answers it, or the plan's coordinator with a reason."
    ),
    "only_units_raise": _("Reporters and heads of units raise difficulties here."),
    "not_your_unit": _("Choose a unit you report for."),
    "is_settled": _("It is settled already. Open it again first."),
    "is_open": _("It is still being handled; there is nothing to open again."),
    "no_answer_yet": _("There is no answer to check yet."),
    "not_assigned": _("Hand it to a unit first."),
    "with_that_unit": _("It is with this unit already, due on the same day."),
    "due_in_past": _("The day lies in the past. Choose today or a later day."),
    "changed": _("Somebody else has worked on this since the page was opened. Look at it, then send."),
    "reason_missing": _("Write the reason; it stays in the log."),
    "in_place_of_unit": _(
        "You do not report for this unit. Write why you answer in its place; it is logged."
    ),
    "public_words_missing": _("Write title, difficulty and answer as everybody will read them."),
    "names_the_sender": _(
        "The public text holds the sender's name, e-mail or telephone: “%(found)s”. Take it out; the name is "
        "shown only where the sender agreed, by the box below."
    ),
    "names_a_person": _(
        "The public text holds a telephone number, an e-mail or an identity number of a person: “%(found)s”. "
        "Take it out: everybody will read this."
    ),
    "letter_itself": _(
        "This is the letter word for word. Its sender was promised that it is published in the ward's words: "
        "say it anew, without anything of a person."
    ),
    "name_not_agreed": _("The sender has not agreed to be named."),
    "answer_first": _("There is no answer yet. Choose another reason, or have it answered first."),
    "pointed_to_missing": _("Write whose matter it is, so that the sender knows where to turn."),
    "duplicate_missing": _("Enter the number of what was raised before."),
    "duplicate_of_itself": _("It cannot be a duplicate of itself, nor of one that is closed."),
    "no_code": _("It was not sent by a resident: it has no tracking code."),
    "not_in_an_accepted_report": _("This is not in an accepted report. The report may have been returned."),
}


class Refused(refusing.Refused):
    sentences = SENTENCES
