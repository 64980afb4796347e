"""A provider of work for the tests."""

from datetime import timedelta

from django.utils import timezone

from obligations.duties import Source, WorkItem, WorkSection


def work_items(count, **fields):
    today = timezone.localdate()
    return [
        WorkItem(
            title=f"Sheet {number}",
            link=f"/sang-kien/{number}/",
            due=today + timedelta(days=number),
            action="Score",
            code=f"SK-2026-HD{number:02}",
            **fields,
        )
        for number in range(count)
    ]


def provider_of(*items, heading="Score sheets", progress=None):
    return telling(lambda desk: [WorkSection(heading, list(items), 10, progress)])


def telling(tells):
    """A source that asks nothing."""
    return Source(lambda desk: (), tells)
