"""What the holder of a tracking code reads of a request: how far it is, what was answered, what is asked
of them. No name and no address stands on that page."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vietnamese.dates import short_date

from . import copies
from .models import RequestState, RightsRequest

DONE, NOW, TODO = "done", "now", "todo"
_SAID = {
    "sent": gettext_lazy("Request received"),
    "answered": gettext_lazy("First answer given"),
    "asked": gettext_lazy("More was asked of the sender"),
    "added": gettext_lazy("The sender added something"),
    "identity": gettext_lazy("Checked that the sender is the person"),
    "extended": gettext_lazy("Term extended"),
    "copy_asked": gettext_lazy("A copy of the data is being made"),
    "copy_ready": gettext_lazy("The copy of the data is ready"),
    "copy_failed": gettext_lazy("The copy of the data could not be made"),
    "carried_out": gettext_lazy("Carried out"),
    "erased": gettext_lazy("Erased"),
    "refused": gettext_lazy("Request refused"),
    "dropped": gettext_lazy("Taken back by the sender"),
}


@dataclass(frozen=True)
class Stop:
    kind: str
    title: str
    when: str = ""
    note: str = ""


def by_code(code):
    return RightsRequest.objects.filter(code=code).first() if code else None


def line_of(request):
    """The stops in order: what was done, then what is due."""
    entries = list(request.entries.order_by("at", "pk"))
    for entry in entries:
        yield Stop(DONE, str(_SAID.get(entry.step, entry.step)), _moment(entry.at), entry.note)
    if not request.is_open:
        return
    if not request.first_answered_at:
        yield Stop(NOW, _("First answer of the ward"), _by(request.first_answer_due_on))
    if request.state == RequestState.WAITING:
        yield Stop(NOW, _("Your answer to what was asked"))
    yield Stop(TODO if not request.first_answered_at else NOW, _("To be carried out"), _by(request.due_on))


def said(entry):
    """What a step of the log is called."""
    return str(_SAID.get(entry.step, entry.step))


def copy_of(request):
    """The copy the sender can take now, or None."""
    found = request.copies.filter(state="copy_ready").first()
    return found if found and copies.is_there(found) else None


def _moment(moment):
    return date_format(timezone.localtime(moment), "H:i, d/m/Y")


def _by(day):
    return _("By %(day)s") % {"day": short_date(day)}
