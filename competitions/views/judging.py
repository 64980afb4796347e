"""A judge's pages: the list of their sheets, and one sheet beside the blind entry."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from competitions.judging import asking, queue, writing
from competitions.judging.blind import blind, stored_file
from competitions.judging.words import sentence
from competitions.models import EntrySheet
from competitions.moves import Refused
from people.access import check_role
from people.kept_post import keep_post
from people.roles import Role
from scoring.desk import Desk
from trust.storage import serve_private


class JudgesDesk(Desk):
    """A judge's sheet beside the frozen version of an entry; nothing says whose it is."""

    refused = Refused
    list_url = "competitions:sheets"
    sheet_template = "competitions/judging/sheet.html"
    send_template = "competitions/judging/sheet_send.html"
    read_template = "competitions/judging/sheet_read.html"
    recuse_template = "competitions/judging/sheet_recuse.html"
    recusal_help = _("For example: the entry is by a member of my family. The organisers can read this.")
    comment_help = _("The organisers can read this once judging is closed.")

    def find(self, user, pk):
        sheet = (
            EntrySheet.objects.select_related("judge__user", "entry", "version__entry", "competition__rubric")
            .prefetch_related("points", "competition__phases", "competition__stage_runs")
            .filter(pk=pk)
            .first()
        )
        if sheet is not None and asking.may_read(user, sheet):
            return sheet
        raise Http404

    def rubric(self, sheet):
        return sheet.competition.rubric.rubric

    def code(self, sheet):
        return sheet.entry.blind_code

    def may(self, user, sheet):
        return asking.can_judge(user, sheet)

    def may_stand_aside(self, user, sheet):
        return asking.may_stand_aside(user, sheet)

    def may_read(self, user, sheet):
        return asking.may_read(user, sheet)

    def sentence(self, answer):
        return sentence(answer)

    def save(self, user, sheet, points, comment, **more):
        return writing.save_sheet(user, sheet, points, comment, **more)

    def submit(self, user, sheet, points, comment, **more):
        return writing.submit_sheet(user, sheet, points, comment, **more)

    def recuse(self, user, sheet, reason):
        return writing.declare_conflict(user, sheet, reason)

    def about(self, user, sheet):
        return {
            "competition": sheet.competition,
            "judged": blind(sheet.version),
            "may_stand_aside": asking.may_stand_aside(user, sheet).allowed,
        }

    def progress(self, user):
        return queue.progress_of(user)


DESK = JudgesDesk()


@never_cache
@keep_post
def sheet(request, pk):
    return DESK.fill(request, pk)


@never_cache
@require_POST
def sheet_autosave(request, pk):
    return DESK.autosave(request, pk)


@never_cache
@keep_post
def sheet_send(request, pk):
    return DESK.send(request, pk)


@never_cache
@keep_post
def sheet_recuse(request, pk):
    """A judge declares what connects them with the entry; another one takes it."""
    return DESK.stand_aside(request, pk)


@never_cache
@require_safe
@keep_post
def sheet_file(request, pk, number):
    """A file of the judged version, under a name of our making."""
    found = DESK.find(request.user, pk)
    stored = stored_file(found.version, number)
    if stored is None:
        raise Http404
    row, name = stored
    return serve_private(row.file, name, row.content_type, inline=True)


@never_cache
@require_safe
@keep_post
def sheets(request):
    """What this judge has to do, and did."""
    check_role(request.user, Role.JUDGE)
    return render(request, "competitions/judging/sheets.html", _lists(request.user))


@never_cache
@require_safe
@keep_post
def sheet_list(request):
    """The same lists alone, fetched anew by the page when something changed."""
    check_role(request.user, Role.JUDGE)
    return render(request, "competitions/judging/_lists.html", _lists(request.user))


def _lists(user):
    lines = queue.my_sheets(user)
    return {
        "to_do": [line for line in lines if line.is_to_do],
        "done": [line for line in lines if not line.is_to_do],
        "progress": queue.progress_of(user),
    }
