"""Competitions as open data: windows, prizes and, once published, who won what. Of a person nothing but a
name they agreed to have shown; otherwise the code of the entry stands for them."""

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from portal.opendata import Dataset, register_dataset

from .models import ResultList
from .phases import PhaseCode
from .reading import published
from .winners import winners_by_competition


class _PhaseSerializer(serializers.Serializer):
    phase = serializers.ChoiceField(choices=PhaseCode.choices, help_text=_("code of the phase"))
    opens_at = serializers.DateTimeField(help_text=_("first moment of the phase"))
    closes_at = serializers.DateTimeField(help_text=_("moment it is over; that moment is not part of it"))


class _PrizeSerializer(serializers.Serializer):
    name = serializers.CharField(help_text=_("name of the prize"))
    count = serializers.IntegerField(help_text=_("how many of it were announced"))
    amount = serializers.IntegerField(help_text=_("amount of one in VND"))


class _WinnerSerializer(serializers.Serializer):
    prize = serializers.CharField(help_text=_("name of the prize"))
    entry = serializers.CharField(help_text=_("code of the entry"))
    names = serializers.ListField(
        child=serializers.CharField(), help_text=_("people of the entry who agreed to be named")
    )
    title = serializers.CharField(
        help_text=_("title of the entry, where its people agreed to publish it"), allow_blank=True
    )


class CompetitionSerializer(serializers.Serializer):
    code = serializers.CharField(help_text=_("code of the competition"))
    title = serializers.CharField(help_text=_("name of the competition"))
    kind = serializers.CharField(help_text=_("kind: ideas, photos, quiz, forum"))
    phases = _PhaseSerializer(many=True, help_text=_("its phases in order of time"))
    prizes = _PrizeSerializer(many=True, help_text=_("its prizes in order"))
    winners = _WinnerSerializer(many=True, help_text=_("winners by prize; none before the results are out"))
    url = serializers.URLField(help_text=_("its public page"))
    is_sample = serializers.BooleanField(help_text=_("whether it is sample data"))


def rows():
    """Competitions everybody may read, the latest first."""
    return published().prefetch_related("prizes").order_by("-first_published_at", "-pk")


def records(competitions):
    """Those of `rows()` as values; the winners of all in a constant number of queries."""
    winners, site = winners_by_competition([row.pk for row in competitions]), settings.SITE_URL.rstrip("/")
    return [
        {
            "code": row.code,
            "title": row.title,
            "kind": row.blueprint,
            "phases": [
                {"phase": phase.code, "opens_at": phase.opens_at, "closes_at": phase.closes_at}
                for phase in row.phases.all()
            ],
            "prizes": [
                {"name": prize.name, "count": prize.count, "amount": prize.amount}
                for prize in row.prizes.all()
            ],
            "winners": [
                {
                    "prize": winner.prize.name,
                    "entry": winner.code,
                    "names": list(winner.names),
                    "title": winner.title,
                }
                for winner in winners.get(row.pk, [])
            ],
            "url": f"{site}/cuoc-thi/{row.slug}/",
            "is_sample": row.is_sample,
        }
        for row in competitions
    ]


def last_change():
    """The day a competition was last published or results came out."""
    pages = published().aggregate(last=Max("last_published_at"))["last"]
    results = ResultList.objects.aggregate(last=Max("published_at"))["last"]
    last = max(filter(None, (pages, results)), default=None)
    return timezone.localdate(last) if last else None


def register():
    register_dataset(
        Dataset(
            slug="cuoc-thi",
            title=_("Competitions"),
            text=_(
                "Every competition the ward has announced, with its phases and prizes, and the winners once "
                "the results are published. Of a person nothing but a name they agreed to have shown."
            ),
            frequency=_("Changes with each competition and its results."),
            serializer=CompetitionSerializer,
            rows=rows,
            records=records,
            last_change=last_change,
        )
    )
