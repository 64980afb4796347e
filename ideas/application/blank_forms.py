"""Forms printed blank: a code, and the draft a clerk keys from it.

A print is a row of its own and no dossier: no running number is spent on paper that may never come back. The
draft comes to be when a clerk first keys the form; from then on the code leads to it. A print nobody keyed
within `WEEKS_KEPT` weeks is forgotten, and one person holds at most `MOST_UNUSED` of them.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from papers.codes import new_code, typed
from papers.documents import Code
from people.models import User
from trust.limits import WrongTries
from vietnamese.dates import short_date

from ..authorship import start_dossier
from ..models import BlankForm, Field
from ..papers.drawing import drawn_document
from .keeping import template_in_force
from .paper import blank_paper

WEEKS_KEPT = 26
MOST_UNUSED = 20
WRONG_CODES = WrongTries("blank-form-code", most=30, seconds=600)
CAPTION = "Mã của đơn này. Văn thư gõ hoặc quét mã để nhập đơn."


class TooManyUnused(Exception):
    """This person holds `MOST_UNUSED` prints nobody has keyed."""


class KeyedByAnother(Exception):
    """The draft of this form belongs to the clerk who began it: `by` (a name or ""), `at`."""

    def __init__(self, initiative):
        super().__init__(initiative.code)
        self.by = initiative.created_by.display_name if initiative.created_by else ""
        self.at = initiative.created_at


def unused_of(user, today=None):
    """The prints of this person that a clerk may still key, the newest first."""
    today = today or timezone.localdate()
    return BlankForm.objects.filter(printed_by=user, initiative__isnull=True, expires_on__gt=today)


def print_form(user, now=None):
    """A new blank form under the template in force. Raises `TooManyUnused`."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # two clicks at once are counted one by one
        if unused_of(user, today).count() >= MOST_UNUSED:
            raise TooManyUnused
        return BlankForm.objects.create(
            code=new_code(),
            form_template=template_in_force(today),
            printed_by=user,
            printed_at=now,
            expires_on=today + timedelta(weeks=WEEKS_KEPT),
        )


def form_of_code(text, today=None):
    """The form of a code as somebody typed it; None for whatever is no code of ours, or no longer."""
    code = typed(text)
    forms = BlankForm.objects.select_related("initiative__created_by__staff", "form_template")
    form = forms.filter(code=code).first() if code else None
    if form is None or (form.initiative is None and form.expires_on <= (today or timezone.localdate())):
        return None
    return form


def begin_keying(form, user, now=None):
    """The draft of this form: made at the first call, found at every later one. Raises `KeyedByAnother`."""
    with transaction.atomic():
        locked = BlankForm.objects.select_for_update(of=("self",)).get(pk=form.pk)
        if locked.initiative is None:
            locked.initiative = start_dossier(
                user, "", keyed_from_paper=True, form_template=locked.form_template, now=now
            )
            locked.save(update_fields=["initiative"])
        elif locked.initiative.created_by_id != user.pk:
            raise KeyedByAnother(locked.initiative)
    return locked.initiative


def forget_expired(today=None):
    """Takes away prints nobody keyed in time; how many. Those with a draft stay as long as it does."""
    expired = BlankForm.objects.filter(initiative__isnull=True, expires_on__lte=today or timezone.localdate())
    return expired.delete()[0]


def address_of(code):
    return f"{settings.SITE_URL.rstrip('/')}/sang-kien/ho-so/tu-don-giay/{code}/"


def form_file(form):
    """The PDF to print. Outside any transaction."""
    code = Code(form.code_shown, address_of(form.code), CAPTION)
    running = f"Mã đơn {form.code_shown}. Nộp tại bộ phận văn thư trước ngày {short_date(form.expires_on)}"
    names = list(Field.objects.values_list("name", flat=True))
    paper = blank_paper(form.form_template.template, code, names, running=running)
    return drawn_document(paper, "pdf", f"don-trang-{form.code_shown}")
