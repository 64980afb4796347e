"""The dossier page, and its live part."""

from datetime import date

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.kept_post import keep_post

from ...access import EDITABLE, is_author, may_read_complaints, may_read_confidential, may_read_result
from ...acts import acts_of
from ...certificates import certificates_of
from ...clocks import clocks_of
from ...models import ScoreSheet
from ...papers.notices_given import notices_given
from ...papers.offers import DossierPapers, may_read_receipt
from ...papers.showing import shown
from ...reading import reading_of
from ...similarity.links import readable_history
from ...similarity.showing import similar_part
from ...stages import DECIDED, progress_of
from ...storyline import told
from ...suggestions.growing import credit_of
from .found import crumbs, find, version_number

TABS = ("ho-so", "tac-gia", "tep", "nhat-ky")
LATEST = 5  # lines of history on the first tab


@require_safe
@keep_post
@never_cache
def dossier(request, code):
    """One dossier for everybody who may open it. `?phan=` names the tab, `?ban=` an earlier version."""
    initiative = find(request, code)
    tab = request.GET.get("phan", TABS[0])
    opens = may_read_confidential(request.user, initiative)
    reading = reading_of(initiative, version_number(request.GET.get("ban")), opens_confidential=opens)
    if tab not in TABS or reading is None:
        raise Http404
    by_author = is_author(request.user, initiative)
    history = [told(entry, to_author=by_author) for entry in readable_history(request.user, initiative)]
    context = {
        **_live_context(request, initiative),
        "tab": tab,
        "crumbs": crumbs(initiative),
        "reading": reading,
        "title": initiative.title if by_author else (reading_of(initiative) or reading).title,
        "versions": sorted(initiative.versions.all(), key=lambda v: -v.number),
        "files": _files(initiative),
        "history": history if tab == "nhat-ky" else history[:LATEST],
        "history_count": len(history),
        "receipt": _receipt(initiative),
        "may_read_receipt": may_read_receipt(request.user, initiative),
        "papers": shown(DossierPapers(request.user, initiative).offers()),
        "comments": _comments(initiative) if by_author else [],
        "writes": initiative.state in EDITABLE and _writes(request.user, initiative),
        **(similar_part(request.user, initiative, reading.version) if tab == TABS[0] else {}),
    }
    return render(request, "ideas/dossier/page.html", context)


@require_safe
@keep_post
@never_cache
def live(request, code):
    """State, progress, acts and clocks alone: what a page fetches again when the dossier changed."""
    initiative = find(request, code)
    reading = reading_of(initiative)
    by_author = is_author(request.user, initiative)
    title = initiative.title if by_author else reading.title
    return render(request, "ideas/dossier/live.html", {**_live_context(request, initiative), "title": title})


def _live_context(request, initiative):
    user, today = request.user, timezone.localdate()
    result = initiative.current_result if may_read_result(user, initiative) else None
    decisions = list(initiative.decisions.all())
    complaints = initiative.complaints.all() if may_read_complaints(user, initiative) else []
    notices = notices_given(user, initiative)
    words = initiative.public_reason or initiative.merged_into or initiative.state == "supplement_requested"
    return {
        "initiative": initiative,
        "has_outcome": bool(words or notices or decisions or result or complaints),
        "authors": sorted(initiative.authors.all(), key=lambda author: (not author.is_main, author.order)),
        "progress": progress_of(initiative),
        "acts": acts_of(initiative, user),
        "clocks": [(c, c.days_past(today), c.is_overdue(today)) for c in clocks_of(initiative)],
        "result": result,
        "grade": _grade(initiative, result),
        "complaints": complaints,
        "decisions": decisions,
        "notices": notices,
        "certificates": certificates_of(initiative, user) if decisions else [],
        "credit": credit_of(initiative),
    }


def _grade(initiative, result):
    """The grade as its rubric names it."""
    if result is None or not result.grade or initiative.rubric is None:
        return ""
    names = {grade.code: grade.label for grade in initiative.rubric.rubric.grades}
    return names.get(result.grade, result.grade)


def _writes(user, initiative):
    return type(initiative).objects.written_by(user).filter(pk=initiative.pk).exists()


def _files(initiative):
    return [attachment for attachment in initiative.attachments.all() if attachment.removed_at is None]


def _receipt(initiative):
    """The receipt's number and the day the answer was promised for, as the first submission wrote them."""
    if not initiative.receipt_number:
        return None
    submitted = initiative.history.filter(transition="submit").values_list("details", flat=True).first() or {}
    due = submitted.get("answer_due")
    return {"number": initiative.receipt_number, "answer_due": date.fromisoformat(due) if due else None}


def _comments(initiative):
    """What the members wrote, for the authors after the decision: no name, no points, and in an order
    that tells nothing of the seats."""
    if initiative.state not in DECIDED:
        return []
    sheets = (
        ScoreSheet.objects.filter(initiative=initiative, state="submitted")
        .current()
        .only("comment", "state", "initiative")
    )
    return sorted(sheet.comment for sheet in sheets if sheet.comment.strip())
