"""The satisfaction survey: anonymous, counted once, shown in public only where five or more answered."""

import threading
from copy import deepcopy
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from config.figures import figure_of
from people.roles import Role
from plan.models import SurveyAnswer, SurveyChange, SurveyComment, SurveyPoint, Way
from plan.survey import access, answering, points, results, workbook
from plan.survey.counting import Tally
from plan.survey.poster import poster_pdf
from plan.survey.refusing import Refused
from tests.html import assert_sound
from tests.ideas.builders import make_user
from tests.standing import standing

from . import voices_builders as voices
from .builders import in_unit, make_plan_ward

HOME = "/ke-hoach/dieu-hanh/khao-sat/"


# ---- pure

COUNTS = st.tuples(*[st.integers(0, 60)] * 5)


@given(COUNTS)
def test_the_share_is_floored_and_never_over_a_goal_it_did_not_pass(counts):
    tally = Tally(counts)
    if not tally.total:
        assert tally.percent is None and not tally.is_above(0)
        return
    assert float(tally.percent) <= tally.satisfied / tally.total * 100 + 1e-9
    assert float(tally.percent) > tally.satisfied / tally.total * 100 - 0.1
    assert tally.is_above(95) == (tally.satisfied * 20 > tally.total * 19)


def test_examples_of_a_share():
    assert Tally((0, 0, 1, 10, 8)).percent == "94.7"
    assert Tally((1, 0, 0, 0, 19)).is_above(95) is False  # exactly 95 is not above


# ---- with the portal

db = pytest.mark.django_db


standing_ward = standing(make_plan_ward)


@pytest.fixture
def ward(standing_ward):
    return deepcopy(standing_ward)


@pytest.fixture
def desk(ward):
    """Head and reporter of the public service centre."""
    ward.users["baocaohcc"] = in_unit(make_user("baocaohcc", "Tạ Thị Hành", Role.UNIT_REPORTER), "PVHCC")
    ward.users["truonghcc"] = in_unit(make_user("truonghcc", "Bùi Văn Chính", Role.UNIT_HEAD), "PVHCC")
    return ward


def data(**values):
    return {"level": "5", "service_field": "", "comment": "", "stamp": answering.new_stamp()} | values


@pytest.fixture
def public_client(client):
    client.cookies["ngon_ngu"] = "en"
    return client


@db
@pytest.mark.parametrize(("path", "way"), [("", "qr"), ("quay/", "kiosk")])
def test_an_answer_holds_no_person_and_no_minute(ward, public_client, path, way):
    point = voices.point()
    page = public_client.get(f"/khao-sat/{point.code}/{path}")
    assert page.status_code == 200
    assert_sound(page.content)
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    answer = public_client.post(
        f"/khao-sat/{point.code}/{path}",
        data(comment="Nhanh", service_field="land"),
        REMOTE_ADDR="203.0.113.9",
    )
    assert (answer.status_code, answer.url) == (302, f"/khao-sat/{point.code}/{path}cam-on/")
    assert public_client.get(answer.url).status_code == 200
    assert set(public_client.cookies) == {"ngon_ngu"}  # nothing was set
    row = SurveyAnswer.objects.get()
    assert (row.level, row.service_field, row.way, row.comment.text) == (5, "land", way, "Nhanh")
    assert (row.hour.minute, row.hour.second, row.hour.microsecond) == (0, 0, 0)
    kept = {field.name for field in SurveyAnswer._meta.get_fields()}
    assert kept == {"id", "point", "hour", "level", "service_field", "way", "once_key", "comment"}


@pytest.mark.once  # looks into the cache of the process
@db
def test_the_address_is_counted_under_a_salted_hash_alone(ward, public_client):
    point = voices.point()
    public_client.post(f"/khao-sat/{point.code}/", data(), REMOTE_ADDR="203.0.113.9")
    assert not [key for key in cache._cache if "203.0.113" in key]
    assert [key for key in cache._cache if "survey-qr" in key]


