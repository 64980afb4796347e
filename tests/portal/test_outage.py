"""Planned outages: announced seven working days ahead or with a reason, shown on every page until over."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from obligations.terms import is_working_day
from portal.models import PlannedOutage
from portal.notice import last_day_to_announce
from portal.stamp import current
from tests.html import assert_sound
from tests.portal.builders import site
from tests.portal.test_editing import member_of

pytestmark = pytest.mark.once

ADD = "/quan-tri/snippets/portal/plannedoutage/add/"


def at(text):
    return timezone.make_aware(datetime.fromisoformat(text))


def outage(starts="2026-12-15 22:00", ends="2026-12-16 02:00", announced="2026-12-01 09:00", **fields):
    return PlannedOutage(
        starts_at=at(starts), ends_at=at(ends), announced_at=at(announced), affected="Đăng nhập", **fields
    )


@pytest.mark.parametrize(
    ("starts", "last"),
    [
        (date(2026, 12, 15), date(2026, 12, 3)),  # seven whole working days: 4, 7 to 11 and 14 December
        (date(2026, 12, 13), date(2026, 12, 2)),  # a Sunday: 3, 4, 7 to 11
        (date(2027, 1, 5), date(2026, 12, 23)),  # New Year's day is none of them
    ],
)
def test_the_last_day_to_announce(starts, last):
    assert last_day_to_announce(starts) == last


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_seven_working_days_lie_between_announcing_and_the_outage(starts):
    last = last_day_to_announce(starts)
    between = [last + timedelta(days=n) for n in range(1, (starts - last).days)]
    assert sum(map(is_working_day, between)) == 7 and is_working_day(last)


@pytest.mark.django_db
class TestKeeping:
    def test_in_time_it_needs_no_reason(self):
        outage(announced="2026-12-03 16:59").full_clean()

    def test_too_late_it_needs_one_and_the_words_name_the_last_day(self):
        late = outage(announced="2026-12-04 08:00")
        with pytest.raises(ValidationError) as refused:
            late.full_clean()
        assert set(refused.value.message_dict) == {"urgency"}
        assert "03/12/2026" in refused.value.message_dict["urgency"][0]
        late.urgency = "Lỗ hổng bảo mật phải vá ngay."
        late.full_clean()

    def test_a_reason_of_blanks_is_none(self):
        with pytest.raises(ValidationError):
            outage(announced="2026-12-10 08:00", urgency="  ").full_clean()

    def test_it_ends_after_it_begins(self):
        with pytest.raises(ValidationError) as refused:
            outage(ends="2026-12-15 22:00").full_clean()
        assert set(refused.value.message_dict) == {"ends_at"}

    def test_saving_and_deleting_make_kept_pages_old(self):
        before = current()
        kept = outage()
        kept.save()
        saved = current()
        kept.delete()
        assert len({before, saved, current()}) == 3

    def test_an_administrator_keeps_it_in_the_editor_and_others_cannot(self, client):
        site()
        client.force_login(member_of("publisher"))
        assert client.get(ADD).status_code == 302
        client.force_login(member_of("administrator"))
        given = {
            "affected": "Gửi hồ sơ",
            "starts_at": "2026-12-15 22:00",
            "ends_at": "2026-12-16 02:00",
            "announced_at": "2026-12-10 08:00",
            "urgency": "",
        }
        assert client.post(ADD, given).status_code == 200
        assert not PlannedOutage.objects.exists()
        assert client.post(ADD, given | {"urgency": "Vá lỗi khẩn."}).status_code == 302
        assert PlannedOutage.objects.get().affected == "Gửi hồ sơ"

    def test_an_administrator_writes_no_page(self, client):
        home = site()
        client.force_login(member_of("administrator"))
        assert client.get(f"/quan-tri/pages/{home.pk}/edit/").status_code == 403


@pytest.mark.django_db
class TestBanner:
    def shown(self, client, path="/"):
        html = client.get(path).content.decode()
        assert_sound(html)
        return html.count('class="sample outage"')

    def moments(self, announced, starts, ends):
        now = timezone.now()
        PlannedOutage.objects.create(
            affected="Gửi <b>hồ sơ</b>",
            announced_at=now + timedelta(minutes=announced),
            starts_at=now + timedelta(minutes=starts),
            ends_at=now + timedelta(minutes=ends),
        )

    @pytest.mark.parametrize(
        ("announced", "starts", "ends", "times"),
        [(-1, 600, 700, 1), (-9, -1, 1, 1), (1, 600, 700, 0), (-9, -8, -1, 0)],
    )
    def test_it_stands_from_its_announcement_until_its_end(self, client, announced, starts, ends, times):
        site()
        self.moments(announced, starts, ends)
        assert [self.shown(client, path) for path in ("/", "/sang-kien/", "/xac-minh/")] == [times] * 3

    def test_it_says_when_and_what_and_nothing_of_it_is_markup(self, client):
        site()
        row = outage(urgency="Không cho người đọc")
        row.announced_at, row.ends_at = timezone.now(), timezone.now() + timedelta(days=60)
        row.starts_at = at("2026-12-15 22:00")
        row.ends_at = at("2099-12-16 02:00")
        row.affected = "Gửi <b>hồ sơ</b>"
        row.save()
        html = client.get("/").content.decode()
        assert "Gửi &lt;b&gt;hồ sơ&lt;/b&gt;" in html and "15/12/2026" in html and "16/12/2099" in html
        assert "Không cho người đọc" not in html
