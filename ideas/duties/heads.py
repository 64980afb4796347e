"""What waits for the head of the ward."""

from django.utils.translation import gettext as _

from obligations.duties import WorkItem, WorkSection
from people.roles import Role, has_role

from .. import deciding
from ..capacities import DEPUTY, HEAD, acting_capacity
from ..moves import Actor, Move


def of_heads(user, now):
    """The head's, and a delegated deputy's: dossiers to decide on and complaints to settle."""
    if not has_role(user, Role.HEAD, Role.DEPUTY_HEAD):
        return []
    if acting_capacity((HEAD, DEPUTY), None, Move("recognise", Actor.of(user), now)) is None:
        return []
    items = [
        WorkItem(
            title=_("Decide on %(code)s") % {"code": code},
            link="/sang-kien/quyet-dinh/",
            due=due,
            action=_("Decide"),
            kind="decide",
            code=code,
        )
        for code, due in deciding.waiting(user).values_list("code", "decision_due_on")
    ]
    items += [
        WorkItem(
            title=_("Settle the complaint about %(code)s") % {"code": complaint.initiative.code},
            link="/sang-kien/quyet-dinh/khieu-nai/",
            due=complaint.settle_due_on or complaint.take_up_due_on,
            action=_("Read the dossier"),
            kind="complaint",
            code=complaint.initiative.code,
        )
        for complaint in deciding.complaints(user)
    ]
    return [WorkSection(_("Decisions"), items, order=10)]
