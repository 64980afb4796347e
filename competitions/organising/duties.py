"""What waits for organisers, by when, for the work page."""

from django.utils import timezone
from django.utils.translation import gettext as _

from obligations.duties import WorkItem, WorkSection
from people.roles import Role, has_role

from ..models import CompetitionPage, Judge
from ..phases import PhaseCode
from .stand import approvals

JURY_BEFORE = timezone.timedelta(days=14)  # a jury that is too small is said two weeks before it is needed
_JUDGED = (PhaseCode.PRELIMINARY, PhaseCode.FINAL)


def of_organisers(user, now):
    """Drafts to finish, texts that came back, juries that are too small. Four queries; none for others."""
    if not has_role(user, Role.ORGANISER):
        return
    rows = CompetitionPage.objects.organised_by(user).order_by("pk").prefetch_related("phases")
    competitions = [one for one in rows if not one.standing(now).is_over or not one.is_out]
    if not competitions:
        return
    asked = approvals(competitions)
    seats = _seats(competitions)
    items = [
        item
        for one in competitions
        if (item := _item(one, asked.get(one.pk, ""), seats.get(one.pk, 0), now)) is not None
    ]
    yield WorkSection(_("Competitions I organise"), items, 40)


def _seats(competitions):
    """{competition: judges}."""
    rows = Judge.objects.filter(competition__in=competitions, ended_at__isnull=True)
    found = {}
    for key in rows.values_list("competition", flat=True):
        found[key] = found.get(key, 0) + 1
    return found


def _item(one, asked, seats, now):
    if asked == "returned":
        note = _("Read why, change it and send it again.")
        return _work(one, _("%(code)s came back from approval"), "competition_returned", note, _opening(one))
    if not one.is_out and not asked and not _approved(one):
        note = _("Complete it and send it for approval before its first day.")
        return _work(one, _("Prepare competition %(code)s"), "competition_draft", note, _opening(one))
    begins = _judging(one, now)
    if one.live and begins and begins - now <= JURY_BEFORE and seats < one.judges_each:
        note = _("The jury has %(count)s of at least %(needed)s judges.") % {
            "count": seats,
            "needed": one.judges_each,
        }
        return _work(one, _("Complete the jury of %(code)s"), "competition_jury", note, begins)
    return None


def _approved(one):
    """Waits for its hour alone."""
    return (
        one.go_live_at is not None
        and one.latest_revision is not None
        and bool(one.latest_revision.approved_go_live_at)
    )


def _opening(one):
    return min((phase.opens_at for phase in one.phases.all()), default=None)


def _judging(one, now):
    """When the round of judging that is under way or comes next opens."""
    standing = one.standing(now)
    for window in (standing.current, standing.next):
        if window and window.code in _JUDGED:
            return window.opens_at
    return None


def _work(one, title, kind, note, due):
    return WorkItem(
        title=title % {"code": one.code},
        link=one.written_at,
        due=due,
        action=_("Open the competition"),
        kind=kind,
        code=one.code,
        note=note,
    )


PROVIDERS = (of_organisers,)
