"""What a person's yearly extract says about initiatives: those they took part in and handed in."""

from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people.extracts import ExtractPart, ExtractRow
from vietnamese.numbers import format_percent

from .access import PUBLISHED
from .models import Author, Initiative

CODE, HEADING = "initiatives", gettext_lazy("Initiatives")


def initiatives_of(staff, year, viewer):
    """The part of one person."""
    return initiatives_of_many([staff], year, viewer).get(staff.pk)


def initiatives_of_many(people, year, viewer):
    """Handed in, or decided on, in `year`: as far as `viewer` may open the dossier or the public reads it. A
    draft is no result yet."""
    readable = Initiative.objects.visible_to(viewer).values("pk")
    rows = (
        Author.objects.filter(staff__in=people, initiative__submitted_at__isnull=False)
        .filter(Q(initiative__submitted_at__year=year) | Q(initiative__state_since__year=year))
        .filter(Q(initiative__in=readable) | Q(initiative__state__in=PUBLISHED))
        .select_related("initiative")
        .order_by("initiative__code")
    )
    found = {}
    for author in rows:
        found.setdefault(author.staff_id, []).append(_row(author))
    return {key: _part(lines) for key, lines in found.items()}


def _part(lines):
    label = ngettext("initiative taken part in", "initiatives taken part in", len(lines))
    return ExtractPart(CODE, str(HEADING), label, lines)


def _row(author):
    initiative = author.initiative
    part = _("main author") if author.is_main else _("co-author")
    note = f"{initiative.code} · {part.lower()}, {format_percent(author.share, 2)}"
    is_public = initiative.state in PUBLISHED
    return ExtractRow(
        title=initiative.title,
        note=note,
        link=f"/sang-kien/{initiative.code}/" if is_public else initiative.get_absolute_url(),
        state=(initiative.state, capfirst(str(initiative.get_state_display()))),
        day=timezone.localdate(initiative.state_since) if initiative.state_since else None,
    )
