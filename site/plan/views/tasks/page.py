"""One task with all that belongs to it, and its files."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from obligations.days_off import announced_days
from people.kept_post import keep_post
from plan.forms.tasks import CommentForm
from plan.models import Part
from plan.tasks import money
from plan.tasks.access import is_of_the_front, readers_of
from plan.tasks.counted import counted_of
from plan.tasks.owing import day_off_notice
from plan.tasks.timing import is_late
from plan.tasks.words import line_of
from trust.storage import serve_private

from .asking import crumbs, find

NOTES_A_PAGE, CHANGES_A_PAGE = 20, 200


@require_safe
@keep_post
@never_cache
def task(request, code):
    row, rights = find(request, code)
    today = timezone.localdate()
    parts = [
        {"part": part, "is_asked": is_of_the_front(part.unit, rights.tree)}
        for part in rights.parts
        if not part.is_suggested or rights.coordinates
    ]
    urges = list(row.urges.prefetch_related("answers").order_by("-at", "-pk"))
    steps = list(row.steps.filter(removed_at=None))
    lines = list(row.budget_lines.filter(removed_at=None))
    sums = money.totals((line.year, line.source, line.estimate, line.spent) for line in lines)
    readers = [one for one in readers_of(row, today) if one.pk != request.user.pk]
    notes = row.notes.select_related("answers").order_by("-at", "-pk")
    notes = Paginator(notes, NOTES_A_PAGE).get_page(request.GET.get("tien_do"))
    changes = row.changes.order_by("-at", "-pk")
    changes = Paginator(changes, CHANGES_A_PAGE).get_page(request.GET.get("nhat_ky"))
    context = {
        "task": row,
        "leads": [one for one in parts if one["part"].part == Part.LEAD],
        "helpers": [one for one in parts if one["part"].part == Part.COORDINATE],
        "counted": counted_of(row, today.year),
        "is_invited": rights.is_invited,
        "is_late": is_late(row.state, row.due_on, today),
        "working_day": day_off_notice(row.due_on, announced_days()) if row.due_on else None,
        "today": today,
        "steps": [(step, is_late("todo", step.due_on, today) and not step.done_on) for step in steps],
        "steps_done": sum(1 for step in steps if step.done_on),
        "notes": notes,
        "urges": [(urge, bool(list(urge.answers.all()))) for urge in urges],
        "last_urge": urges[0] if urges else None,
        "officers": list(row.officers.select_related("staff")),
        "files": _files(row, rights),
        "comments": list(row.comments.select_related("withdrawal").prefetch_related("mentions")),
        "comment_form": CommentForm(readers=readers),
        "money": [(line, money.source_words(line.source)) for line in lines],
        "money_total": sums.get((None, None)),
        "changes": changes,
        "history": [line_of(one) for one in changes],
        "may": _may(rights),
        "me": request.user,
        "crumbs": crumbs(request.user, row),
    }
    return render(request, "plan/tasks/task.html", context)


def _may(rights):
    """What is open to this person on the page. Whoever has much to choose from finds what is done most in
    front, the rest folded under it."""
    has_front = rights.work_refusal() is None or rights.reopen_refusal() is None
    return {
        "folds": has_front and rights.plan_refusal() is None,
        "work": rights.work_refusal() is None,
        "plan": rights.plan_refusal() is None,
        "change": rights.change_refusal() is None,
        "reopen": rights.reopen_refusal() is None,
        "urge": rights.urge_refusal() is None,
        "publish": rights.coordinates,
        "answer": rights.own_doing_unit is not None and rights.is_open,
        "raise_difficulty": bool(rights.own_units),
    }


def _files(task, rights):
    may_remove = rights.plan_refusal() is None
    return [
        {
            "name": one.name,
            "size": one.size,
            "url": f"{one.pk}",
            "row": one,
            "may_remove": may_remove,
        }
        for one in task.files.filter(removed_at=None)
    ]


@require_safe
@keep_post
@never_cache
def file(request, code, pk):
    """One file, for whoever may read the task."""
    row, _rights = find(request, code)
    kept = get_object_or_404(row.files.filter(removed_at=None), pk=pk)
    return serve_private(kept.file, kept.name, kept.content_type)
