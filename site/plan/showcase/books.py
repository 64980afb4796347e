"""The book of models: written by units, published by a coordinator."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from ..books import Book, Column, Part, Step, add_book
from ..forms.base import ReasonForm
from ..forms.showcase import PublishForm, ReplicationForm, ShowcaseForm
from ..models import Replication, Showcase, ShowcaseState
from . import publishing

REPLICATIONS = Part(
    slug="nhan-rong",
    label=gettext_lazy("Taken up elsewhere"),
    add=gettext_lazy("Add a place"),
    model=Replication,
    form=ReplicationForm,
    columns=(
        Column(gettext_lazy("Where"), lambda row: row.place),
        Column(gettext_lazy("Since"), lambda row: row.start_on),
        Column(gettext_lazy("Until the end of"), lambda row: row.last_day),
        Column(gettext_lazy("How it goes there"), lambda row: row.note),
    ),
    rows=lambda entry: Replication.objects.filter(showcase=entry.pk),
    fresh=lambda entry: Replication(showcase_id=entry.pk),
    name=lambda row: row.place,
    empty=gettext_lazy("No place yet."),
)


def _may_publish(rights, entry):
    return "" if rights.coordinates else _("The plan coordinator publishes models.")


def _kept(entry):
    """What everybody reads changes by the coordinator alone; a picture may go at once."""
    if entry.state != ShowcaseState.PUBLISHED:
        return ""
    return _(
        "It is published: everybody reads it. Tell the plan coordinator what to change; a picture you may "
        "take away yourself."
    )


def _is(state):
    return lambda entry: entry.state == state


STEPS = (
    Step(
        slug="cong-bo",
        code="published",
        label=pgettext_lazy("book", "Publish"),
        happens=gettext_lazy("Everybody reads it from now on, with the pictures that say what they show."),
        done=pgettext_lazy("book", "Published."),
        form=PublishForm,
        take=publishing.publish,
        offered=_is(ShowcaseState.DRAFT),
        refusal=_may_publish,
    ),
    Step(
        slug="thu-hoi",
        code="taken_back",
        label=gettext_lazy("Take it back from the public…"),
        happens=gettext_lazy("Nobody outside reads it any more. It stays here as a draft."),
        done=gettext_lazy("No longer public."),
        form=ReasonForm,
        take=publishing.take_back,
        offered=_is(ShowcaseState.PUBLISHED),
        refusal=_may_publish,
        is_danger=True,
    ),
)

BOOK = Book(
    code="showcase",
    slug="mo-hinh",
    order=80,
    label=gettext_lazy("Model examples"),
    one=gettext_lazy("Model example"),
    add=gettext_lazy("Add a model"),
    about=gettext_lazy("What was done well and can be done again. The coordinator publishes it (target E4)."),
    empty=gettext_lazy("What works in your unit or residential group? Tell it so that others can do it too."),
    model=Showcase,
    form=ShowcaseForm,
    columns=(
        Column(gettext_lazy("Name of the model"), lambda row: row.title, 50),
        Column(gettext_lazy("Where"), lambda row: row.place, 30),
        Column(gettext_lazy("State"), lambda row: row.get_state_display(), 16),
        Column(gettext_lazy("Taken up elsewhere"), lambda row: len(row.replications.all()), 16, kind="r"),
        Column(
            gettext_lazy("Code of the recognised initiative"),
            lambda row: row.initiative_code,
            20,
            in_list=False,
        ),
        Column(pgettext_lazy("showcase", "What it is"), lambda row: row.text, 60, in_list=False),
        Column(gettext_lazy("Results"), lambda row: row.results, 60, in_list=False),
    ),
    facts=lambda row: [
        (_("State"), row.get_state_display()),
        (_("Public page"), row.get_absolute_url() if row.state == ShowcaseState.PUBLISHED else ""),
        (_("Where"), row.place),
        (pgettext("showcase", "What it is"), row.text),
        (_("Who did it"), row.who),
        (_("Results"), row.results),
        (_("How to do it again"), row.how_to),
        (_("Code of the recognised initiative"), row.initiative_code),
    ],
    load=lambda rows: rows.select_related("where__residential_end").prefetch_related("replications"),
    parts=(REPLICATIONS,),
    steps=STEPS,
    pictures_shown=True,
    is_public=_is(ShowcaseState.PUBLISHED),
    kept=_kept,
    written=publishing.written,
)


def register():
    add_book(BOOK)
