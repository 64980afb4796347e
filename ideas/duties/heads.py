"""What waits for the head of the ward."""

from django.db.models import Exists
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from obligations.desk import branch, day
from obligations.duties import Source, WorkItem, WorkSection
from obligations.owed_work import asks_who_was_told, who_was_told
from people.models import containing
from people.roles import Role, has_role

from .. import deciding
from ..lifecycle import State
from ..models import Complaint, Delegation, Initiative
from ..owing import COMPLAINT, DECISION, subject_of_key

_WAITING, _COMPLAINTS = "ideas.to_decide", "ideas.to_settle"


def _asks(desk):
    """The head's, and a delegated deputy's: dossiers to decide on and complaints to settle.

    Whoever decides may read whatever was submitted (`access.visible_to`); nothing else is asked for here.
    """
    if not has_role(desk.user, Role.HEAD, Role.DEPUTY_HEAD):
        return
    submitted = Initiative.objects.filter(submitted_at__isnull=False).exclude(state=State.DRAFT)
    waiting = deciding.voted_on(submitted)
    complaints = Complaint.objects.filter(initiative__in=submitted, settled_on=None)
    if not has_role(desk.user, Role.HEAD):
        running = Exists(Delegation.objects.filter(containing(desk.today), deputy=desk.staff))
        waiting, complaints = waiting.filter(running), complaints.filter(running)
    yield branch(waiting, _WAITING, code="code", due="decision_due_on")
    yield branch(
        complaints, _COMPLAINTS, code="initiative__code", due=Coalesce("settle_due_on", "take_up_due_on")
    )
    yield asks_who_was_told((DECISION, COMPLAINT))


def _tells(desk):
    items = [
        WorkItem(
            title=_("Decide on %(code)s") % {"code": row["code"]},
            link="/sang-kien/quyet-dinh/",
            due=day(row["due"]),
            action=_("Decide"),
            kind="decide",
            code=row["code"],
            note=who_was_told(desk, DECISION, subject_of_key(row["pk"])),
        )
        for row in desk.rows[_WAITING]
    ]
    items += [
        WorkItem(
            title=_("Settle the complaint about %(code)s") % {"code": row["code"]},
            link="/sang-kien/quyet-dinh/khieu-nai/",
            due=day(row["due"]),
            action=_("Read the dossier"),
            kind="complaint",
            code=row["code"],
            note=who_was_told(desk, COMPLAINT, f"complaint:{row['pk']}"),
        )
        for row in desk.rows[_COMPLAINTS]
    ]
    yield WorkSection(_("Decisions"), items, order=10)


of_heads = Source(_asks, _tells)
