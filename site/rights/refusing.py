"""Saying no about data rights: a stable code, the form field it belongs to. The sentence is made when a
page is drawn."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SENTENCES = {
    "too_many": _(
        "Several letters came from this connection within an hour. Nothing was lost: send again in an hour."
    ),
    "only_officer": _("The data-protection officer does this."),
    "is_settled": _("This request is settled already."),
    "is_open": pgettext_lazy("data request", "It is still being handled."),
    "answered_already": _("The first answer was given already."),
    "answer_first": _("Give the first answer first: within two working days."),
    "not_waiting": _("Nothing more is asked of the sender."),
    "identity_first": _(
        "Check first that the sender is the person: what is asked concerns their data alone."
    ),
    "identity_known": _("The sender is known by their account."),
    "nobody_found": _("The portal holds nothing by what the sender is known by. Say so in the answer."),
    "extended_already": _("The term was extended once; the decree allows no more."),
    "too_late_to_extend": _("The term is over; it can no longer be extended."),
    "changed": _("Somebody else has worked on this since the page was opened. Look at it, then send."),
    "reason_missing": _("Write the reason; the sender reads it."),
    "no_staff_with_code": _("Nobody on the roster has this code."),
    "erase_by_preview": _("An erasure is carried out from its preview."),
    "plan_changed": _(
        "The data have changed since the preview was drawn. Read the preview below, then confirm again."
    ),
    "erased_already": _("This was erased already."),
    "copy_first": _("Have the copy of the data made first; the sender takes it with the tracking code."),
    "not_for_a_copy": _("A copy is made for a request to view or to get data."),
    "copy_asked_already": _("A copy is being made, or one is ready."),
    "nothing_to_withdraw": _("No consent of this person is in force."),
    "told_already": _("The authority was notified already."),
    "late_needs_reason": _(
        "It is later than 72 hours after it was found. Write why; the notice says it too."
    ),
    "tell_first": _("Record when the authority was notified, or why that was not needed."),
    "moment_in_future": _("This moment lies in the future."),
    "found_before_happened": _("It was found before it happened? Correct one of the two."),
}


class Refused(Exception):
    def __init__(self, code, field="", **params):
        self.code, self.field, self.params = code, field, params
        super().__init__(code)

    @property
    def sentence(self):
        return str(SENTENCES[self.code]) % self.params
