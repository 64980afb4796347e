"""What search engines and our search know of the plan: the words of its targets and tasks, which are public
from the beginning, and their pages."""

from django.urls import reverse
from django.utils.text import Truncator

from portal import search, sitemap

from ..models import Target, Task
from . import reading

TARGET, TASK = "plan_target", "plan_task"
_TITLE = 200  # letters of a task in a list of results


def addresses():
    publication = reading.last_counts()
    changed = publication.published_at if publication else None
    for name in ("progress", "progress_tasks"):
        yield sitemap.Address(reverse(f"plan:{name}"), changed)
    for code in Target.objects.order_by("order").values_list("code", flat=True):
        yield sitemap.Address(reverse("plan:progress_target", args=[code]), changed)


def targets(ids):
    rows = Target.objects.select_related("group").prefetch_related("definitions").order_by("order")
    for row in rows if ids is None else rows.filter(pk__in=ids):
        indicator = next((one.indicator for one in reversed(row.definitions.all())), "")
        yield search.Found(
            object_id=str(row.pk),
            title=f"{row.code}. {indicator or Truncator(row.text).chars(_TITLE)}",
            url=reverse("plan:progress_target", args=[row.code]),
            text=row.text,
            detail=row.group.name,
        )


def tasks(ids):
    rows = Task.objects.exclude(section="").select_related("group").order_by("order")
    for row in rows if ids is None else rows.filter(pk__in=ids):
        yield search.Found(
            object_id=str(row.pk),
            title=f"{row.code}. {Truncator(row.text).chars(_TITLE)}",
            url=f"{reverse('plan:progress_tasks')}#{row.code}",
            text=row.text,
            detail=row.group.name,
        )


def follow_target(sender, instance, **kwargs):
    search.refresh(TARGET, [instance.pk])


def follow_task(sender, instance, **kwargs):
    search.refresh(TASK, [instance.pk])
