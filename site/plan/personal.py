"""What the plan keeps about people: residents' difficulties, members of clubs and teams, who did what."""

import re

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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

DIFFICULTIES, GROUPS, SURVEY = "plan.difficulties", "plan.groups", "plan.survey"
ERASED_WORDS = Pseudonym("(Nội dung đã xóa theo yêu cầu của người gửi, {mark})")


def register():
    _register_activities()
    recognised_by(_recognise)
    register_holdings(*_of_difficulties(), *_of_groups(), *acts(RECORDS, ACT, _ACTS))
    _register_retention()


def _register_retention():
    from .difficulties.consents import CONTACT_KEPT, old_contacts
    from .difficulties.following import forget_old_contacts

    register_kind(
        "plan.contacts",
        _("Names and addresses of residents who raised a difficulty"),
        CONTACT_KEPT,
        lambda before: forget_old_contacts(before + CONTACT_KEPT),
        due=lambda before: old_contacts(before + CONTACT_KEPT).count(),
        basis=_("A year after the answer, as the consent says."),
    )


def _recognise(person):
    """Difficulties by their key or by the mailbox their sender left; members of groups by the telephone."""
    from .models import DifficultyContact, GroupMember

    addresses = Q()
    for address in person.of("email"):
        addresses |= Q(email__iexact=address)
    found = set(person.of("difficulty"))
    if addresses:
        found |= set(DifficultyContact.objects.filter(addresses).values_list("difficulty", flat=True))
    members = set(person.of("group_member"))
    if phones := {_digits(phone) for phone in person.of("phone")}:
        rows = GroupMember.objects.exclude(phone="").values_list("pk", "phone")
        members |= {pk for pk, phone in rows if _digits(phone) in phones}
    return {
        "difficulty": found,
        "consent": {f"difficulty:{key}" for key in found},
        "group_member": members,
    }


def _digits(phone):
    """0912 345 678 and +84912345678 are one number."""
    return re.sub(r"^(\+84|0084)", "0", re.sub(r"[^\d+]", "", phone))


def _register_activities():
    register_activity(
        Activity(
            DIFFICULTIES,
            _("Difficulties and proposals"),
            _("Residents who write; units and their staff"),
            _("What is written; name, e-mail, telephone where a resident agrees."),
            _("To answer what stands in the way of the plan."),
            Basis.CONSENT,
            _("Law 91/2025, Article 9; reading and answering: Article 19.1.c and plan 178, part VII"),
            _("The plan's coordinator and the unit that answers."),
            _("Name and address a year after the answer or until the consent is withdrawn."),
        )
    )
    register_activity(
        Activity(
            GROUPS,
            _("Clubs, teams and campaigns"),
            _("Members of innovation clubs and community digital teams"),
            _(
                "Name, part in the group, telephone, since when; pictures of activities with the "
                "consent noted."
            ),
            _("To know who works in a group and to count active ones (plan 178, targets C6, C9)."),
            Basis.DUTY,
            _("Decree 224/2026, Article 79; plan 178; Law 91/2025, Article 19.1.c"),
            _("Reporters and heads of units, the plan's coordinator; pictures: everybody, where published."),
            _("As long as the group; a telephone until the person asks for its erasure."),
        )
    )
    register_activity(
        Activity(
            SURVEY,
            _("Satisfaction survey"),
            _("Whoever answers it"),
            _("An answer and a comment; neither name nor account nor network."),
            _("To measure satisfaction (plan 178, target A7)."),
            Basis.DUTY,
            _("Decree 224/2026, Article 10"),
            _("Comments: the plan's coordinator and the head of the unit; figures: everybody."),
            _("As archived with the yearly report."),
        )
    )


def _of_difficulties():
    yield Holding(
        "plan.DifficultyContact",
        DIFFICULTIES,
        dict.fromkeys(("name", "email", "phone"), GOES),
        either(by(difficulty="difficulty"), by_email("email")),
        goes_whole=True,
        shown=(),
    )
    yield Holding(
        "plan.Difficulty",
        DIFFICULTIES,
        {"text": ERASED_WORDS, "proposal": GOES, "place": GOES, "public_name": GOES},
        by(pk="difficulty"),
        shown=("number", "received_at", "state", "answer"),
        after=_forget_sender,
    )
    yield Holding(
        "plan.Difficulty",
        RECORDS,
        {"raised_by": STAYS, "raised_by_name": STAYS, "answered_by_name": STAYS},
        by(raised_by="user"),
        why=ACT,
        label=_("difficulty raised by a unit"),
        shown=("number", "received_at"),
    )


def _forget_sender(keys, now):
    from trust.consents import set_consents

    from .difficulties import consents, log, published
    from .models import Difficulty

    rows = list(Difficulty.objects.filter(pk__in=keys))
    for row in rows:
        set_consents(row.subject, (), consents.ASKED, now)
        log.write(row, "contact_erased", now)
    published.follow(rows)


def _of_groups():
    yield Holding(
        "plan.GroupMember",
        GROUPS,
        {"name": PSEUDONYM, "phone": GOES, "staff": STAYS},
        either(by(staff="staff"), by(pk="group_member")),
        why=_("The staff code alone says who it was; the membership counts in the plan's figures."),
        shown=("group", "role", "start_on", "end_before"),
    )
    yield Holding("plan.LocalGroup", GROUPS, {"head": STAYS}, nobody, why=TYPED)
    yield Holding("plan.GroupActivity", GROUPS, {"led_by": STAYS}, nobody, why=TYPED)
    yield Holding("plan.BookFile", GROUPS, {"file": STAYS, "consent": STAYS}, nobody, why=ARCHIVED)
    yield Holding("plan.Showcase", GROUPS, {"who": STAYS}, nobody, why=TYPED)
    yield Holding(
        "plan.SurveyComment",
        SURVEY,
        {"text": STAYS, "hidden_by": STAYS, "hidden_by_name": STAYS},
        by(hidden_by="user"),
        why=ACT,
        shown=("hidden_at",),
        is_copied=False,
    )


_ACTS = """
plan.BookEntry made_by made_by_name
plan.BookChange actor actor_name
plan.UnitReport edited_by edited_by_name taken_over_by_name
plan.ReportVersion by by_name
plan.ReportChange actor actor_name
plan.ConsolidatedReport signer signer_name
plan.ConsolidatedSection edited_by edited_by_name
plan.ConsolidationChange actor actor_name
plan.TargetUnit confirmed_by confirmed_by_name
plan.TargetDefinition by by_name
plan.ReportedValue by by_name
plan.ValueEvidence file
plan.TaskUnit confirmed_by confirmed_by_name
plan.TaskChange actor actor_name
plan.DifficultyEntry actor actor_name
plan.ResidentialGroupChange actor actor_name
plan.Officer staff
plan.ProgrammeTermChange actor actor_name
plan.TargetPublication by by_name
plan.SurveyChange actor actor_name
plan.TargetChange actor actor_name
plan.TaskStep done_by_name
plan.TaskUrge by by_name told
plan.ProgressNote by by_name
plan.TaskFile by by_name file
plan.TaskComment by by_name text
plan.CommentMention person name
plan.TaskOfficer staff
plan.BudgetLine entered_by entered_by_name published_by_name
"""
