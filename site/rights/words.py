"""The words of columns, where the model gives none: for copies of data and previews of an erasure."""

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

_BY = _("by whom")
_BY_NAME = _("by whom (name)")
_WHO = """actor user by made_by edited_by created_by entered_by uploaded_by recorded_by printed_by raised_by
hidden_by confirmed_by requested_by drafted_by checked_by taken_by withdrawn_by voided_by owner locked_by
uploaded_by_user finished_by requested_by requester approver submitter verifier presided_by signer
decided_for taken_over_by_name answered_for"""
_WHO_BY_NAME = """actor_name by_name made_by_name edited_by_name entered_by_name answered_by_name
approver_name asked_by_name checked_by_name chosen_by_name confirmed_by_name decided_by_name done_by_name
drafted_by_name hidden_by_name keyer_name published_by_name raised_by_name reverted_by_name submitted_by_name
taken_back_by_name taken_by_name verifier_name signer_name written_by_name"""
_PERSON = ("staff", "participant", "recipient", "person", "user")

COLUMNS = {
    **dict.fromkeys(_WHO.split(), _BY),
    **dict.fromkeys(_WHO_BY_NAME.split(), _BY_NAME),
    **dict.fromkeys(("actor_code", "keyer_code", "staff_code"), _("staff code")),
    **dict.fromkeys(("at", "touched_at"), pgettext_lazy("column", "moment")),
    **dict.fromkeys(("made_at", "created_at", "recorded_at", "entered_at"), _("entered at")),
    **dict.fromkeys(("asked_at", "invited_at"), _("asked at")),
    **dict.fromkeys(("sent_at", "submitted_at", "handed_in_at"), _("sent at")),
    **dict.fromkeys(("name_key", "search_key", "order_key", "email_key"), _("key to search and sort by")),
    **dict.fromkeys(("file", "scan", "preview", "tally_file", "avatar"), pgettext_lazy("column", "file")),
    **dict.fromkeys(("payload", "before", "after", "details", "data"), _("frozen content")),
    **dict.fromkeys(
        ("staff", "participant", "recipient", "person", "user"), pgettext_lazy("column", "person")
    ),
    **dict.fromkeys(("text", "reason", "comment"), pgettext_lazy("column", "text")),
    "account": pgettext_lazy("column", "person"),
    "action": pgettext_lazy("column", "action"),
    "address": pgettext_lazy("column", "network address"),
    "answer": pgettext_lazy("column", "answer"),
    "area": _("area of competency"),
    "caption": _("caption"),
    "closed_at": _("closed at"),
    "code": pgettext_lazy("column", "code"),
    "competition": pgettext_lazy("column", "competition"),
    "consent": _("consent noted"),
    "contact_email": _("contact: e-mail"),
    "contact_name": _("contact: name"),
    "contact_phone": _("contact: telephone"),
    "deputy": _("deputy"),
    "due_on": _("due on"),
    "edited_at": _("changed at"),
    "email": _("e-mail"),
    "ended_at": _("ended at"),
    "event": pgettext_lazy("column", "event"),
    "expires_at": _("good until"),
    "full_name": _("full name"),
    "given_at": _("given at"),
    "group": pgettext_lazy("column", "group"),
    "hidden_at": _("hidden at"),
    "holder_name": _("holder"),
    "identity_note": _("how identity was checked"),
    "initiative": pgettext_lazy("column", "initiative"),
    "joined_at": _("joined at"),
    "kind": pgettext_lazy("column", "kind"),
    "count": pgettext_lazy("column", "number"),
    "language": pgettext_lazy("column", "language"),
    "last_at": pgettext_lazy("column", "moment"),
    "last_used_at": _("last used at"),
    "level": pgettext_lazy("column", "level"),
    "minutes": pgettext_lazy("column", "minutes"),
    "name": _("full name"),
    "network": _("mark of the network"),
    "number": pgettext_lazy("column", "number"),
    "outcome": pgettext_lazy("column", "outcome"),
    "owner": _("who owes it"),
    "organiser": pgettext_lazy("column", "organiser"),
    "pdf": pgettext_lazy("column", "file"),
    "phone": pgettext_lazy("field", "Telephone"),
    "place": pgettext_lazy("column", "place"),
    "position": _("position"),
    "purpose": pgettext_lazy("column", "purpose"),
    "read_at": _("read at"),
    "received_at": _("received at"),
    "right": _("right answers"),
    "role": pgettext_lazy("column", "part taken"),
    "session": pgettext_lazy("column", "training session"),
    "shown_on": _("shown on"),
    "started_at": _("begun at"),
    "state": _("state"),
    "status": _("state"),
    "subject": pgettext_lazy("column", "about"),
    "to": _("address it went to"),
    "token": _("secret address"),
    "told": _("who was told"),
    "type": pgettext_lazy("column", "kind"),
    "unit": _("unit"),
    "unit_name": _("unit"),
    "uploaded_at": _("uploaded at"),
    "wishes": _("how mail is wanted"),
    "confirmed_at": _("confirmed at"),
    "is_sample": _("sample data"),
    "withdrawn_at": _("withdrawn at"),
}


def column_words(field) -> str:
    """The field in words; a test asks that every column of a holding has some."""
    own = getattr(field, "_verbose_name", None)
    return str(capfirst(own if isinstance(own, Promise) else COLUMNS.get(field.name, field.verbose_name)))


def has_words(field) -> bool:
    return isinstance(getattr(field, "_verbose_name", None), Promise) or field.name in COLUMNS
