"""What the public pages and their editor keep about people: a private calendar address, who edited what."""

from django.utils.translation import gettext_lazy as _

from trust.holdings import GOES, Holding, acts, by, register_holdings
from trust.personal import ACT, RECORDS
from trust.processing import Activity, Basis, register_activity

CALENDAR = "portal.calendar"
_EDITING = """
wagtailcore.Page owner locked_by
wagtailcore.Revision user
wagtailcore.PageLogEntry user
wagtailcore.ModelLogEntry user
wagtailcore.Comment user text
wagtailcore.CommentReply user text
wagtailcore.WorkflowState requested_by
wagtailcore.TaskState finished_by comment
wagtailimages.Image uploaded_by_user
wagtaildocs.Document uploaded_by_user
"""


def register():
    register_activity(
        Activity(
            CALENDAR,
            _("Private calendar"),
            _("Staff who subscribe to their calendar"),
            _("A secret address; which duties were shown in it."),
            _("To show one's own duties in one's own calendar program."),
            Basis.DUTY,
            _("Law 91/2025, Article 19.1.c"),
            _("Whoever has the secret address; the person may void it at any time."),
            _("Until the person voids it or the account is erased."),
        )
    )
    register_holdings(
        Holding(
            "portal.CalendarAddress",
            CALENDAR,
            {"user": GOES, "token": GOES},
            by(user="user"),
            goes_whole=True,
            is_copied=False,
        ),
        Holding(
            "portal.CalendarEntry",
            CALENDAR,
            {"user": GOES},
            by(user="user"),
            goes_whole=True,
            shown=("due_on", "touched_at"),
        ),
        Holding(
            "wagtailusers.UserProfile",
            RECORDS,
            {"user": GOES, "avatar": GOES},
            by(user="user"),
            goes_whole=True,
            shown=(),
            label=_("settings of the editor"),
        ),
        *acts(RECORDS, ACT, _EDITING),
    )
