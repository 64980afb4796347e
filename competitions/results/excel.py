"""The results as a workbook, for organisers: ranking and prizes with names, as the decision lists them."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people.workbook.writer import write_workbook
from scoring.result import half_up
from vietnamese.numbers import format_decimal

from ..judging.places import fraction
from ..models import Award, Participation
from .drafting import payload_in


def workbook(competition, result_list) -> bytes:
    """Two sheets. A constant number of queries."""
    payload = payload_in(result_list)
    codes = [line["entry"] for line in payload["ranking"]]
    entries = {entry.code: entry for entry in competition.entries.filter(code__in=codes)}
    people = _people(entries.values())
    withdrawn = set(
        Award.objects.filter(result_list=result_list, withdrawn_at__isnull=False).values_list(
            "prize", "entry__code"
        )
    )
    return write_workbook(
        [
            (_("Ranking"), _ranking_columns(), _ranking(payload, entries, people)),
            (_("Prizes"), _prize_columns(), _prizes(payload, entries, people, withdrawn)),
        ],
        title=competition.title,
    )


def _people(entries):
    """{entry pk: "names, with ; between"}."""
    rows = Participation.objects.filter(entry__in=entries).select_related("participant", "entry")
    people = {}
    for place in rows.order_by("role", "joined_at", "pk"):
        if place.ended_at is None or place.entry.state == "withdrawn":
            people.setdefault(place.entry_id, []).append(place.participant.full_name)
    return {entry: "; ".join(names) for entry, names in people.items()}


def _ranking_columns():
    return [
        (pgettext("ranking", "Place"), 8),
        (_("Code"), 18),
        (pgettext("entry", "Title"), 50),
        (_("People of the entry"), 40),
        (_("Score"), 12),
        (_("Jury or quiz"), 12),
        (pgettext("counted", "Votes"), 10),
        (_("Seconds taken"), 12),
    ]


def _ranking(payload, entries, people):
    for line in payload["ranking"]:
        entry = entries[line["entry"]]
        yield [
            line["rank"],
            entry.code,
            entry.title,
            people.get(entry.pk, ""),
            _shown(line["score"]),
            _shown(line["marks"]),
            line["votes"],
            line["seconds"],
        ]


def _prize_columns():
    return [
        (_("Prize"), 30),
        (_("Amount (VND)"), 16),
        (_("Code"), 18),
        (pgettext("entry", "Title"), 50),
        (_("People of the entry"), 40),
        (_("Remarks"), 40),
    ]


def _prizes(payload, entries, people, withdrawn):
    for prize in payload["prizes"]:
        entry = entries.get(prize["entry"])
        if entry is None:
            yield [prize["name"], prize["amount"], "", "", "", _("not awarded")]
            continue
        gone = (prize["prize"], entry.code) in withdrawn
        remark = pgettext("prize", "taken back") if gone else prize["reason"]
        yield [prize["name"], prize["amount"], entry.code, entry.title, people.get(entry.pk, ""), remark]


def _shown(exact):
    return format_decimal(half_up(fraction(exact)), 2)
