"""The book of programmes: one a year, drafted by the division, issued by a coordinator."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..books import Book, Column, Part, Step, add_book
from ..forms.base import StepForm
from ..forms.programme import IssueForm, ItemForm, ProgrammeForm
from ..models import Programme, ProgrammeItem, ProgrammeState
from . import issuing, owing, periods, terms

ITEMS = Part(
    slug="cong-viec",
    label=gettext_lazy("What is done in the year"),
    add=gettext_lazy("Add an item"),
    model=ProgrammeItem,
    form=ItemForm,
    columns=(
        Column(gettext_lazy("What is done"), lambda row: row.what),
        Column(gettext_lazy("Unit"), lambda row: row.unit.name),
        Column(gettext_lazy("When"), lambda row: periods.label(row.period)),
        Column(gettext_lazy("Result expected"), lambda row: row.result),
        Column(gettext_lazy("Task of the plan"), lambda row: row.task.code if row.task else ""),
    ),
    rows=lambda entry: ProgrammeItem.objects.filter(programme=entry.pk).select_related("unit", "task"),
    fresh=lambda entry: ProgrammeItem(programme_id=entry.pk),
    name=lambda row: row.what[:100],
    empty=gettext_lazy("No item yet."),
)


def _fixed(entry):
    return _("It is issued: it stays as it is.") if entry.state == ProgrammeState.ISSUED else ""


def _paper(row):
    return {"programme": row, "paper": issuing.paper_of(row)}


def _term(rights, year):
    month, day = terms.month_and_day()
    return "plan/programme/_term.html", {"day": day, "month": month, "may_set": rights.coordinates}


def _drafts(rights, entry):
    return "" if rights.keeps_entry(BOOK, entry) else rights.refusal(BOOK)


BOOK = Book(
    code="programmes",
    slug="chuong-trinh",
    order=90,
    label=gettext_lazy("Work programme of the year"),
    one=gettext_lazy("Work programme"),
    add=gettext_lazy("Draft the programme of a year"),
    about=gettext_lazy(
        "What is done for “Phường đổi mới sáng tạo” in a year: by whom, when, with which result."
    ),
    empty=gettext_lazy("Draft it, have it signed, then enter its number and date."),
    model=Programme,
    form=ProgrammeForm,
    columns=(
        Column(gettext_lazy("Work programme"), lambda row: row.title, 60),
        Column(gettext_lazy("Year"), lambda row: str(row.year), 10),
        Column(gettext_lazy("State"), lambda row: row.get_state_display(), 16),
        Column(gettext_lazy("Items"), lambda row: len(row.items.all()), 10, kind="r"),
    ),
    facts=lambda row: [
        (_("Year"), str(row.year)),
        (_("State"), row.get_state_display()),
        (_("Purpose and requirements"), row.purpose),
    ],
    load=lambda rows: rows.prefetch_related("items"),
    order_by=("-year",),
    shared_by=(owing.DRAFTER,),
    read_by_all=True,
    fixed=_fixed,
    can_be_struck=False,
    parts=(ITEMS,),
    below=(("plan/programme/_paper.html", _paper),),
    above=_term,
    steps=(
        Step(
            slug="chep-nam-truoc",
            code="copied",
            label=gettext_lazy("Copy the items of the year before"),
            happens=gettext_lazy("They stand here as a start: change, add and take out what is different."),
            done=gettext_lazy("Copied."),
            form=StepForm,
            take=issuing.copy_last_year,
            offered=issuing.may_copy,
            refusal=_drafts,
        ),
        Step(
            slug="ban-hanh",
            code="issued",
            label=gettext_lazy("Enter number and date: it is issued"),
            happens=gettext_lazy("It stays as it is from then on. The units with an item in it are told."),
            done=gettext_lazy("Issued."),
            form=IssueForm,
            take=issuing.issue,
            offered=lambda entry: entry.state == ProgrammeState.DRAFT,
            refusal=_drafts,
        ),
    ),
)


def register():
    add_book(BOOK)
