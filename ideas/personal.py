"""What initiatives and residents' ideas keep about people."""

from django.db.models import Q
from django.utils import timezone
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
    either,
    nobody,
    register_holdings,
)
from trust.personal import ACT, ARCHIVED, RECORDS, TYPED
from trust.persons import recognised_by
from trust.processing import Activity, Basis, register_activity
from trust.retention import register as register_kind

DOSSIERS, COUNCIL, IDEAS = "ideas.dossiers", "ideas.council", "ideas.suggestions"
ERASED_WORDS = Pseudonym("(Nội dung đã xóa theo yêu cầu của người gửi, {mark})")
_ABOUT_THEM = ("full_name", "birth_date", "workplace", "job_title", "qualification")


def register():
    _register_activities()
    recognised_by(_recognise)
    register_holdings(
        *_of_dossiers(), *_of_ideas(), *acts(COUNCIL, ACT, _COUNCIL), *acts(RECORDS, ACT, _ACTS)
    )
    _register_retention()


def _register_retention():
    from .suggestions.consents import CONTACT_KEPT, old_contacts
    from .suggestions.following import forget_old_contacts

    register_kind(
        "ideas.contacts",
        _("Names and addresses of residents who sent an idea"),
        CONTACT_KEPT,
        lambda before: forget_old_contacts(before + CONTACT_KEPT),
        due=lambda before: old_contacts(before + CONTACT_KEPT).count(),
        basis=_("A year after the answer, as the consent says."),
    )


def _recognise(person):
    """Ideas by their key or by the mailbox their sender left; their consents."""
    from .models import IdeaContact

    addresses = Q()
    for address in person.of("email"):
        addresses |= Q(email__iexact=address)
    found = set(person.of("idea"))
    if addresses:
        found |= set(IdeaContact.objects.filter(addresses).values_list("idea", flat=True))
    return {"idea": found, "consent": {f"idea:{key}" for key in found}}


def _register_activities():
    register_activity(
        Activity(
            DOSSIERS,
            _("Initiatives: dossiers, recognition, certificates"),
            _("Authors, co-authors, people who took part in first use"),
            _(
                "Name, date of birth, workplace, job, qualification, share; what the dossier says; "
                "signed papers "
                "and evidence."
            ),
            _("To receive, judge, recognise and publish initiatives."),
            Basis.DUTY,
            _("Decree 13/2012; Circular 18/2013; Law 91/2025, Article 19.1.c"),
            _(
                "The authors, the council and its secretary, the head of the ward; name, unit and "
                "title: everybody."
            ),
            _("For good: dossiers that were filed are archived."),
        )
    )
    register_activity(
        Activity(
            COUNCIL,
            _("Council and scoring"),
            _("Members, alternates, secretaries of the council"),
            _("Seat, score sheets, declared conflicts, votes, presence."),
            _("So that initiatives are judged by whoever may, and it can be proved."),
            Basis.DUTY,
            _("Decree 13/2012; the decision of appointment"),
            _("Sheets: the member alone until the close; afterwards the council and the head of the ward."),
            _("As archived with the dossier."),
        )
    )
    register_activity(
        Activity(
            IDEAS,
            _("Ideas of residents"),
            _("Residents who send an idea"),
            _("What they write; name, e-mail, telephone where they agree."),
            _("To answer ideas and to name whoever agrees to be named."),
            Basis.CONSENT,
            _("Law 91/2025, Article 9; reading and answering: Article 19.1.c"),
            _("Whoever handles the idea."),
            _("Name and address a year after the answer or until the consent is withdrawn."),
        )
    )


