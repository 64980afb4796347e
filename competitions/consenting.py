"""Which consents an entry needs, and whose is missing. What was agreed to stands in `trust`."""

from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from trust.consents import Purpose, given, register_purpose
from trust.models import Consent

from .moves import Refusal

HANDLE, PUBLISH_NAME, PUBLISH_ENTRY = "competition-entry", "competition-name", "competition-publish"
VOTE = "competition-vote"  # of whoever votes; entrants are not asked it
NEEDED = (HANDLE,)
ASKED = (HANDLE, PUBLISH_NAME, PUBLISH_ENTRY)


def register_purposes():
    """What entrants are asked, each for itself (Luật 91/2025 Đ.9)."""
    register_purpose(
        Purpose(
            HANDLE,
            _("Handle my entry"),
            _(
                "The organisers keep my name, how to reach me, what the rules ask about me and my entry, to "
                "check, judge and answer it, until the competition is settled."
            ),
            needed=True,
        )
    )
    register_purpose(
        Purpose(
            PUBLISH_NAME,
            _("Publish my name if I win"),
            _("The portal shows my name beside the prize. Otherwise it shows the code of the entry."),
        )
    )
    register_purpose(
        Purpose(
            PUBLISH_ENTRY,
            _("Publish my entry if I win or it is put to the vote"),
            _(
                "The portal shows my text and pictures. What is published may no longer be new enough to be "
                "recognised as an initiative."
            ),
        )
    )
    register_purpose(
        Purpose(
            VOTE,
            _("Count my vote"),
            _(
                "The organisers keep my e-mail address with my vote, so that it counts once, and an "
                "unreadable mark of the network it came from until the results are out, so that false "
                "votes are found. After the close they see single votes, never a full address."
            ),
            needed=True,
        )
    )


def subject_of(participant, competition):
    """Under which key a person's consents for one competition are kept."""
    return f"participant:{participant.pk}:{competition.code}"


def with_leaders_consent(entries, competition, purpose):
    """Those of `entries` whose leader agreed to `purpose`."""
    from .models import Participation

    subject = Concat(
        Value("participant:"), Cast("participant_id", CharField()), Value(f":{competition.code}")
    )  # as `subject_of` says it
    agreed = Consent.objects.filter(subject=OuterRef("subject"), purpose=purpose, withdrawn_at__isnull=True)
    leaders = Participation.objects.filter(entry=OuterRef("pk"), role="leader", ended_at__isnull=True)
    return entries.filter(Exists(leaders.annotate(subject=subject).filter(Exists(agreed))))


def first_without_consent(entry):
    """A refusal that names the first person whose needed consent is missing; None where all are there."""
    places = entry.participations.filter(ended_at__isnull=True).select_related("participant")
    for place in places:
        if not given(subject_of(place.participant, entry.competition), NEEDED):
            return Refusal("consent_missing", {"name": str(place.participant)}, field="consent")
    return None
