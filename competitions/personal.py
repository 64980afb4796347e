"""What competitions keep about people: entrants and voters with their consents, juries, winners."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from papers.personal import certificates_of
from trust.holdings import (
    GOES,
    PSEUDONYM,
    STAYS,
    Holding,
    Pseudonym,
    acts,
    by,
    by_email,
    register_holdings,
)
from trust.personal import ACT, ARCHIVED, RECORDS
from trust.persons import recognised_by
from trust.processing import Activity, Basis, register_activity
from trust.retention import register as register_kind

ENTRIES, VOTES = "competitions.entries", "competitions.votes"
CODES_KEPT, ENTRANTS_KEPT = timedelta(days=1), timedelta(days=365)
_KEY = Pseudonym("da-xoa-{mark}-{pk}")
_SHARED = _("Others of the team are in it, or it won a prize: it is part of the competition's record.")


def register():
    _register_activities()
    recognised_by(_recognise)
    register_holdings(*_of_participants(), *_of_entries(), *_of_votes(), *acts(RECORDS, ACT, _ACTS))
    _register_retention()


def _register_retention():
    register_kind(
        "competitions.codes",
        _("One-time codes sent to mailboxes"),
        CODES_KEPT,
        lambda before: _old_codes(before).delete()[0],
        due=lambda before: _old_codes(before).count(),
        basis=_("A code is good for 10 minutes."),
    )
    register_kind(
        "competitions.entrants",
        _("Dates of birth, telephones and workplaces of entrants"),
        ENTRANTS_KEPT,
        lambda before: _old_entrants(before).update(birth_date=None, phone="", place=""),
        due=lambda before: _old_entrants(before).count(),
        basis=_("A year after the results of the last competition somebody was in."),
    )


def _old_codes(before):
    from .models import EmailCode

    return EmailCode.objects.filter(expires_at__lt=before)


def _old_entrants(before):
    """Whoever is in no competition that is still to be settled, or was settled since `before`."""
    from .models import Participant, Participation, ResultList

    settled = ResultList.objects.filter(published_at__lt=before).values("competition")
    alive = Participation.objects.filter(Q(ended_at__isnull=True) | Q(ended_at__gte=before))
    busy = alive.exclude(competition__in=settled).values("participant")
    holding = Participant.objects.exclude(birth_date=None, phone="", place="")
    return holding.filter(created_at__lt=before).exclude(pk__in=busy)


def _recognise(person):
    from .consenting import subject_of
    from .models import Participant, Participation, Vote

    known = Q(pk__in=person.of("participant")) | Q(user__in=person.of("user"))
    for address in person.of("email"):
        known |= Q(email__iexact=address)
    found = list(Participant.objects.filter(known).values_list("pk", "user", "email"))
    keys = {pk for pk, _user, _email in found}
    places = [
        *Participation.objects.filter(participant__in=keys).select_related("participant", "competition"),
        *Vote.objects.filter(participant__in=keys).select_related("participant", "competition"),
    ]
    return {
        "participant": keys,
        "user": {user for _pk, user, _email in found if user},
        "email": {email.casefold() for _pk, _user, email in found if email},
        "consent": {subject_of(place.participant, place.competition) for place in places},
    }


def _register_activities():
    register_activity(
        Activity(
            ENTRIES,
            _("Competitions: entrants, entries, results"),
            _("Residents, officials and staff who enter"),
            _(
                "Name, e-mail, telephone, date of birth, residential group or workplace as far as "
                "the rules ask; the entry."
            ),
            _("To check, judge and answer entries; to publish the winners who agreed."),
            Basis.CONSENT,
            _("Law 91/2025, Article 9; the rules of the competition"),
            _("The organisers; the jury reads entries without names; winners: everybody, where they agreed."),
            _(
                "How to reach entrants: a year after the results; winners and entries as the "
                "competition's record."
            ),
        )
    )
    register_activity(
        Activity(
            VOTES,
            _("Public votes"),
            _("Whoever votes"),
            _("E-mail address, vote, an unreadable mark of the network."),
            _("So that each vote counts once and false ones are found."),
            Basis.CONSENT,
            _("Law 91/2025, Article 9"),
            _("The organisers, after the close, without the full address."),
            _(
                "The mark of the network until the results are out, 180 days at most; the address "
                "with the participant."
            ),
        )
    )


def _winner():
    """Whose name a published prize stands beside."""
    from .models import Award, Participation

    won = Award.objects.filter(withdrawn_at__isnull=True).values("entry")
    return Participation.objects.filter(entry__in=won, ended_at__isnull=True).values("participant")


def _of_participants():
    gone = dict.fromkeys(("email", "birth_date", "phone", "place"), GOES) | {"email_key": _KEY, "user": STAYS}
    shown = ("created_at",)
    yield Holding(
        "competitions.Participant",
        ENTRIES,
        gone | {"full_name": PSEUDONYM},
        by(pk="participant"),
        only=lambda: ~Q(pk__in=_winner()),
        why=_("The link to the account names nobody once the account is erased."),
        shown=shown,
        after=_withdraw_consents,
    )
    yield Holding(
        "competitions.Participant",
        ENTRIES,
        gone | {"full_name": STAYS},
        by(pk="participant"),
        only=lambda: Q(pk__in=_winner()),
        why=ARCHIVED,
        label=_("participant who won a prize"),
        shown=shown,
        after=_withdraw_consents,
    )
    yield Holding(
        "competitions.EmailCode",
        ENTRIES,
        {"email": GOES, "email_key": GOES},
        by_email("email"),
        goes_whole=True,
        shown=("made_at", "purpose"),
    )
    yield Holding(
        "competitions.Invitation",
        ENTRIES,
        {"full_name": PSEUDONYM, "email": GOES, "email_key": _KEY},
        by_email("email"),
        shown=("invited_at", "answer"),
    )


def _withdraw_consents(keys, now):
    """What the consents covered is gone; the rows stay as proof."""
    from trust.consents import set_consents
    from trust.models import Consent

    for key in keys:
        rows = Consent.objects.filter(subject__startswith=f"participant:{key}:", withdrawn_at__isnull=True)
        for subject, purpose in list(rows.values_list("subject", "purpose")):
            set_consents(subject, (), (purpose,), now)


def _is_record(prefix=""):
    """Entries that won, or that somebody else is in too."""
    from .models import Award, Participation

    won = Award.objects.filter(withdrawn_at__isnull=True).values("entry")
    teams = Participation.objects.filter(ended_at__isnull=True).exclude(role="leader").values("entry")
    return Q(**{f"{prefix}pk__in": won}) | Q(**{f"{prefix}pk__in": teams})


def _of_entries():
    leads = {"participations__participant": "participant"}
    words = {"title": Pseudonym("(Đã xóa theo yêu cầu, {mark})"), "text": GOES}
    shown = ("code", "state", "submitted_at")
    own = ("competitions.Entry", ENTRIES)
    yield Holding(*own, words, _led(""), only=lambda: ~_is_record(), shown=shown)
    yield Holding(
        *own,
        dict.fromkeys(words, STAYS),
        by(**leads),
        only=_is_record,
        why=_SHARED,
        label=_("entry with a prize or of a team"),
        shown=shown,
    )
    for model, fields, columns in (
        ("competitions.EntryFile", ("file", "preview", "name", "caption"), ("uploaded_at",)),
        ("competitions.EntryVersion", ("payload",), ("number", "submitted_at")),
    ):
        yield Holding(
            model,
            ENTRIES,
            dict.fromkeys(fields, GOES),
            _led("entry__"),
            only=lambda: ~_is_record("entry__"),
            shown=columns,
        )
        yield Holding(
            model,
            ENTRIES,
            dict.fromkeys(fields, STAYS),
            by(entry__participations__participant="participant"),
            only=lambda: _is_record("entry__"),
            why=_SHARED,
            shown=columns,
        )
    for model, columns in (
        ("competitions.Participation", ("competition", "role", "joined_at", "ended_at")),
        ("competitions.Sitting", ("started_at", "handed_in_at", "right")),
        ("competitions.AwardCertificate", ()),
    ):
        yield Holding(
            model,
            ENTRIES,
            {"participant": STAYS},
            by(participant="participant"),
            why=_("A key alone, without a name."),
            shown=columns,
        )
    yield certificates_of(_certified, _("certificate of a prize"))


def _certified(person):
    from .models import AwardCertificate

    given = AwardCertificate.objects.filter(participant__in=person.of("participant"))
    return Q(pk__in=given.values("certificate"))


def _led(prefix):
    """Entries, or what hangs on them, whose leader this is or last was."""

    def whose(person):
        keys = person.of("participant")
        if not keys:
            return None
        from .models import Participation

        led = Participation.objects.filter(participant__in=keys, role="leader").values("entry")
        return Q(**{f"{prefix}pk__in": led})

    return whose


def _of_votes():
    yield Holding(
        "competitions.Vote",
        VOTES,
        {"participant": STAYS, "network": GOES, "voided_by": STAYS},
        by(participant="participant"),
        why=_("The vote was counted; without the address it names nobody."),
        shown=("competition", "at"),
    )


_ACTS = """
competitions.OrganiserPermission user
competitions.EntryHistory user actor_name actor_code
competitions.Judge user
competitions.CompetitionChange user actor_name actor_code details
competitions.ResultList drafted_by drafted_by_name checked_by checked_by_name published_by_name signer_name
competitions.ResultList drafted_by payload
competitions.CompetitionPage contact_name contact_email contact_phone
competitions.StageResult payload
"""