def _of_dossiers():
    filed = Q(initiative__submitted_at__isnull=False)
    everything = dict.fromkeys(_ABOUT_THEM, STAYS)
    title = ("initiative", "share", "is_main", "confirmed_at")
    yield Holding(
        "ideas.Author",
        DOSSIERS,
        everything | {"staff": STAYS},
        by(staff="staff"),
        only=lambda: filed,
        why=ARCHIVED,
        shown=title,
        label=_("author of a filed dossier"),
    )
    gone = dict.fromkeys(_ABOUT_THEM[1:], GOES) | {"full_name": PSEUDONYM, "staff": STAYS}
    yield Holding(
        "ideas.Author",
        DOSSIERS,
        gone,
        by(staff="staff"),
        only=lambda: ~filed,
        why=_("The staff code alone says whose draft it is."),
        shown=title,
        label=_("author of a draft"),
    )
    yield Holding("ideas.FirstUseParticipant", DOSSIERS, everything, nobody, why=TYPED)
    yield Holding(
        "ideas.SubmittedVersion",
        DOSSIERS,
        {"submitted_by_name": STAYS, "payload": STAYS},
        by(initiative__authors__staff="staff"),
        why=ARCHIVED,
        shown=("initiative", "number", "submitted_at"),
    )
    yield Holding(
        "ideas.Complaint",
        DOSSIERS,
        {"complainant": STAYS, "recorded_by": STAYS, "text": STAYS},
        by(recorded_by="user"),
        why=TYPED,
        shown=(),
        is_copied=False,
    )
    yield certificates_of(_certified, _("certificate of an initiative"))


def _certified(person):
    from .models import InitiativeCertificate

    given = InitiativeCertificate.objects.filter(author__staff__in=person.of("staff"))
    return Q(pk__in=given.values("certificate"))


def _of_ideas():
    yield Holding(
        "ideas.IdeaContact",
        IDEAS,
        dict.fromkeys(("name", "email", "phone"), GOES),
        either(by(idea="idea"), by_email("email")),
        goes_whole=True,
        shown=(),
    )
    yield Holding(
        "ideas.Idea",
        IDEAS,
        {"trouble": ERASED_WORDS, "proposal": ERASED_WORDS, "place": GOES, "answered_for": STAYS},
        by(pk="idea"),
        why=_("It names the unit that answered."),
        shown=("number", "received_at", "state", "answer"),
        after=_forget_sender,
    )


def _forget_sender(keys, now):
    """The consents are withdrawn with what they covered; what the public reads follows."""
    from trust.consents import set_consents

    from .models import Idea
    from .suggestions import log, published
    from .suggestions.consents import ASKED

    ideas = list(Idea.objects.filter(pk__in=keys))
    for idea in ideas:
        set_consents(idea.subject, (), ASKED, now or timezone.now())
        log.write(idea, "contact_erased", now)
    published.follow(ideas)


_COUNCIL = """
ideas.Seat staff
ideas.Delegation deputy
ideas.CouncilChange user actor_name actor_code before after
ideas.ScoreSheet staff
ideas.Conflict staff
ideas.LeadBatch user actor_name actor_code
ideas.LeadMember staff
ideas.PaperSheet scan
ideas.SheetKeying user keyer_name keyer_code
ideas.Meeting presided_by
ideas.BallotCounter staff
ideas.AgendaItem tally_file
ideas.Vote staff
ideas.FrozenResult payload
"""
_ACTS = """
ideas.BlankForm printed_by
ideas.Initiative created_by edited_by
ideas.InitiativeUserObjectPermission user
ideas.Attachment uploaded_by file
ideas.HistoryEntry user actor_name actor_code details
ideas.Decision signer signer_name file
ideas.IdeaEntry user actor_name actor_code
ideas.BenefitIndicator entered_by entered_by_name decided_by_name decided_for
ideas.Measurement entered_by entered_by_name decided_by_name decided_for
ideas.MeasurementFile file
ideas.Adoption entered_by entered_by_name decided_by_name decided_for
ideas.InitiativeLink made_by made_by_name taken_back_by_name
ideas.CitySending chosen_by_name
ideas.CityPackage user actor_name actor_code
ideas.YearReport written_by_name
"""
