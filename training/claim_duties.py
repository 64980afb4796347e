"""What waits for whoever verifies courses taken elsewhere, and for whoever answers requests for exemption."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from obligations.desk import branch
from obligations.duties import Source, WorkItem, WorkSection
from people.roles import Role, has_role
from people.units import units_headed_by

from . import credits, exemptions

_CREDITS, _EXEMPTIONS = "training.credits", "training.exemptions"


def _asks_verifiers(desk):
    """Courses handed in by the people a unit head answers for; everybody's for the training officer."""
    if not has_role(desk.user, Role.TRAINING_OFFICER, Role.UNIT_HEAD):
        return
    rows = credits.waiting_for(desk.user, desk.today, units=units_headed_by(desk))
    yield branch(rows, _CREDITS, name="staff__full_name", title="title", at="submitted_at")


def _tells_verifiers(desk):
    if not has_role(desk.user, Role.TRAINING_OFFICER, Role.UNIT_HEAD):
        return
    items = [
        WorkItem(
            title=_("Verify a course of %(name)s") % {"name": row["name"]},
            link=reverse("training:credit", args=[UUID(row["pk"])]),
            action=_("Verify"),
            kind="verify_credit",
            note=row["title"],
        )
        for row in sorted(desk.rows[_CREDITS], key=lambda row: row["at"])
    ]
    yield WorkSection(_("Courses taken elsewhere"), items, order=40)


def _asks_personnel(desk):
    if has_role(desk.user, Role.PERSONNEL_OFFICER):
        rows = exemptions.waiting_for(desk.user)
        yield branch(
            rows,
            _EXEMPTIONS,
            name="staff__full_name",
            requirement="requirement__name",
            at="requested_at",
        )


def _tells_personnel(desk):
    if not has_role(desk.user, Role.PERSONNEL_OFFICER):
        return
    items = [
        WorkItem(
            title=_("Answer the request for exemption of %(name)s") % {"name": row["name"]},
            link=reverse("training:exemption", args=[UUID(row["pk"])]),
            action=pgettext("button", "Answer"),
            kind="answer_exemption",
            note=row["requirement"],
        )
        for row in sorted(desk.rows[_EXEMPTIONS], key=lambda row: row["at"])
    ]
    yield WorkSection(_("Exemptions"), items, order=41)


of_verifiers = Source(_asks_verifiers, _tells_verifiers)
of_personnel = Source(_asks_personnel, _tells_personnel)
PROVIDERS = (of_verifiers, of_personnel)
