"""Results of a recognised initiative for tests, written through the portal's own doors."""

from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from ideas.benefits import deciding, ledger
from ideas.models import Initiative
from people.models import Unit, UnitAssignment
from people.roles import Role

from . import builders

FIGURE = ledger.Figure("Thời gian chờ tại quầy", "phút mỗi lượt", Decimal("24"), Decimal("15"), True)


def head_of(code, username="truongdonvi", name="Lê Thị Trưởng"):
    """An account with the role of a unit head whose primary unit is `code`."""
    unit = Unit.objects.get_or_create(code=code, defaults={"name": f"Đơn vị {code}"})[0]
    user = builders.make_user(username, name, Role.UNIT_HEAD)
    UnitAssignment.objects.filter(staff=user.staff).update(unit=unit)
    return user


def recognised(ward):
    return builders.fresh(builders.recognised(ward))


def put_back(initiative, days):
    """As if it had been decided so many days ago."""
    initiative.decisions.update(decided_on=timezone.localdate() - timedelta(days=days))
    return builders.fresh(initiative)


def evidence(name="nhat-ky.pdf", mark=b""):
    return ledger.store_evidence([ContentFile(builders.PDF + mark, name=name)])


def indicator(initiative, author, verifier=None, figure=FIGURE):
    row = ledger.write_indicator(initiative, author, figure)
    if verifier:
        row = deciding.decide(row, verifier, "verified")
    return row


def measured(row, author, verifier=None, *, months=3, value="13.5", on=None):
    on = on or timezone.localdate()
    one = ledger.Measured(Decimal(value), on, "Nhật ký lấy số, 1.120 lượt")
    made = ledger.write_measurement(row, months, author, one, evidence())
    if verifier:
        made = deciding.decide(made, verifier, "verified")
    return made


def fresh(initiative):
    return Initiative.objects.for_workflow().get(pk=initiative.pk)
