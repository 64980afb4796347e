"""What waits for whoever verifies courses taken elsewhere, and for whoever answers requests for exemption."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from obligations.duties import WorkItem, WorkSection
from people.roles import Role, has_role

from . import credits, exemptions


def of_verifiers(user, now):
    """Courses handed in by the people a unit head answers for; everybody's for the training officer."""
    if not has_role(user, Role.TRAINING_OFFICER, Role.UNIT_HEAD):
        return
    rows = credits.waiting_for(user).select_related("staff")
    items = [
        WorkItem(
            title=_("Verify a course of %(name)s") % {"name": credit.staff.full_name},
            link=credit.get_absolute_url(),
            action=_("Verify"),
            kind="verify_credit",
            note=credit.title,
        )
        for credit in rows
    ]
    yield WorkSection(_("Courses taken elsewhere"), items, order=40)


def of_personnel(user, now):
    if not has_role(user, Role.PERSONNEL_OFFICER):
        return
    rows = exemptions.waiting_for(user).select_related("staff", "requirement")
    items = [
        WorkItem(
            title=_("Answer the request for exemption of %(name)s") % {"name": exemption.staff.full_name},
            link=exemption.get_absolute_url(),
            action=pgettext("button", "Answer"),
            kind="answer_exemption",
            note=exemption.requirement.name,
        )
        for exemption in rows
    ]
    yield WorkSection(_("Exemptions"), items, order=41)


PROVIDERS = (of_verifiers, of_personnel)
