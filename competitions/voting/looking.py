"""Votes as rows for whoever looks for odd ones: after the close, without a full address."""

from ..models import Vote
from .anomalies import VoteRow, findings


def votes_of(competition):
    """All votes, voided ones too, in order of time."""
    rows = Vote.objects.filter(competition=competition).select_related("entry", "participant")
    return rows.order_by("at", "pk")


def odd_ones(competition):
    """The findings among the votes that count. Accounts have no domain to look at: the ward gave them."""
    rows = Vote.objects.filter(competition=competition, voided_at__isnull=True).values_list(
        "pk", "entry__code", "at", "network", "participant__user", "participant__email_key"
    )
    return findings(
        VoteRow(pk, entry, at, network, "" if user else _domain(address))
        for pk, entry, at, network, user, address in rows
    )


def masked(participant):
    """Enough to compare two votes by, too little to write to anybody: n•••@thu.example."""
    local, at, domain = (participant.email_key or "").partition("@")
    return f"{local[:1]}•••@{domain}" if at else ""


def _domain(address):
    return (address or "").rpartition("@")[2]
