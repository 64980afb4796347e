"""What a person's yearly extract says about competitions: prizes won, alone or in a team, once results are
published. Of the entry no word: what its people let the public read is another matter."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.extracts import ExtractPart, ExtractRow

from .models import AwardCertificate, ResultState

CODE, HEADING = "prizes", gettext_lazy("Prizes in competitions")


def prizes_of(people, year, viewer):
    """By the day of the decision, or of the publication where none is written; a prize taken back is none."""
    of_year = Q(award__result_list__decision_on__year=year) | Q(
        award__result_list__decision_on__isnull=True, award__result_list__published_at__year=year
    )
    rows = (
        AwardCertificate.objects.filter(
            of_year,
            participant__user__staff__in=people,
            award__withdrawn_at__isnull=True,
            award__result_list__state=ResultState.PUBLISHED,
        )
        .select_related(
            "award__prize", "award__result_list__competition", "certificate", "participant__user__staff"
        )
        .annotate(team=Count("award__certificates"))
        .order_by("award__result_list__decision_on", "award__result_list", "award__prize__order", "pk")
    )
    found = {}
    for row in rows:
        found.setdefault(row.participant.user.staff.pk, []).append(_row(row))
    return {key: _part(lines) for key, lines in found.items()}


def _part(lines):
    return ExtractPart(CODE, str(HEADING), ngettext("prize won", "prizes won", len(lines)), lines)


def _row(row):
    results = row.award.result_list
    people = row.team
    part = _("alone") if people == 1 else _("in a team of %(count)s") % {"count": people}
    return ExtractRow(
        title=f"{row.award.prize.name}: {results.competition.title}",
        note=f"{part} · {row.certificate.number}",
        link=results.competition.get_url() or "",
        day=results.decision_on or (results.published_at and timezone.localdate(results.published_at)),
    )
