"""What waits for judges, for the work page."""

from django.utils.translation import gettext as _

from obligations.duties import WorkItem, WorkSection
from people.roles import Role, has_role
from scoring.models import SheetState

from .queue import my_sheets, progress_of


def of_judges(user, now):
    """The entries to judge now; nothing of who entered."""
    if not has_role(user, Role.JUDGE):
        return []
    lines = [line for line in my_sheets(user, now) if line.standing == "to_do"]
    if not lines:
        return []
    items = [_item(line) for line in lines]
    return [WorkSection(_("Entries to judge"), items, order=22, progress=progress_of(user))]


def _item(line):
    drafted = line.sheet.state == SheetState.DRAFT
    scored = {"scored": line.scored, "required": line.required}
    return WorkItem(
        title=line.title,
        link=line.sheet.get_absolute_url(),
        due=line.closes_at,
        action=_("Go on scoring") if drafted else _("Open the sheet"),
        kind="entry_sheet",
        code=line.sheet.entry.blind_code,
        note=_("%(scored)s of %(required)s criteria scored") % scored if drafted else _("Not begun"),
    )
