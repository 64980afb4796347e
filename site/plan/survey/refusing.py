"""Saying no about the survey: a stable code and the form field it belongs to."""

from django.utils.translation import gettext_lazy as _

from .. import refusing

SENTENCES = {
    "not_your_unit": _("Choose a unit you make survey points for."),
    "only_point_makers": _(
        "The plan's coordinator makes survey points, and the public service centre in its own unit."
    ),
    "only_heads_hide": _("Comments are read and hidden by the plan's coordinator and the head of the unit."),
    "reason_missing": _("Write why; it stays in the log."),
    "level_missing": _("Choose how satisfied you were, from 1 to 5."),
    "page_spoiled": _("The page was not complete. Nothing was lost: choose again."),
    "too_many": _("Many answers came from this connection within an hour. Try again a little later."),
}


class Refused(refusing.Refused):
    sentences = SENTENCES
