"""Which sending made a report late: one sent in time, returned and sent again after its day, the second."""

from django.db.models import OuterRef, Subquery
from django.db.models.fields.json import KeyTextTransform

from ..models import ReportChange


def with_lateness(reports):
    """Reports with `late_at` and `late_due` of their first sending after its day; None where none is."""
    first = (
        ReportChange.objects.filter(report=OuterRef("pk"), change="submitted", data__late=True)
        .order_by("at", "pk")
        .annotate(due=KeyTextTransform("due", "data"))
    )
    return reports.annotate(
        late_at=Subquery(first.values("at")[:1]), late_due=Subquery(first.values("due")[:1])
    )
