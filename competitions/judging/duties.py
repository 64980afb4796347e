"""What waits for judges, for the work page."""

from django.db.models import Count, Exists, F, JSONField, OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from obligations.desk import branch, moment, plain
from obligations.duties import Source, WorkItem, WorkSection
from people.roles import Role, has_role
from scoring.models import SheetState
from scoring.rubric import read_rubric

from ..models import EntryPoint, EntryRubric, Phase, StageRun
from .queue import sheets_of

_SHEETS, _POINTS, _RUBRICS = "competitions.sheets", "competitions.points", "competitions.rubrics"


def _asks(desk):
    """The entries to judge now; nothing of who entered."""
    if not has_role(desk.user, Role.JUDGE):
        return
    own = sheets_of(desk.user)
    waiting = _running(own.exclude(state=SheetState.SUBMITTED), desk.now)
    yield branch(
        waiting,
        _SHEETS,
        code="entry__blind_code",
        title=KeyTextTransform("title", Cast("version__payload", JSONField())),
        state="state",
        rubric="competition__rubric",
        closes_at=F("window_closes"),
        sent=_count(own.filter(state=SheetState.SUBMITTED)),
        all=_count(own),
    )
    begun = waiting.filter(state=SheetState.DRAFT)
    points = EntryPoint.objects.filter(sheet__in=begun.values("pk"), points__isnull=False)
    yield branch(points, _POINTS, sheet="sheet", criterion="criterion")
    used = EntryRubric.objects.filter(pk__in=begun.values("competition__rubric"))
    yield branch(used, _RUBRICS, definition="definition")


def _running(sheets, now):
    """Those of stages that are not closed and whose window holds this moment."""
    window = Phase.objects.filter(
        competition=OuterRef("competition"), code=OuterRef("stage"), opens_at__lte=now, closes_at__gt=now
    )
    return (
        _not_closed(sheets)
        .annotate(window_closes=Subquery(window.values("closes_at")[:1]))
        .filter(Exists(window))
    )


def _not_closed(sheets):
    closed = StageRun.objects.filter(
        competition=OuterRef("competition"), stage=OuterRef("stage"), closed_at__isnull=False
    )
    return sheets.filter(~Exists(closed))


def _count(sheets):
    """How many of them are in stages that are not closed yet."""
    counted = _not_closed(sheets).order_by().values("judge__user").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _tells(desk):
    rows = desk.rows[_SHEETS]
    if rows:
        required = {row["pk"]: _required(row) for row in desk.rows[_RUBRICS]}
        given = {(row["sheet"], row["criterion"]) for row in desk.rows[_POINTS]}
        items = [_item(row, required.get(row["rubric"], ()), given) for row in rows]
        items.sort(key=lambda item: item.code)
        progress = (rows[0]["sent"], rows[0]["all"])
        yield WorkSection(_("Entries to judge"), items, order=22, progress=progress)


def _required(row):
    return [criterion.code for criterion in read_rubric(plain(row["definition"])).required]


def _item(row, required, given):
    drafted = row["state"] == SheetState.DRAFT
    scored = {
        "scored": sum((row["pk"], code) in given for code in required),
        "required": len(required),
    }
    return WorkItem(
        title=row["title"],
        link=f"/cuoc-thi/cham/{row['pk']}/",
        due=moment(row["closes_at"]),
        action=_("Go on scoring") if drafted else _("Open the sheet"),
        kind="entry_sheet",
        code=row["code"],
        note=_("%(scored)s of %(required)s criteria scored") % scored if drafted else _("Not begun"),
    )


of_judges = Source(_asks, _tells)
