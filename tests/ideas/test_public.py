"""What the public reads: recognised initiatives, of them only what is public, of all others nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from ideas import publication, workflow
from ideas.models import Initiative, Round
from papers.models import Certificate
from people.models import Unit
from tests.html import assert_sound

from . import builders
from .starting import starting

pytestmark = pytest.mark.django_db
LIST = "/sang-kien/"
# Each is somewhere in a dossier that could leak; none may ever be read by the public.
SECRETS = {
    "confidential_part": "Mật-khẩu-kho-XYZZY",
    "benefit_amount": 987654321,
    "attachment": "tep-rat-rieng-QQQ.pdf",
    "birth": ("20/05/1980", "1980-05-20", "20.5.1980"),
    "participant": "Người Dự Phần Riêng",
    "qualification": "Cử nhân",
    "benefit_by_users": "Người dùng thử KHAI-RIENG-WWW",
}
LEAKS = [
    "Mật-khẩu-kho-XYZZY", "987654321", "987.654.321", "tep-rat-rieng-QQQ", *SECRETS["birth"],
    "Người Dự Phần Riêng", "Cử nhân", "KHAI-RIENG-WWW",
]  # fmt: skip
TITLE = "Bảng màu độc nhất vô nhị"
PROMISED = "Số hồ sơ trả chậm giảm từ 14,5 xuống 2 mỗi tháng."


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def public(client):
    client.cookies["ngon_ngu"] = "en"
    return client


def with_secrets(ward, build=builders.draft, **values):
    """A dossier with everything that could leak, taken to a state by `build`."""

    def secret_draft(ward, **more):
        initiative = _draft(ward, title=TITLE, **{
            "confidential_part": SECRETS["confidential_part"],
            "benefit_amount": SECRETS["benefit_amount"],
            "benefit_by_users": SECRETS["benefit_by_users"],
            "benefit_by_author": f"{PROMISED} Hết hai tháng thì đạt; 1.240 lượt dùng.",
        } | more)  # fmt: skip
        builders.attach(initiative, name=SECRETS["attachment"])
        initiative.participants.create(
            full_name=SECRETS["participant"], birth_date="1980-05-20", support="Nhập liệu"
        )
        return builders.fresh(initiative)

    _draft = builders.draft
    builders.draft = secret_draft
    try:
        return build(ward, **values)
    finally:
        builders.draft = _draft


def pages(client, initiative):
    """Every public page that could say something of it, as one text."""
    urls = [
        "/", LIST, f"{LIST}?q=bang+mau+doc+nhat", f"{LIST}{initiative.code}/", f"{LIST}?page=2",
        f"{LIST}?linh_vuc={initiative.field.code}", f"{LIST}?don_vi=VHXH", "/xac-minh/",
        *(f"/xac-minh/{code}/" for code in Certificate.objects.values_list("code", flat=True)),
    ]  # fmt: skip
    return {url: client.get(url) for url in urls}


def test_a_recognised_initiative_shows_its_card_and_nothing_confidential(ward, public):
    initiative = with_secrets(ward, builders.recognised)
    found = pages(public, initiative)
    for url, page in found.items():
        assert page.status_code == 200, url
        text = page.content.decode()
        assert [leak for leak in LEAKS if leak in text] == [], url
        assert_sound(page.content)
    card = found[f"{LIST}{initiative.code}/"].content.decode()
    for words in (
        TITLE, "Bùi Thị Ngọc, Đỗ Minh Tuấn", "Phòng Văn hóa - Xã hội", "468/QĐ-UBND",
        "Một bảng màu dùng chung", "Bảng màu dùng chung giúp hồ sơ liên thông trả đúng hẹn.",
        "Benefit promised", f"<p>{PROMISED} Hết hai tháng thì đạt; 1.240 lượt dùng.</p>",
    ):  # fmt: skip
        assert words in card
    for url in ("/", f"{LIST}?q=bang+mau+doc+nhat"):
        text = found[url].content.decode()
        assert TITLE in text
        assert f"<b>{PROMISED}</b>" in text and "Hết hai tháng" not in text  # the first sentence


def supplement(ward):
    return workflow.move(builders.submitted(ward), "request_supplement", ward.thuky, reason="Thiếu tệp")


def refused(ward):
    return workflow.move(builders.submitted(ward), "refuse", ward.thuky, public_reason="Ngoài phạm vi")


def withdrawn(ward):
    return workflow.move(builders.submitted(ward), "withdraw", ward.tacgia, reason="Nhầm")


def revoked(ward):
    return workflow.move(
        builders.recognised(ward),
        "revoke",
        ward.lanhdao,
        public_reason="Khai không đúng",
        **builders.decision("501/QĐ-UBND"),
    )


HIDDEN = [
    lambda ward: builders.draft(ward), builders.submitted, supplement, refused, withdrawn, builders.accepted,
    builders.evaluating, builders.evaluated, builders.voted, builders.declined, revoked,
]  # fmt: skip
HIDDEN_NAMES = [
    "draft", "submitted", "supplement_requested", "refused", "withdrawn", "accepted", "evaluating",
    "evaluated", "evaluated", "declined", "revoked",
]  # fmt: skip


@pytest.mark.parametrize(
    ("build", "state"),
    list(zip(HIDDEN, HIDDEN_NAMES, strict=True)),
    ids=[f"{n}-{s}" for n, s in enumerate(HIDDEN_NAMES)],
)
def test_no_other_state_leaves_a_trace_in_public(ward, public, build, state):
    initiative = with_secrets(ward, build)
    assert initiative.state == state
    found = pages(public, initiative)
    assert found.pop(f"{LIST}{initiative.code}/").status_code == 404
    for url, page in found.items():
        text = page.content.decode()
        verification = url.startswith("/xac-minh/") and url != "/xac-minh/"
        traces = LEAKS + ([] if verification else [TITLE, initiative.code, "Bùi Thị Ngọc", PROMISED])
        assert [trace for trace in traces if trace in text] == [], url
    unknown = public.get(f"{LIST}SK-1999-HD01/")
    hidden = public.get(f"{LIST}{initiative.code}/")
    assert _without_path(unknown, "SK-1999-HD01") == _without_path(hidden, initiative.code)


def _without_path(response, code):
    return response.content.decode().replace(code, "")


def test_expired_and_merged_dossiers_leave_no_trace_either(ward, public):
    for state in ("expired", "merged"):
        initiative = Initiative.objects.create(
            code=f"SK-2026-HD9{len(state)}", state=state, title=f"{TITLE} {state}", title_key="bang mau"
        )
        assert public.get(f"{LIST}{initiative.code}/").status_code == 404
        assert TITLE not in public.get(LIST).content.decode()


def test_whoever_may_read_the_dossier_is_led_to_it(ward, public):
    initiative = builders.evaluating(ward)
    for name, status in [
        ("tacgia", 302),
        ("thuky", 302),
        ("lanhdao", 302),
        ("nguoikhac", 404),
        ("quantri", 404),
    ]:
        public.force_login(ward.users[name])
        answer = public.get(f"{LIST}{initiative.code}/")
        assert answer.status_code == status, name
        if status == 302:
            assert answer.headers["Location"] == f"/sang-kien/ho-so/{initiative.code}/"


@starting(builders.recognised)
def test_the_list_is_searched_and_narrowed(ward, initiative, public):
    first = initiative
    other = Unit.objects.create(code="KT", name="Phòng Kinh tế")
    second = builders.recognised(ward, title="Đổi mới sổ trực", **{"unit": other})
    assert _codes(public, "") == {first.code, second.code}
    assert _codes(public, "?q=doi+moi") == {second.code}
    assert _codes(public, "?q=Đổi+mới") == {second.code}
    assert _codes(public, "?q=moi+nhac") == set()
    assert _codes(public, "?don_vi=KT") == {second.code}
    assert _codes(public, "?nam=2019") == {first.code, second.code}  # no such choice: passed over
    assert _codes(public, "?q=%22%27%3B--") == set()
    assert _codes(public, f"?linh_vuc={first.field.code}&page=999") == {first.code, second.code}


def _codes(client, query):
    text = client.get(f"{LIST}{query}").content.decode()
    return {i.code for i in Initiative.objects.all() if f"/sang-kien/{i.code}/" in text}


@starting(builders.recognised)
def test_the_list_asks_no_more_for_six_than_for_one(ward, initiative, public, django_assert_num_queries):
    public.get(LIST)
    with CaptureQueriesContext(connection) as one:
        public.get(LIST)
    asked_for_one = len(one)  # counted now: the next request forgets what was asked
    for voted in builders.voted_together(ward, [f"Sáng kiến {number}" for number in range(5)]):
        workflow.move(voted, "recognise", ward.lanhdao, **builders.decision())
    public.get(LIST)  # the links around the page are asked for anew once something public has changed
    with django_assert_num_queries(asked_for_one):
        public.get(LIST)


def test_the_home_page_says_what_is_open_and_until_when(ward, public):
    text = public.get("/").content.decode()
    assert "Initiatives are being received: round 2 of" in text
    assert 'href="/sang-kien/ho-so/moi/"' in text
    now = timezone.now()
    Round.objects.update(opens_at=now - timedelta(days=9), closes_at=now)
    assert "are being received" not in public.get("/").content.decode()


@starting(builders.recognised)
@pytest.mark.parametrize(
    ("promised", "short"),
    [
        ("", ""),
        ("Giảm 82,5 % số cuộc gọi", "Giảm 82,5 % số cuộc gọi"),
        ("Nhanh hơn 1.240 lượt. Và rẻ hơn.", "Nhanh hơn 1.240 lượt."),
        ("Dòng đầu\nDòng sau", "Dòng đầu"),
        ("Còn 12 điểm; phản ánh giảm.", "Còn 12 điểm"),
    ],
)
def test_lists_show_the_first_sentence_of_what_is_promised(ward, initiative, promised, short):
    Initiative.objects.filter(pk=initiative.pk).update(benefit_by_author=promised or "x")
    (card,) = publication.cards(publication.published())
    assert replace(card, promised=promised).promised_in_short == short


@starting(builders.recognised)
def test_a_card_without_a_promise_has_no_empty_place(ward, initiative, public):
    Initiative.objects.filter(pk=initiative.pk).update(benefit_by_author="")
    assert "Benefit promised" not in public.get(f"{LIST}{initiative.code}/").content.decode()
    assert "<b></b>" not in public.get(LIST).content.decode()
