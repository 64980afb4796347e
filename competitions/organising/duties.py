"""What waits for organisers, by when, for the work page."""

from django.db.models import CharField, Count, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from obligations.desk import branch, moment
from obligations.duties import Source, WorkItem, WorkSection
from people.roles import Role, has_role

from ..models import CompetitionPage, Judge, Phase
from ..phases import PhaseCode, Window, phase_at
from .stand import OPEN_APPROVALS, RETURNED

JURY_BEFORE = timezone.timedelta(days=14)  # a jury that is too small is said two weeks before it is needed
_JUDGED = (PhaseCode.PRELIMINARY, PhaseCode.FINAL)
_OWN, _PHASES = "competitions.own", "competitions.phases"


def _asks(desk):
    """Drafts to finish, texts that came back, juries that are too small."""
    if not has_role(desk.user, Role.ORGANISER):
        return
    own = CompetitionPage.objects.organised_by(desk.user)
    asked = WorkflowState.objects.filter(
        base_content_type__app_label="wagtailcore",
        base_content_type__model="page",
        object_id=Cast(OuterRef("pk"), CharField()),
        status__in=OPEN_APPROVALS,
    )
    judges = Judge.objects.filter(competition=OuterRef("pk"), ended_at__isnull=True)
    counted = judges.order_by().values("competition").annotate(n=Count("pk")).values("n")
    yield branch(
        own,
        _OWN,
        code="code",
        live="live",
        first_published_at="first_published_at",
        go_live_at="go_live_at",
        approved="latest_revision__approved_go_live_at",
        asked=Subquery(asked.values("status")[:1]),
        seats=Coalesce(Subquery(counted), 0),
        judges_each="judges_each",
    )
    phases = Phase.objects.filter(competition__in=own.values("pk"))
    yield branch(
        phases, _PHASES, competition="competition", code="code", opens_at="opens_at", closes_at="closes_at"
    )


def _tells(desk):
    windows = {}
    for row in desk.rows[_PHASES]:
        window = Window(row["code"], moment(row["opens_at"]), moment(row["closes_at"]))
        windows.setdefault(row["competition"], []).append(window)
    items = [
        item
        for row in desk.rows[_OWN]
        if (item := _item(row, windows.get(row["pk"], []), desk.now)) is not None
    ]
    if items:
        yield WorkSection(_("Competitions I organise"), items, 40)


def _item(row, windows, now):
    standing, is_out = phase_at(windows, now), bool(row["live"] or row["first_published_at"])
    if standing.is_over and is_out:
        return None
    asked, opens = OPEN_APPROVALS.get(row["asked"], ""), min((w.opens_at for w in windows), default=None)
    if asked == RETURNED:
        note = _("Read why, change it and send it again.")
        return _work(row, _("%(code)s came back from approval"), "competition_returned", note, opens)
    waits_for_its_hour = row["go_live_at"] and row["approved"]
    if not is_out and not asked and not waits_for_its_hour:
        note = _("Complete it and send it for approval before its first day.")
        return _work(row, _("Prepare competition %(code)s"), "competition_draft", note, opens)
    begins = _judging(standing)
    if row["live"] and begins and begins - now <= JURY_BEFORE and row["seats"] < row["judges_each"]:
        note = _("The jury has %(count)s of at least %(needed)s judges.") % {
            "count": row["seats"],
            "needed": row["judges_each"],
        }
        return _work(row, _("Complete the jury of %(code)s"), "competition_jury", note, begins)
    return None


def _judging(standing):
    """When the round of judging that is under way or comes next opens."""
    for window in (standing.current, standing.next):
        if window and window.code in _JUDGED:
            return window.opens_at
    return None


def _work(row, title, kind, note, due):
    return WorkItem(
        title=title % {"code": row["code"]},
        link=f"/cuoc-thi/to-chuc/{row['code']}/",
        due=due,
        action=_("Open the competition"),
        kind=kind,
        code=row["code"],
        note=note,
    )


of_organisers = Source(_asks, _tells)
PROVIDERS = (of_organisers,)
