"""What waits for members of the council."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from obligations.duties import WorkItem, WorkSection
from scoring.models import SheetState

from ..sheet_list import my_sheets, progress_of


def of_members(user, now) -> Iterator[WorkSection]:
    """Score sheets to fill in, with the draft's time and progress; six queries for any number."""
    lines = my_sheets(user, open_only=True, now=now)
    if lines:
        items = [_sheet_item(line) for line in lines]
        yield WorkSection(_("Score sheets to do"), items, order=20, progress=progress_of(user, now))


def _sheet_item(line):
    drafted = line.sheet.state == SheetState.DRAFT
    if line.waits_for_declaration:
        action, note = _("Declare, then score"), _("Conflict of interest not declared yet")
    elif drafted:
        action, note = _("Go on scoring"), _draft_note(line)
    else:
        action, note = _("Open the sheet"), _("Not begun")
    return WorkItem(
        title=line.initiative.title,
        link=line.sheet.get_absolute_url(),
        due=line.due,
        action=action,
        kind="score_sheet",
        code=line.initiative.code,
        note=note,
    )


def _draft_note(line):
    saved = timezone.localtime(line.sheet.updated_at)
    figures = {
        "time": time_format(saved, "H:i"),
        "day": date_format(saved, "SHORT_DATE_FORMAT"),
        "scored": line.scored,
        "required": line.required,
    }
    return _("Draft, saved %(time)s, %(day)s. %(scored)s of %(required)s criteria scored") % figures
