"""The pages of a target and of a task lead to what belongs to them: difficulties, figures of the portal."""

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plan.models import KeptFigure, Target, Task
from tests.html import assert_sound
from tests.standing import standing

from .builders import make_plan_ward

pytestmark = [pytest.mark.django_db, pytest.mark.once]
RAISE = "/ke-hoach/dieu-hanh/vuong-mac/neu/"


standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


def page(client, user, kind, code):
    client.force_login(user)
    answer = client.get(f"/ke-hoach/dieu-hanh/{kind}/{code}/")
    assert answer.status_code == 200
    assert_sound(answer.content)
    return answer.content.decode()


@pytest.mark.parametrize(
    ("kind", "code", "model", "name", "field"),
    [("chi-tieu", "B1", Target, "chi-tieu", "target"), ("nhiem-vu", "U3.1", Task, "nhiem-vu", "task")],
)
def test_whoever_reports_raises_a_difficulty_from_there(client, ward, kind, code, model, name, field):
    row = model.objects.get(code=code)
    link = f"{RAISE}?{name}={row.pk}"
    for user, is_there in (
        (ward.baocaokt, True),
        (ward.truongkt, True),
        (ward.lanhdao, False),
        (ward.dieuphoi, False),
    ):
        assert (f'href="{link}"' in page(client, user, kind, code)) is is_there, user.username
    client.force_login(ward.baocaokt)
    form = client.get(link).context["form"]
    assert str(form[field].value()) == str(row.pk)


def keep(year, number, source="competitions:held"):
    return KeptFigure.objects.create(
        code="G3.3",
        year=year,
        as_of=date(year, 11, 20),
        numerator=Decimal(number),
        denominator=None,
        is_complete=False,
        population=None,
        source=source,
        computed_at=timezone.now(),
    )


def test_a_task_the_portal_counts_shows_its_figure_with_day_and_source(client, ward):
    assert "chưa có số liệu; cổng tính lại mỗi giờ" in page(client, ward.dieuphoi, "nhiem-vu", "G3.3")
    with CaptureQueriesContext(connection) as before:
        page(client, ward.dieuphoi, "nhiem-vu", "G3.3")
    year = timezone.localdate().year
    for other, number in ((year, 3), (year - 1, 9), (year + 1, 8)):
        keep(other, number)
    with CaptureQueriesContext(connection) as after:
        text = page(client, ward.dieuphoi, "nhiem-vu", "G3.3")
    told = f"3, tính đến 20/11/{year}, Cổng tự tính từ các cuộc thi đã công bố và đã kết thúc."
    assert f"({year}):</b> {told}" in text
    asked = [one["sql"] for one in after if "plan_keptfigure" in one["sql"]]
    assert len(asked) == 1 and len(after) == len(before)
    with CaptureQueriesContext(connection) as other:
        page(client, ward.dieuphoi, "nhiem-vu", "G3.1")
    assert not [one for one in other if "plan_keptfigure" in one["sql"]]
