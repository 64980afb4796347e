"""The book of officers in charge; coordinators alone write it."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..books import Book, Column, Step, add_book
from ..forms.officers import OfficerForm, ReviewForm
from ..models import Officer
from . import owing


def _state(row):
    today = timezone.localdate()
    if not row.contains(today):
        return (
            _("no longer in charge")
            if row.start_on <= today
            else _("from %(day)s") % {"day": f"{row.start_on:%d/%m/%Y}"}
        )
    return _("review overdue") if row.review_on < today else _("in charge")


def _how(row):
    return _("dedicated (chuyên trách)") if row.is_dedicated else _("beside other work")


def _reviewed(entry, form, user, now):
    entry.reviewed_on = timezone.localdate(now)
    entry.review_on = form.cleaned_data["review_on"]
    return form.cleaned_data["note"]


BOOK = Book(
    code="officers",
    slug="can-bo",
    order=60,
    label=gettext_lazy("Officers in charge"),
    one=gettext_lazy("Officer in charge"),
    add=gettext_lazy("Add an officer"),
    about=gettext_lazy(
        "Who is in charge of which field by decision, and when it is reviewed (targets E6, V2)."
    ),
    empty=gettext_lazy("Each officer stands here with the decision, the fields and the day of the review."),
    model=Officer,
    form=OfficerForm,
    columns=(
        Column(gettext_lazy("Full name"), lambda row: row.title, 30),
        Column(gettext_lazy("Position"), lambda row: row.position, 30),
        Column(gettext_lazy("In charge of"), lambda row: ", ".join(map(str, row.field_labels)), 50),
        Column(gettext_lazy("How"), _how, 22),
        Column(gettext_lazy("To be reviewed by"), lambda row: row.review_on, 14),
        Column(gettext_lazy("State"), _state, 22),
        Column(gettext_lazy("Number of the decision"), lambda row: row.decision_number, 18, in_list=False),
        Column(gettext_lazy("Day of the decision"), lambda row: row.decided_on, 14, in_list=False),
        Column(gettext_lazy("In charge from"), lambda row: row.start_on, 14, in_list=False),
        Column(gettext_lazy("Last day"), lambda row: row.last_day, 14, in_list=False),
    ),
    facts=lambda row: [
        (_("State"), _state(row)),
        (_("Position"), row.position),
        (_("In charge of"), row.field_labels),
        (_("How"), _how(row)),
        (_("Decision"), f"{row.decision_number}, {row.decided_on:%d/%m/%Y}"),
        (_("In charge from"), row.start_on),
        (_("Last day"), row.last_day),
        (_("To be reviewed by"), row.review_on),
        (_("Last reviewed on"), row.reviewed_on),
    ],
    load=lambda rows: rows.select_related("staff"),
    order_by=("-start_on", "-pk"),
    by_units=False,
    read_by_all=True,
    steps=(
        Step(
            slug="ra-soat",
            code="reviewed",
            label=gettext_lazy("Write down the review"),
            happens=gettext_lazy("The appointment stays as it is until the next review."),
            done=gettext_lazy("The review is written down."),
            form=ReviewForm,
            take=_reviewed,
            offered=lambda entry: entry.contains(timezone.localdate()),
            refusal=lambda rights, entry: "" if rights.coordinates else rights.refusal(BOOK),
        ),
    ),
    written=owing.follow,
)


def register():
    add_book(BOOK)