@db
def test_pressing_twice_counts_once_and_another_page_counts_again(ward, public_client):
    point = voices.point()
    sent = data()
    for level in ("5", "1"):
        assert public_client.post(f"/khao-sat/{point.code}/quay/", sent | {"level": level}).status_code == 302
    assert list(SurveyAnswer.objects.values_list("level", flat=True)) == [5]
    public_client.post(f"/khao-sat/{point.code}/quay/", data())
    assert SurveyAnswer.objects.count() == 2


@db
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"level": ""}, "Choose how satisfied"),
        ({"level": "0"}, "Choose how satisfied"),
        ({"level": "6"}, "Choose how satisfied"),
        ({"level": "a"}, "Choose how satisfied"),
        ({"service_field": "x"}, "Select a valid choice"),
        ({"comment": "a" * 1001}, "1,001 characters, at most 1,000"),
        ({"stamp": ""}, "The page was not complete"),
        ({"stamp": "eyJhIjoxfQ:x"}, "The page was not complete"),
    ],
)
@pytest.mark.parametrize("path", ["", "quay/"])
def test_bad_input_is_said_in_words_and_nothing_typed_is_lost(ward, public_client, values, words, path):
    point = voices.point()
    answer = public_client.post(f"/khao-sat/{point.code}/{path}", data(comment="Giữ lại nhé") | values)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in text.replace("1.001", "1,001").replace("1.000", "1,000")
    assert values.get("comment", "Giữ lại nhé")[:900] in text
    assert not SurveyAnswer.objects.exists()


@db
def test_a_page_spoiled_can_be_sent_again_as_it_is_drawn(ward, public_client):
    point = voices.point()
    answer = public_client.post(f"/khao-sat/{point.code}/", data(stamp="x", level="4"))
    stamp = answer.context["form"].data["stamp"]
    assert public_client.post(f"/khao-sat/{point.code}/", data(stamp=stamp, level="4")).status_code == 302


@db
def test_too_many_from_one_connection_wait_and_other_connections_do_not(ward, public_client):
    point = voices.point()
    address = f"/khao-sat/{point.code}/"
    for _number in range(20):
        assert public_client.post(address, data()).status_code == 302
    refused = public_client.post(address, data(comment="Vẫn còn đây"))
    assert refused.status_code == 429 and "Vẫn còn đây" in refused.content.decode()
    assert public_client.post(address, data(), REMOTE_ADDR="203.0.113.77").status_code == 302
    assert SurveyAnswer.objects.count() == 21


@db
def test_a_point_that_is_off_and_a_code_that_is_none_take_no_answer(ward, public_client):
    point = voices.point(is_active=False)
    assert public_client.post(f"/khao-sat/{point.code}/", data()).status_code == 410
    for code in ("AAAAAAAA", "x", "K7QM4TX0"):
        assert public_client.get(f"/khao-sat/{code}/").status_code == 404
        assert public_client.get(f"/khao-sat/{code}/quay/").status_code == 404
    assert not SurveyAnswer.objects.exists()


@db
def test_wrong_codes_are_counted(ward, public_client):
    for _number in range(30):
        public_client.get("/khao-sat/AAAAAAAA/")
    assert public_client.get(f"/khao-sat/{voices.point().code}/").status_code == 429


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_count_once():
    make_plan_ward()
    point, stamp, new = voices.point(), answering.new_stamp(), []
    start = threading.Barrier(4)

    def press():
        try:
            start.wait(20)
            new.append(answering.take(point, Way.KIOSK, stamp, level=4, comment="Tốt"))
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(new) == [False, False, False, True]
    assert SurveyComment.objects.count() == SurveyAnswer.objects.count() == 1


# ---- figures


