"""What waits for authors, verifiers and the heads of using units after a recognition, on the work page."""

from datetime import timedelta

from django.db.models import CharField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ideas.keeping import keeps
from ideas.models import Adoption, Author, BenefitIndicator, ClaimState, Initiative, Measurement
from obligations.desk import branch, day
from obligations.duties import Source, WorkItem, WorkSection
from obligations.models import Obligation
from obligations.owed_work import asks_who_was_told, who_was_told
from people.units import units_headed_by

from .owing import MEASUREMENT
from .terms import MONTHS

AHEAD = timedelta(days=30)  # a measurement stands on the work page from a month before its day
_MEASURE, _VERIFY, _CONFIRM = "ideas.measure", "ideas.verify", "ideas.confirm_use"


# ---- authors: what is to be measured within a month, and dossiers without a figure yet


def _asks_measurers(desk):
    if desk.staff is None:
        return
    mine = Author.objects.filter(initiative=OuterRef("pk"), staff=desk.staff, is_main=True)
    # The subject names the dossier (`owing.subject_of`), so the two are joined by its words.
    subjects = {
        f"subject_{m}": Concat(Value("benefit:"), Cast("pk", CharField()), Value(f":{m}")) for m in MONTHS
    }
    named = Q(*(Q(**{name: OuterRef("subject")}) for name in subjects), _connector=Q.OR)
    own = Initiative.objects.published().filter(Exists(mine)).annotate(**subjects).filter(named)
    figures = BenefitIndicator.objects.filter(initiative=OuterRef("pk"))
    yield branch(
        Obligation.objects.open().filter(Exists(own), kind=MEASUREMENT),
        _MEASURE,
        code="code",
        due="due_on",
        subject="subject",
        title=Subquery(own.values("title")[:1]),
        has_figures=Exists(own.filter(Exists(figures))),
    )
    yield asks_who_was_told((MEASUREMENT,))


def _tells_measurers(desk):
    items = []
    for row in sorted(desk.rows[_MEASURE], key=lambda row: row["due"]):
        months, due = int(row["subject"].rpartition(":")[2]), day(row["due"])
        if not row["has_figures"] and months == MONTHS[0]:
            items.append(_item(desk, row, _("Write down what is measured"), due, "write_benefit"))
        elif row["has_figures"] and due <= desk.today + AHEAD:
            title = _("Measure %(code)s after %(months)s months") % {"code": row["code"], "months": months}
            items.append(_item(desk, row, title, due, "measure"))
    yield WorkSection(_("Results to measure"), items, order=25)


# ---- heads of units and the secretary: figures to verify; heads: uses by their unit to confirm


def _asks_verifiers(desk):
    headed = units_headed_by(desk)
    waiting = {"state": ClaimState.ENTERED}
    of_this = OuterRef("pk")
    indicators = BenefitIndicator.objects.filter(**waiting, initiative=of_this)
    measurements = Measurement.objects.filter(**waiting, indicator__initiative=of_this)
    by_others = ~Q(entered_by=desk.user) | Q(entered_by=None)
    entered = Q(Exists(indicators.filter(by_others))) | Q(Exists(measurements.filter(by_others)))
    who = keeps(desk) | Q(unit__in=headed)
    rows = Initiative.objects.published().filter(who, entered)
    if desk.staff:
        rows = rows.exclude(Exists(Author.objects.filter(initiative=of_this, staff=desk.staff)))
    yield branch(rows, _VERIFY, code="code", title="title")
    if headed:
        uses = Adoption.objects.filter(
            state=ClaimState.ENTERED, unit__in=headed, initiative__state="recognised"
        ).exclude(initiative__authors__staff=desk.staff)
        yield branch(
            uses,
            _CONFIRM,
            code="initiative__code",
            title="initiative__title",
            unit="unit__name",
        )


def _tells_verifiers(desk):
    items = [
        _item(desk, row, _("Verify the results of %(code)s") % {"code": row["code"]}, None, "verify")
        for row in desk.rows[_VERIFY]
    ]
    for row in desk.rows[_CONFIRM]:
        title = _("Confirm that %(unit)s uses %(code)s") % {"unit": row["unit"], "code": row["code"]}
        items.append(_item(desk, row, title, None, "confirm_use"))
    yield WorkSection(_("Results to verify"), items, order=26)


def _item(desk, row, title, due, kind):
    told = who_was_told(desk, MEASUREMENT, row["subject"]) if "subject" in row else ""
    return WorkItem(
        title=title,
        link=f"/sang-kien/ho-so/{row['code']}/ket-qua-ap-dung/",
        due=due,
        action=pgettext("work", "Open"),
        kind=kind,
        code=row["code"],
        note=" ".join(filter(None, [row["title"], told])),
    )


of_measurers = Source(_asks_measurers, _tells_measurers)
of_verifiers = Source(_asks_verifiers, _tells_verifiers)
PROVIDERS = (of_measurers, of_verifiers)
