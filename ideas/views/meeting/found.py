"""The meeting of an address for those who may see it, and what its pages say alike."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from ideas import meetings

LIST = "/sang-kien/hoi-dong/hop/"


def meeting_or_404(request, pk):
    visible = meetings.meetings_visible_to(request.user).select_related("appointment", "presided_by")
    return get_object_or_404(visible, pk=pk)


def holds_a_seat(user):
    staff = getattr(user, "staff", None)
    return staff is not None and user.is_active and staff.seats.exists()


def crumbs_of_meetings(*more):
    return [(_("Initiatives"), "/sang-kien/"), (_("Council meetings"), LIST), *more]


def title_of(meeting):
    return _("Meeting of %(day)s") % {"day": f"{timezone.localtime(meeting.starts_at):%d/%m/%Y}"}


def changed_words():
    return _(
        "The meeting was changed elsewhere meanwhile. What you entered still stands here; "
        "compare it with the rest of the page and send again."
    )