@db
def test_a7_counts_the_satisfied_of_all_answers_of_the_year_up_to_the_day(ward):
    point = voices.point()
    voices.answers(point, 5, 5, 4, 4, 3, day=date(2026, 6, 15))
    voices.answers(point, 1, day=date(2026, 12, 31))
    voices.answers(point, 1, day=date(2025, 12, 31))
    voices.answers(point, 1, day=date(2027, 1, 1))
    value = figure_of("A7").compute(2026, date(2026, 12, 30))
    assert (value.numerator, value.denominator, value.percent) == (4, 5, "80.0")
    assert (value.complete, value.is_public, value.population) == (False, True, 5)
    assert figure_of("A7").compute(2026, date(2026, 12, 31)).denominator == 6
    assert figure_of("A7").compute(2024, date(2024, 12, 31)).percent is None


@db
def test_a7_is_not_public_under_five_answers(ward):
    voices.answers(voices.point(), 5, 5, 5, 5)
    value = figure_of("A7").compute(2026, date(2026, 12, 31))
    assert (value.complete, value.is_public) == (True, False)


@db
def test_the_year_begins_at_local_midnight(ward):
    point = voices.point()
    SurveyAnswer.objects.create(
        point=point, hour=datetime(2025, 12, 31, 17, tzinfo=UTC), level=5, way="qr", once_key="a"
    )
    assert [results.total(results.of_year(year)).total for year in (2025, 2026)] == [0, 1]
    assert results.by_month(results.of_year(2026))[1].total == 1


@db
def test_figures_cost_the_same_for_one_point_and_for_thirty(ward, django_assert_max_num_queries):
    client = voices.signed_in(ward.dieuphoi)
    counts = []
    for number in (1, 30):
        for n in range(SurveyPoint.objects.count(), number):
            voices.answers(_point(n), 5, 4, 4, 3, 5)
        with django_assert_max_num_queries(60) as queries:
            for path in ("", "ket-qua/", "ket-qua/excel/", "nhan-xet/"):
                assert client.get(f"{HOME}{path}").status_code == 200
            figure_of("A7").compute(2026, date(2026, 12, 31))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def _point(number):
    return SurveyPoint.objects.create(
        code=f"AB{number:06d}", name=f"Điểm {number}", unit=voices.unit("VHXH"), made_at=timezone.now()
    )


# ---- inside


@db
def test_who_makes_points_where(desk):
    everywhere = access.units_for_points(desk.dieuphoi)
    assert everywhere.count() == 12
    for who in ("baocaohcc", "truonghcc"):
        assert [unit.code for unit in access.units_for_points(getattr(desk, who))] == ["PVHCC"]
    for who in ("baocao", "truongdonvi", "lanhdao", "canbo"):
        assert not access.may_make(getattr(desk, who))
    point = points.make(desk.baocaohcc, "Quầy 3", voices.unit("PVHCC"))
    assert len(point.code) == 8 and point.is_active
    with pytest.raises(Refused):
        points.make(desk.baocaohcc, "Quầy 3", voices.unit("VHXH"))
    assert SurveyChange.objects.get().change == "made"


@db
def test_a_point_is_made_changed_and_switched_off_on_its_page(desk, client):
    boss = voices.signed_in(desk.truonghcc)
    unit = voices.unit("PVHCC")
    assert boss.post(f"{HOME}diem-moi/", {"name": "", "unit": ""}).status_code == 422
    made = boss.post(f"{HOME}diem-moi/", {"name": "Quầy 3", "unit": unit.pk})
    point = SurveyPoint.objects.get()
    assert (made.status_code, made.url) == (302, f"{HOME}diem/{point.pk}/")
    page = boss.get(made.url)
    assert_sound(page.content)
    assert point.code in page.content.decode()
    boss.post(made.url, {"name": "Quầy 3b", "unit": unit.pk})
    point.refresh_from_db()
    assert (point.name, point.is_active) == ("Quầy 3b", False)
    assert [one.change for one in point.changes.all()] == ["made", "changed"]
    reader = voices.signed_in(desk.lanhdao)
    assert reader.get(made.url).status_code == 200
    assert reader.post(made.url, {"name": "x", "unit": unit.pk}).status_code == 403
    assert voices.signed_in(desk.baocao).get(made.url).status_code == 404


