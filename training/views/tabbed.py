"""Lists with tabs: the chosen one by pages, the others by their count."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet

PAGE_SIZE = 30


@dataclass(frozen=True)
class Tab:
    """`code` stands in the address as `?xem=`."""

    code: str
    label: str
    rows: QuerySet


def tabbed(request, tabs, *related):
    """Context of the list: page_obj, tabs as the template draws them, and the code of the open one (the
    first where the address names none). `related` is selected along."""
    current = next((tab for tab in tabs if tab.code == request.GET.get("xem", "")), tabs[0])
    rows = current.rows.select_related(*related)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    drawn = [
        {
            "url": f"?xem={tab.code}",
            "label": tab.label,
            "count": page.paginator.count if tab is current else tab.rows.count(),
            "current": tab is current,
        }
        for tab in tabs
    ]
    return {"page_obj": page, "tabs": drawn, "view": current.code}
