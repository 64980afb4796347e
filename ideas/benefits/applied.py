"""Which initiatives were in use in a year: what target E3 of the plan counts ("any use within the year")."""

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from ideas.models import Adoption, ClaimState, Initiative, Measurement
from people.models import containing


def applied_in_year(year, today=None):
    """Recognised initiatives with a use shown for some day of `year` up to today; a queryset, each once.

    Shown is a use by what somebody else checked: the first use of a recognised dossier, which the council
    examined; a use confirmed by the head of that unit; a measurement that was verified.
    """
    today = today or timezone.localdate()
    first, last = date(year, 1, 1), min(date(year, 12, 31), today)
    if first > today:
        return Initiative.objects.none()
    uses = Adoption.objects.filter(initiative=OuterRef("pk"), state=ClaimState.VERIFIED, start_on__lte=last)
    uses = uses.filter(containing(first) | Q(start_on__gte=first))
    measured = Measurement.objects.filter(
        indicator__initiative=OuterRef("pk"),
        indicator__state=ClaimState.VERIFIED,
        state=ClaimState.VERIFIED,
        measured_on__range=(first, last),
    )
    return Initiative.objects.published().filter(
        Q(first_applied_on__range=(first, last)) | Exists(uses) | Exists(measured)
    )