@db
@pytest.mark.parametrize("paper", ["a4", "a5"])
def test_the_poster_is_a_pdf_of_that_size(ward, paper):
    point = voices.point()
    answer = voices.signed_in(ward.dieuphoi).get(f"{HOME}diem/{point.pk}/ap-phich/{paper}/")
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert voices.signed_in(ward.dieuphoi).get(f"{HOME}diem/{point.pk}/ap-phich/a3/").status_code == 404
    assert poster_pdf(point, paper, "UBND") == poster_pdf(point, paper, "UBND")


@db
def test_comments_are_read_and_hidden_by_coordinator_and_head_of_the_unit_alone(desk):
    point = voices.point()
    answering.take(point, Way.QR, answering.new_stamp(), level=2, comment="Cô Riêng 4471 chậm")
    comment = SurveyComment.objects.get()
    for who, sees in (("dieuphoi", 200), ("truonghcc", 200), ("truongdonvi", 200), ("baocaohcc", 403)):
        page = voices.signed_in(getattr(desk, who)).get(f"{HOME}nhan-xet/")
        assert page.status_code == sees, who
        assert ("Riêng 4471" in page.content.decode()) == (who in ("dieuphoi", "truonghcc")), who
    address = f"{HOME}nhan-xet/{comment.pk}/an/"
    assert voices.signed_in(desk.truongdonvi).post(address, {"reason": "x"}).status_code == 404
    boss = voices.signed_in(desk.truonghcc)
    assert boss.get(address).status_code == 200
    assert boss.post(address, {"reason": " "}).status_code == 422
    assert boss.post(address, {"reason": "Có tên người"}).status_code == 302
    comment.refresh_from_db()
    assert (comment.text, comment.hidden_by_name) == ("", "Bùi Văn Chính")
    line = SurveyChange.objects.get()
    assert (line.change, line.note, line.actor_name) == ("comment_hidden", "Có tên người", "Bùi Văn Chính")
    assert "Riêng 4471" not in boss.get(f"{HOME}nhan-xet/").content.decode()
    assert SurveyAnswer.objects.count() == 1


@db
def test_the_workbook_has_the_figures_and_no_comment(ward):
    point = voices.point()
    voices.answers(point, 5, 4, 1, day=date(2026, 6, 15))
    answering.take(point, Way.QR, answering.new_stamp(), level=2, comment="Riêng 4471")
    answers = results.of_year(2026)
    book = load_workbook(BytesIO(workbook.results_file(2026, answers, SurveyPoint.objects.all())))
    assert book.sheetnames == ["Theo tháng", "Theo điểm khảo sát", "Theo lĩnh vực"]
    june = [cell.value for cell in book["Theo tháng"][7]]
    assert june == ["06/2026", 1, 0, 0, 1, 1, 3, 2, 66.6]
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
    assert not [cell for cell in cells if "4471" in cell]


@db
def test_samples_are_marked_and_believable(ward):
    from people.models import User
    from people.samples import Size
    from plan.models import Difficulty
    from plan.samples import voices as samples

    assert samples.load(Size(), timezone.now()) == {}  # nobody of the samples is here
    User.objects.filter(username__in=("dieuphoi", "baocao")).update(is_sample=True)
    made = samples.load(Size(), timezone.now())
    assert made == {"difficulties": 3, "survey_answers": SurveyAnswer.objects.count()}
    assert sorted(Difficulty.objects.values_list("state", "is_sample")) == [
        ("closed", True),
        ("published", True),
        ("received", True),
    ]
    assert SurveyPoint.objects.get().is_sample
    found = results.total(results.of_year(timezone.localdate().year))
    assert 80 < float(found.percent) <= 100
    assert not SurveyAnswer.objects.filter(hour__gt=timezone.now()).exists()
