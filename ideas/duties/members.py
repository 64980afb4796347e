"""What waits for members of the council."""

from django.db.models import Count, F, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from obligations.desk import branch, day, moment, plain
from obligations.duties import Source, WorkItem, WorkSection
from scoring.models import SheetState
from scoring.rubric import read_rubric

from ..models import Rubric, SheetPoint
from ..sheet_list import sent_and_undecided, waiting_sheets

_SHEETS, _POINTS, _RUBRICS = "ideas.sheets", "ideas.points", "ideas.rubrics"


def _asks(desk):
    """Score sheets to fill in; of begun ones which criteria have points."""
    if desk.staff is None:
        return
    waiting = waiting_sheets(desk.staff, desk.now)
    sent = sent_and_undecided(desk.staff).order_by().values("staff").annotate(n=Count("pk")).values("n")
    yield branch(
        waiting,
        _SHEETS,
        code="initiative__code",
        title="initiative__title",
        state="state",
        declared="no_conflict_at",
        updated=F("updated_at"),
        due=Coalesce("initiative__round__scoring_due_on", "initiative__decision_due_on"),
        rubric="initiative__rubric",
        sent=Coalesce(Subquery(sent), 0),
    )
    begun = waiting.filter(state=SheetState.DRAFT)
    points = SheetPoint.objects.filter(sheet__in=begun.values("pk"), points__isnull=False)
    yield branch(points, _POINTS, sheet="sheet", criterion="criterion")
    used = Rubric.objects.filter(pk__in=begun.values("initiative__rubric"))
    yield branch(used, _RUBRICS, definition="definition")


def _tells(desk):
    """With the draft's time and progress."""
    rows = desk.rows[_SHEETS]
    if rows:
        required = {row["pk"]: _required(row) for row in desk.rows[_RUBRICS]}
        given = {(row["sheet"], row["criterion"]) for row in desk.rows[_POINTS]}
        items = [_sheet_item(row, required.get(row["rubric"], ()), given) for row in rows]
        items.sort(key=lambda item: item.code)
        done = rows[0]["sent"]
        yield WorkSection(_("Score sheets to do"), items, order=20, progress=(done, done + len(rows)))


def _required(row):
    return [criterion.code for criterion in read_rubric(plain(row["definition"])).required]


def _sheet_item(row, required, given):
    if not row["declared"]:
        action, note = _("Declare, then score"), _("Conflict of interest not declared yet")
    elif row["state"] == SheetState.DRAFT:
        action, note = _("Go on scoring"), _draft_note(row, required, given)
    else:
        action, note = _("Open the sheet"), _("Not begun")
    return WorkItem(
        title=row["title"],
        link=f"/sang-kien/phieu-cham/{row['pk']}/",
        due=day(row["due"]),
        action=action,
        kind="score_sheet",
        code=row["code"],
        note=note,
    )


def _draft_note(row, required, given):
    saved = timezone.localtime(moment(row["updated"]))
    figures = {
        "time": time_format(saved, "H:i"),
        "day": date_format(saved, "SHORT_DATE_FORMAT"),
        "scored": sum((row["pk"], code) in given for code in required),
        "required": len(required),
    }
    return _("Draft, saved %(time)s, %(day)s. %(scored)s of %(required)s criteria scored") % figures


of_members = Source(_asks, _tells)
