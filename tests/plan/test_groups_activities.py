"""Sessions and campaigns for residents, officers, publicity, models: counted, public, reminded."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from config.figures import figure_of
from notifications.models import Notification
from obligations.models import Obligation
from plan.activities import query as sessions
from plan.activities.counting import DIGITAL, Held, counted
from plan.models import BookChange, Publicity, Replication, ResidentSession, Showcase
from plan.officers import query as officers
from plan.publicity import counting as publicity
from plan.showcase import published
from portal import recognised
from portal.happenings import happenings
from portal.models import ContentStamp, SearchEntry

from . import books as b
from .builders import make_plan_ward

AT = "/ke-hoach/dieu-hanh/hoat-dong/"


@pytest.fixture
def ward(db, settings, tmp_path):
    settings.PRIVATE_ROOT = tmp_path
    return make_plan_ward()


@pytest.fixture
def unit(ward):
    return b.units("VHXH")["VHXH"]


def value(code, day=None):
    """Of the year the sessions of these tests are held in, even in the first days of January."""
    day = day or b.today()
    return figure_of(code).compute((b.today() - timedelta(days=5)).year, day)


# ---- sessions and campaigns


def test_a_session_counts_once_it_says_how_many_came(ward, unit):
    planned = b.enter("buoi-tuyen-truyen", ward.baocao, **b.session_values(unit, people=""))
    assert (value("C5").numerator, value("C5").complete) == (0, False)
    b.enter("buoi-tuyen-truyen", ward.baocao, entry=planned, **b.session_values(unit, people="1.200 người"))
    assert (value("C5").numerator, value("C5").complete) == (1, True)
    assert sessions.summary((b.today() - timedelta(days=5)).year).people == 1200


def test_a_campaign_counts_by_a_session_that_was_held_within_it(ward, unit):
    campaign = b.enter("dot-tuyen-truyen", ward.baocao, **b.campaign_values(unit))
    assert value("C8").numerator == 0
    b.enter("buoi-tuyen-truyen", ward.baocao, **b.session_values(unit, campaign=campaign.pk))
    b.enter("buoi-tuyen-truyen", ward.baocao, **b.session_values(unit, campaign=campaign.pk))
    assert (value("C5").numerator, value("C8").numerator) == (2, 1)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_at": "07:00"}, "ends_at"),
        ({"held_on": b.day(3)}, "people"),
        ({"people": "-1"}, "people"),
        ({"held_on": "31/02/2026"}, "held_on"),
        ({"starts_at": "8 giờ sáng"}, "starts_at"),
        ({"topic": "khác"}, "topic"),
        ({"title": " "}, "title"),
    ],
)
def test_bad_input_of_a_session_is_refused_at_its_field(ward, unit, values, field):
    form = b.form_of("buoi-tuyen-truyen", ward.baocao, **b.session_values(unit, **values))
    assert list(form.errors) == [field]


def test_a_session_outside_the_days_of_its_campaign_is_refused(ward, unit):
    campaign = b.enter("dot-tuyen-truyen", ward.baocao, **b.campaign_values(unit, start_on=b.day(-3)))
    form = b.form_of("buoi-tuyen-truyen", ward.baocao, **b.session_values(unit, campaign=campaign.pk))
    assert list(form.errors) == ["held_on"]


def test_a_public_session_stands_in_the_calendar_and_the_search_and_leaves_both(ward, unit, client):
    group = b.a_group(ward.dieuphoi)
    values = b.session_values(
        unit, held_on=b.day(5), people="", is_public="on", title="Buổi công khai", groups=[str(group.pk)]
    )
    row = b.enter("buoi-tuyen-truyen", ward.baocao, **values)
    b.enter("buoi-tuyen-truyen", ward.baocao, **b.session_values(unit, held_on=b.day(5), people=""))
    found = [one for one in happenings(b.today()) if one.uid.startswith("plan-session")]
    assert [(one.title, one.path, one.status) for one in found] == [
        ("Buổi công khai", f"/ke-hoach/buoi/{row.pk}/", "CONFIRMED")
    ]
    page = client.get(f"/ke-hoach/buoi/{row.pk}/")
    assert page.status_code == 200
    assert "Tổ dân phố số 1" in page.content.decode()
    assert "Lương Thị Mai" not in page.content.decode()
    assert SearchEntry.objects.get(kind="resident_session").object_id == str(row.pk)
    b.enter("buoi-tuyen-truyen", ward.baocao, entry=row, **(values | {"is_cancelled": "on"}))
    (found,) = [one for one in happenings(b.today()) if one.uid == f"plan-session-{row.pk}"]
    assert found.is_cancelled
    row.refresh_from_db()
    del values["is_public"]
    b.enter("buoi-tuyen-truyen", ward.baocao, entry=row, **values)
    assert not [one for one in happenings(b.today()) if one.uid.startswith("plan-session")]
    assert client.get(f"/ke-hoach/buoi/{row.pk}/").status_code == 404
    assert not SearchEntry.objects.filter(kind="resident_session").exists()


HELD = st.builds(
    Held,
    held_on=st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    topic=st.sampled_from(["skills", "services", "innovation", "other"]),
    people=st.none() | st.integers(0, 100),
    is_cancelled=st.booleans(),
    campaign=st.none() | st.integers(1, 3),
    campaign_topic=st.just("skills"),
    groups=st.frozensets(st.integers(1, 5), max_size=3),
)


@given(st.lists(HELD, max_size=12), st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_counted_agrees_with_a_plain_count(rows, day):
    taken = [
        one
        for one in rows
        if one.held_on.year == 2026
        and one.held_on <= day
        and one.people
        and not one.is_cancelled
        and one.topic in DIGITAL
    ]
    found = counted(rows, 2026, day)
    assert found.sessions == len(taken)
    assert found.people == sum(one.people for one in taken)
    assert found.campaigns == len({one.campaign for one in taken} - {None})
    assert found.campaigns <= found.sessions


# ---- officers


def test_a_dedicated_officer_in_office_counts_and_covers_fields(ward):
    assert (value("V2").numerator, value("E6").percent, value("E6").complete) == (0, "0.0", False)
    b.enter("can-bo", ward.dieuphoi, **b.officer_values(ward.baocao.staff))
    assert (value("V2").numerator, value("V2").complete) == (1, True)
    assert (value("E6").numerator, value("E6").denominator, value("E6").percent) == (2, 4, "50.0")
    more = {"fields_of": ["science", "project_06"], "is_dedicated": "no"}
    b.enter("can-bo", ward.dieuphoi, **b.officer_values(ward.baocaokt.staff, **more))
    assert value("V2").numerator == 1
    assert (value("E6").numerator, value("E6").complete) == (4, True)


def test_an_officer_counts_from_the_first_day_to_the_last(ward):
    b.enter("can-bo", ward.dieuphoi, **b.officer_values(ward.baocao.staff, last_day=b.day(-2)))
    last = b.today() - timedelta(days=2)
    assert value("V2", last).numerator == 1
    assert value("V2", last + timedelta(days=1)).numerator == 0
    assert value("V2", last - timedelta(days=27)).numerator == 1
    assert value("V2", last - timedelta(days=28)).numerator == 0


def test_name_position_and_unit_follow_from_the_roster_and_the_public_reads_no_more(ward):
    row = b.enter("can-bo", ward.dieuphoi, **b.officer_values(ward.baocaokt.staff))
    assert (row.title, row.position, row.unit.code) == ("Đặng Văn Kiên", "Chuyên viên", "KTHTDT")
    (one,) = officers.public_officers()
    assert vars(one).keys() == {"name", "position", "fields"}
    assert (one.name, one.position) == ("Đặng Văn Kiên", "Chuyên viên")


def test_the_review_is_owed_by_the_coordinators_and_moves_when_it_is_written_down(ward, client):
    row = b.enter("can-bo", ward.dieuphoi, **b.officer_values(ward.baocao.staff, review_on=b.day(10)))
    owed = Obligation.objects.get(kind="plan.officer_review")
    due = b.today() + timedelta(days=10)
    assert (owed.owner, owed.due_on, owed.state) == ("plan_coordinator", due, "open")
    client.force_login(ward.dieuphoi)
    page = client.get("/viec-cua-toi/").content.decode()
    assert "Lương Thị Mai" in page
    at = f"{AT}can-bo/{row.pk}/buoc/ra-soat/"
    bad = client.post(at, {"seen": 1, "review_on": b.day(5), "note": "Giữ nguyên"})
    assert bad.status_code == 422
    good = client.post(at, {"seen": 1, "review_on": b.day(300), "note": "Giữ nguyên"})
    assert good.status_code == 302
    owed.refresh_from_db()
    assert owed.due_on == b.today() + timedelta(days=300)
    last = BookChange.objects.filter(entry=row.pk).last()
    assert (last.change, last.note) == ("reviewed", "Giữ nguyên")
    client.post(f"{AT}can-bo/{row.pk}/gach-bo/", {"seen": 2, "reason": "Nhầm"})
    owed.refresh_from_db()
    assert owed.state == "cancelled"


def test_a_reporter_reads_officers_and_enters_none(ward, client):
    row = b.enter("can-bo", ward.dieuphoi, **b.officer_values(ward.baocao.staff))
    client.force_login(ward.baocaokt)
    assert client.get(f"{AT}can-bo/{row.pk}/").status_code == 200
    assert client.get(f"{AT}can-bo/them/").status_code == 403
    assert client.post(f"{AT}can-bo/{row.pk}/buoc/ra-soat/", {}).status_code == 403
    assert client.post(f"{AT}can-bo/{row.pk}/sua/", {}).status_code == 403


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"staff_code": "HD-khong"}, "staff_code"),
        ({"fields_of": []}, "fields_of"),
        ({"review_on": b.day(-29)}, "review_on"),
        ({"last_day": b.day(-40)}, "last_day"),
        ({"decided_on": b.day(2)}, "decided_on"),
        ({"fields_of": ["bogus"]}, "fields_of"),
    ],
)
def test_bad_input_of_an_officer_is_refused_at_its_field(ward, values, field):
    form = b.form_of("can-bo", ward.dieuphoi, **b.officer_values(ward.baocao.staff, **values))
    assert list(form.errors) == [field]


FIELDS = st.lists(st.sampled_from(["science", "digital", "innovation", "project_06"]), max_size=4)


@given(st.lists(st.tuples(st.integers(1, 4), FIELDS, st.booleans()), max_size=8))
def test_one_person_is_one_dedicated_officer_however_many_decisions(rows):
    people = {who for who, fields, dedicated in rows if dedicated and {"digital", "innovation"} & set(fields)}
    assert officers.dedicated(rows) == len(people)
    assert officers.dedicated([*rows, *rows]) == len(people)


# ---- publicity


def test_what_went_out_is_tabled_by_month_and_channel_with_the_portals_own_news(ward, unit):
    at = timezone.localdate()
    b.enter("truyen-thong", ward.baocao, **b.publicity_values(unit, on=b.day(), time="00:01"))
    b.enter("truyen-thong", ward.baocao, **b.publicity_values(unit, on=b.day(), time="00:01", channel="zalo"))
    table = publicity.counts(at.year, at)
    assert len(table.months) == at.month
    assert table.months[-1] == {"portal": 0, "radio": 1, "website": 0, "fanpage": 0, "zalo": 1, "other": 0}
    assert table.total == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"on": b.day(2)}, "on"),
        ({"link": "không phải địa chỉ"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"reached": "-3"}, "reached"),
        ({"channel": "portal"}, "channel"),
    ],
)
def test_bad_input_of_publicity_is_refused_at_its_field(ward, unit, values, field):
    assert list(b.form_of("truyen-thong", ward.baocao, **b.publicity_values(unit, **values)).errors) == [
        field
    ]


def test_an_item_of_the_last_minute_of_december_counts_in_that_year(ward, unit):
    last = timezone.make_aware(datetime(2025, 12, 31, 23, 59))
    row = b.enter("truyen-thong", ward.baocao, **b.publicity_values(unit, on="31/12/2025", time="23:59"))
    assert row.at == last
    assert publicity.counts(2025, date(2025, 12, 31)).months[11]["radio"] == 1
    assert publicity.counts(2026, date(2026, 12, 31)).total == 0


ITEMS = st.tuples(st.dates(date(2025, 6, 1), date(2027, 6, 1)), st.sampled_from(publicity.COLUMNS))


@given(st.lists(ITEMS, max_size=20), st.dates(date(2026, 1, 1), date(2027, 6, 1)))
def test_a_table_holds_each_item_of_the_year_once(items, day):
    table = publicity.tabled(items, 2026, day)
    assert table.total == sum(1 for on, _column in items if on.year == 2026 and on <= day)
    assert len(table.months) == (day.month if day.year == 2026 else 12)


# ---- models


def publish(client, row):
    row.refresh_from_db()
    return client.post(f"{AT}mo-hinh/{row.pk}/buoc/cong-bo/", {"seen": row.edit_version, "agreed": "on"})


def test_a_unit_writes_a_model_and_a_coordinator_publishes_it(ward, unit, client):
    row = b.enter("mo-hinh", ward.baocao, **b.showcase_values(unit))
    assert Notification.objects.filter(recipient=ward.dieuphoi, event="plan.showcase_offered").count() == 1
    assert client.get("/ke-hoach/mo-hinh/").status_code == 200
    assert "Chợ không tiền mặt" not in client.get("/ke-hoach/mo-hinh/").content.decode()
    client.force_login(ward.baocao)
    assert publish(client, row).status_code == 403
    client.force_login(ward.dieuphoi)
    stamp = ContentStamp.objects.count()
    assert client.post(f"{AT}mo-hinh/{row.pk}/buoc/cong-bo/", {"seen": 1}).status_code == 422
    assert publish(client, row).status_code == 302
    assert ContentStamp.objects.count() > stamp
    assert Notification.objects.filter(recipient=ward.baocao, event="plan.showcase_published").count() == 1
    client.logout()
    assert client.get("/ke-hoach/mo-hinh/cho-khong-tien-mat/").status_code == 200
    assert SearchEntry.objects.get(kind="showcase").title == "Chợ không tiền mặt"
    assert (value("E4").numerator, value("E4").complete) == (1, False)
    Replication.objects.create(showcase=row, place="Tổ dân phố số 2", start_on=b.today())
    assert value("E4").complete
    assert published.summary().replications == 1


def test_a_published_model_changes_by_the_coordinator_alone_and_a_picture_may_go_at_once(ward, unit, client):
    row = b.enter("mo-hinh", ward.baocao, **b.showcase_values(unit))
    told = Notification.objects.filter(recipient=ward.dieuphoi, event="plan.showcase_changed")
    client.force_login(ward.baocao)
    at = f"{AT}mo-hinh/{row.pk}/"
    words = {"file": b.a_photo(), "alt": "Sạp hàng", "consent": "Đã hỏi"}
    assert client.post(f"{at}tep/them/", words).status_code == 302
    assert not told.exists()  # a draft
    client.force_login(ward.dieuphoi)
    publish(client, row)
    b.enter("mo-hinh", ward.dieuphoi, entry=Showcase.objects.get(), **b.showcase_values(unit, results="Tốt"))
    assert not told.exists()  # by the coordinator
    client.force_login(ward.baocao)
    for part in ("sua/", "gach-bo/", "tep/them/", "nhan-rong/them/"):
        answer = client.post(f"{at}{part}", {"seen": 4, "reason": "Khác"})
        assert answer.status_code == 403 and "báo đầu mối kế hoạch" in answer.content.decode(), part
    picture = row.files.get()
    page = client.get(at).content.decode()
    assert "báo đầu mối kế hoạch" in page and f"{at}tep/{picture.pk}/bo/" in page
    assert not any(f"{at}{part}" in page for part in ("sua/", "gach-bo/", "tep/them/", "nhan-rong/them/"))
    assert client.post(f"{at}tep/{picture.pk}/bo/", {}).status_code == 302
    assert told.get().link == at
    assert Showcase.objects.get().results == "Tốt"


def test_a_model_taken_back_is_changed_by_its_unit_again(ward, unit, client):
    row = b.enter("mo-hinh", ward.baocao, **b.showcase_values(unit))
    client.force_login(ward.dieuphoi)
    publish(client, row)
    row.refresh_from_db()
    data = {"seen": row.edit_version, "reason": "Cần sửa số liệu"}
    client.post(f"{AT}mo-hinh/{row.pk}/buoc/thu-hoi/", data)
    client.force_login(ward.baocao)
    assert client.get(f"{AT}mo-hinh/{row.pk}/sua/").status_code == 200


def test_a_model_names_a_recognised_initiative_or_none(ward, unit, client, monkeypatch):
    """Another app keeps initiatives; it says which codes everybody can read."""
    known = {"SK-2026-HD15"}
    monkeypatch.setattr(recognised, "_answering", [known.__contains__])
    form = b.form_of("mo-hinh", ward.baocao, **b.showcase_values(unit, initiative_code="SK-2026-HD16"))
    assert "SK-2026-HD16" in form.errors["initiative_code"][0]
    row = b.enter("mo-hinh", ward.dieuphoi, **b.showcase_values(unit, initiative_code="sk-2026-hd15"))
    client.force_login(ward.dieuphoi)
    publish(client, row)
    link = 'href="/sang-kien/SK-2026-HD15/"'
    assert link in client.get("/ke-hoach/mo-hinh/cho-khong-tien-mat/").content.decode()
    known.clear()  # revoked: its page is gone
    assert link not in client.get("/ke-hoach/mo-hinh/cho-khong-tien-mat/").content.decode()


def test_a_residential_group_under_another_name_is_found_by_it(ward, unit, client):
    place = b.a_group(ward.dieuphoi)
    row = b.enter("mo-hinh", ward.dieuphoi, **b.showcase_values(unit, where=place.pk))
    client.force_login(ward.dieuphoi)
    publish(client, row)
    stamp = ContentStamp.objects.count()
    client.post(f"/ke-hoach/dieu-hanh/to-dan-pho/{place.pk}/", {"name": "Tổ dân phố Phúc Hải"})
    assert SearchEntry.objects.get(kind="showcase").detail == "Tổ dân phố Phúc Hải"
    assert ContentStamp.objects.count() > stamp


def test_a_model_taken_back_is_gone_everywhere_and_keeps_its_address(ward, unit, client):
    row = b.enter("mo-hinh", ward.dieuphoi, **b.showcase_values(unit))
    client.force_login(ward.dieuphoi)
    publish(client, row)
    row.refresh_from_db()
    data = {"seen": row.edit_version, "reason": "Cần sửa số liệu"}
    assert client.post(f"{AT}mo-hinh/{row.pk}/buoc/thu-hoi/", data).status_code == 302
    assert client.get("/ke-hoach/mo-hinh/cho-khong-tien-mat/").status_code == 404
    assert not SearchEntry.objects.filter(kind="showcase").exists()
    assert value("E4").numerator == 0
    publish(client, row)
    assert Showcase.objects.get().slug == "cho-khong-tien-mat"
    row.refresh_from_db()
    client.post(f"{AT}mo-hinh/{row.pk}/gach-bo/", {"seen": row.edit_version, "reason": "Trùng"})
    assert client.get("/ke-hoach/mo-hinh/cho-khong-tien-mat/").status_code == 404


def test_two_models_of_one_name_have_two_addresses(ward, unit, client):
    client.force_login(ward.dieuphoi)
    for _number in range(2):
        publish(client, b.enter("mo-hinh", ward.dieuphoi, **b.showcase_values(unit)))
    assert sorted(Showcase.objects.values_list("slug", flat=True)) == [
        "cho-khong-tien-mat",
        "cho-khong-tien-mat-2",
    ]


def test_a_picture_says_what_it_shows_and_who_agreed_before_it_is_kept(ward, unit, client):
    row = b.enter("mo-hinh", ward.baocao, **b.showcase_values(unit))
    client.force_login(ward.baocao)
    at = f"{AT}mo-hinh/{row.pk}/tep/them/"
    assert client.post(at, {"file": b.a_photo()}).status_code == 422
    words = {"alt": "Sạp hàng có mã QR", "consent": "Đã hỏi bà Kín 6150"}
    assert client.post(at, {"file": b.a_photo()} | words).status_code == 302
    picture = row.files.get()
    open_to_all = f"/ke-hoach/mo-hinh/cho-khong-tien-mat/anh/{picture.pk}/"
    client.logout()
    assert client.get(open_to_all).status_code == 404
    client.force_login(ward.dieuphoi)
    publish(client, row)
    client.logout()
    b.opened(client, open_to_all)
    page = client.get("/ke-hoach/mo-hinh/cho-khong-tien-mat/").content.decode()
    assert 'alt="Sạp hàng có mã QR"' in page
    assert "Kín 6150" not in page
    client.force_login(ward.baocao)
    client.post(f"{AT}mo-hinh/{row.pk}/tep/{picture.pk}/bo/", {})
    client.logout()
    assert client.get(open_to_all).status_code == 404


def test_a_document_of_a_published_model_stays_inside(ward, unit, client):
    row = b.enter("mo-hinh", ward.dieuphoi, **b.showcase_values(unit))
    client.force_login(ward.dieuphoi)
    assert (
        client.post(f"{AT}mo-hinh/{row.pk}/tep/them/", {"file": b.a_pdf("bien-ban.pdf")}).status_code == 302
    )
    publish(client, row)
    file = row.files.get()
    client.logout()
    assert client.get(f"/ke-hoach/mo-hinh/cho-khong-tien-mat/anh/{file.pk}/").status_code == 404
    assert "bien-ban" not in client.get("/ke-hoach/mo-hinh/cho-khong-tien-mat/").content.decode()


@pytest.mark.parametrize("code", ["SK 2026", "SK-2026", "<b>", "sk-2026-hd15!"])
def test_what_is_no_code_of_an_initiative_is_refused(ward, unit, code):
    form = b.form_of("mo-hinh", ward.baocao, **b.showcase_values(unit, initiative_code=code))
    assert list(form.errors) == ["initiative_code"]


def test_the_library_asks_as_much_for_thirty_models_as_for_one(ward, unit, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def fill(number):
        for index in range(number):
            row = b.enter("mo-hinh", ward.dieuphoi, **b.showcase_values(unit, title=f"Mô hình {index}"))
            Showcase.objects.filter(pk=row.pk).update(
                state="published", published_at=timezone.now(), slug=f"mo-hinh-{row.pk}"
            )
            Replication.objects.create(showcase=row, place="Nơi khác", start_on=b.today())

    def asked(address):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    fill(1)
    first = Showcase.objects.get()
    addresses = ["/ke-hoach/mo-hinh/", first.get_absolute_url()]
    before = [asked(address) for address in addresses]
    fill(30)
    assert [asked(address) for address in addresses] == before


@override_settings(LANGUAGE_CODE="vi")
def test_nothing_of_a_session_is_public_before_somebody_says_so(ward, unit, client):
    row = b.enter("buoi-tuyen-truyen", ward.baocao, **b.session_values(unit))
    assert not ResidentSession.objects.get().is_public
    assert client.get(f"/ke-hoach/buoi/{row.pk}/").status_code == 404


# ---- forms


def test_the_words_of_every_list_to_tick_begin_with_a_capital(ward):
    for slug in ("buoi-tuyen-truyen", "dot-tuyen-truyen", "can-bo", "truyen-thong"):
        form = b.form_of(slug, ward.dieuphoi)
        for name, field in form.fields.items():
            choices = [] if hasattr(field, "queryset") else getattr(field, "choices", [])
            labels = [str(label) for _value, label in choices]
            assert all(label[:1] == label[:1].upper() for label in labels), (slug, name, labels)


def test_what_can_wait_of_a_session_is_folded_until_it_is_filled_or_wrong(ward, unit, client):
    client.force_login(ward.baocao)
    folded, unfolded = '<details class="filters">', '<details class="filters" open>'
    at = f"{AT}buoi-tuyen-truyen/them/"
    page = client.get(at).content.decode()
    assert folded in page and page.index(folded) < page.index('name="people"')
    assert page.count('name="people"') == 1 and 'name="place"' in page.partition(folded)[0]
    assert folded in client.post(at, {"title": "Buổi"}).content.decode()
    for more in ({"people": "nhiều"}, {"people": "12"}, {"is_public": "on"}):
        assert unfolded in client.post(at, {"title": "Buổi"} | more).content.decode(), more
    row = b.enter("buoi-tuyen-truyen", ward.baocao, **b.session_values(unit, people=""))
    assert unfolded in client.get(f"{AT}buoi-tuyen-truyen/{row.pk}/sua/").content.decode()


def test_a_month_without_publicity_is_one_number_below_the_table(ward, unit, client):
    b.enter("truyen-thong", ward.baocao, **b.publicity_values(unit, on="05/03/2026"))
    client.force_login(ward.baocao)
    page = client.get(f"{AT}truyen-thong/?nam=2026").content.decode()
    assert "Tháng 3" in page and "Tháng 2" not in page
    assert "Không có tin nào trong tháng: 1, 2, 4" in page


def test_entered_on_in_excel_is_the_day_in_the_ward(ward, unit, client):
    from io import BytesIO

    from openpyxl import load_workbook

    row = b.enter("truyen-thong", ward.baocao, **b.publicity_values(unit))
    late = datetime(2026, 6, 30, 17, 30, tzinfo=UTC)  # half past midnight of 1 July
    Publicity.objects.filter(pk=row.pk).update(made_at=late)
    client.force_login(ward.baocao)
    sheet = load_workbook(BytesIO(client.get(f"{AT}truyen-thong/excel/").content)).worksheets[0]
    heading, cells = list(sheet.values)[:2]
    assert heading[-1] == "Ngày nhập" and cells[-1].date() == date(2026, 7, 1)
