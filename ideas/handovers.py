"""A dossier begun from something a person has elsewhere in the portal: a competition's entry, say."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from people.handovers import INITIATIVE, Handover, register_handover
from vietnamese.text import nfc

from .access import may_start
from .authorship import start_dossier


def start_from(user, title, text, source):
    """A draft with title and description filled in; its first line credits `source`. Its address."""
    with transaction.atomic():
        initiative = start_dossier(user, title)
        initiative.description = nfc(f"Xuất phát từ {source}.\n\n{text}".strip())
        initiative.save(update_fields=["description"])
    return f"{initiative.get_absolute_url()}sua/1/"


def _may(user):
    return "own" in may_start(user)


def register():
    register_handover(Handover(INITIATIVE, _("Start an initiative from this entry"), _may, start_from))
