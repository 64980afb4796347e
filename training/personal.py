"""What training keeps about people: attendance, credits, exemptions with their reason, competency."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from papers.personal import certificates_of
from people.personal import HEALTH_KEPT, SERVES, serving_staff
from trust.holdings import GOES, STAYS, Holding, acts, by, register_holdings
from trust.personal import ACT, ARCHIVED, RECORDS
from trust.processing import Activity, Basis, register_activity
from trust.retention import register as register_kind

TRAINING, EXEMPTIONS = "training.records", "training.exemptions"


def register():
    register_activity(
        Activity(
            TRAINING,
            _("Training: call-up, attendance, credits, competency"),
            _("Officials, staff, part-time workers and core members"),
            _(
                "Sessions called to and attended, credits from outside with their evidence, "
                "certificates, levels."
            ),
            _("So that everybody is trained every year and the ward can prove it (plan 178, target A9)."),
            Basis.DUTY,
            _("Decree 171/2025 on training of officials; plan 178/KH-UBND; Law 91/2025, Article 19.1.c"),
            _("The person, the training officer, the head of their unit, the personnel officer."),
            _("As archived with the personnel file."),
        )
    )
    register_activity(
        Activity(
            EXEMPTIONS,
            _("Exemptions from training"),
            _("Officials and staff who are exempted"),
            _("Days, decision, and the reason, which may be about health."),
            _("To leave somebody out of the yearly duty for a good reason."),
            Basis.DUTY,
            _("Law 91/2025, Articles 19.1.c and 4 of Decree 356/2025 (sensitive data)"),
            _(
                "The reason: personnel officers alone. That there is an exemption: the person, "
                "whoever asked for it."
            ),
            _("The reason 5 years after the exemption ended; the rest as archived."),
            is_sensitive=True,
        )
    )
    register_holdings(*_of_records(), *_of_exemptions(), *acts(RECORDS, ACT, _ACTS))
    register_kind(
        "training.exemption_reasons",
        _("Reasons of exemptions (may be health data)"),
        HEALTH_KEPT,
        lambda before: _old_reasons(before).update(reason=""),
        due=lambda before: _old_reasons(before).count(),
        basis=_("No training year they count in is open to question any more."),
    )


def _old_reasons(before):
    from .models import Exemption

    return Exemption.objects.filter(end_before__lte=timezone.localdate(before)).exclude(reason="")


def _of_records():
    for model, fields, shown in (
        ("training.Enrolment", ("staff", "by"), ("session", "state", "asked_at")),
        (
            "training.AttendanceEvent",
            ("staff", "by", "by_name"),
            ("session", "status", "minutes", "at", "reason"),
        ),
        ("training.Attendance", ("staff",), ("session", "status", "minutes")),
        ("training.TrainingCertificate", ("staff",), ("session",)),
        (
            "training.OutsideCredit",
            ("staff", "submitter", "verifier", "verifier_name", "file"),
            ("title", "issuer", "completed_on", "minutes", "state"),
        ),
        ("training.CompetencyEvidence", ("staff", "by", "by_name"), ("area", "level", "shown_on")),
        ("training.SelfAssessment", ("staff",), ("area", "level", "at")),
    ):
        yield Holding(
            model, TRAINING, dict.fromkeys(fields, STAYS), by(staff="staff"), why=ARCHIVED, shown=shown
        )
    yield Holding(
        "training.SnapshotRow",
        TRAINING,
        {"staff_code": STAYS, "full_name": STAYS},
        by(staff_code="staff_code"),
        why=ARCHIVED,
        shown=("unit_name", "state", "minutes"),
    )
    yield certificates_of(_certified, _("certificate of training"))


def _certified(person):
    from .models import TrainingCertificate

    given = TrainingCertificate.objects.filter(staff__in=person.of("staff"))
    return Q(pk__in=given.values("certificate"))


def _of_exemptions():
    links = dict.fromkeys(("staff", "requester", "approver", "requested_by", "approver_name"), STAYS)
    shown = ("start_on", "end_before", "state", "decision_number", "refusal_reason")
    yield Holding(
        "training.Exemption",
        EXEMPTIONS,
        links | {"reason": STAYS},
        by(staff="staff"),
        only=lambda: Q(staff__in=serving_staff()),
        why=SERVES,
        shown=shown,
    )
    yield Holding(
        "training.Exemption",
        EXEMPTIONS,
        links | {"reason": GOES},
        by(staff="staff"),
        only=lambda: ~Q(staff__in=serving_staff()),
        why=ARCHIVED,
        shown=shown,
    )


_ACTS = """
training.Session organiser
training.SessionHistory user actor_name actor_code
training.SheetScan by by_name file
training.CreditHistory user actor_name actor_code
training.ExemptionHistory user actor_name actor_code
training.ImportBatch by by_name file reverted_by_name
training.PolicyChange by by_name
training.CoverageSnapshot taken_by taken_by_name
"""
