"""What of competitions goes into the audit trail: every row of their histories."""

from django.utils.translation import gettext_lazy as _

from trust.audit.following import follow

from .models import CompetitionChange, EntryHistory


def register():
    follow(
        CompetitionChange, "competitions.act", _("an act on a competition"), target="competition", step="act"
    )
    follow(EntryHistory, "competitions.entry", _("a step of an entry"), target="entry", step="transition")
