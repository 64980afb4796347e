"""Step 2: exact shares, who joins and leaves, whose confirmation still holds."""

import unicodedata
from decimal import Decimal

import pytest

from ideas.models import Author, HistoryEntry
from notifications.models import Notification

from . import builders
from .form_builders import address, pdf, reread, shares, step, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def dossier(ward, client):
    """60 and 40, the co-author has confirmed; the main author is signed in."""
    client.force_login(ward.tacgia)
    return builders.draft(ward)


def save_shares(client, dossier, *texts, **more):
    return client.post(step(dossier, 2), typed(dossier, 2, **shares(dossier, *texts), **more))


def stored(dossier):
    return [author.share for author in reread(dossier).authors.all()]


@pytest.mark.parametrize("wrong", ["33,333", "0", "-5", "100,01", "abc", "1e1", ""])
def test_a_share_that_is_none_is_refused_in_words_and_stays_typed(dossier, client, wrong):
    page = save_shares(client, dossier, "60", wrong)
    assert page.status_code == 200
    (name,) = page.context["form"].errors
    if wrong:
        assert wrong in page.content.decode()
        assert wrong in page.context["form"].errors[name][0]
    assert stored(dossier) == [Decimal("60.00"), Decimal("40.00")]


@pytest.mark.parametrize(
    ("first", "lacking"), [("59,99", Decimal("0.01")), ("60,01", Decimal("-0.01")), ("60", Decimal(0))]
)
def test_the_total_is_said_to_the_hundredth(dossier, client, first, lacking):
    save_shares(client, dossier, first, "40", then="stay")
    page = client.get(step(dossier, 2))
    assert page.context["lacking"] == lacking
    assert page.context["whole"] is (lacking == 0)
    listed = any(item.url.endswith("#tong") for item in page.context["missing"])
    assert listed is (lacking != 0)


def test_shares_of_99_99_cannot_be_submitted(dossier, client):
    save_shares(client, dossier, "59,99", "40")
    Author.objects.filter(initiative=dossier).update(confirmed_at=builders.timezone.now())
    page = client.post(step(dossier, 7), {"pledge": "on"})
    assert page.status_code == 200
    assert reread(dossier).state == "draft"
    assert "99,99" in page.content.decode()


def test_changed_shares_void_what_was_confirmed_and_ask_anew(dossier, client, ward):
    save_shares(client, dossier, "70", "30")
    assert [a.is_confirmed for a in reread(dossier).authors.all()] == [True, False]
    told = Notification.objects.filter(event="ideas.confirm_share").values_list("recipient", flat=True)
    assert list(told) == [ward.dongtacgia.pk]


def test_nobody_is_asked_while_the_shares_do_not_make_a_whole(dossier, client):
    save_shares(client, dossier, "70", "25")
    assert not reread(dossier).authors.get(is_main=False).is_confirmed
    assert not Notification.objects.filter(event="ideas.confirm_share").exists()


def test_saving_shares_without_a_change_voids_nothing(dossier, client):
    save_shares(client, dossier, "60,00", "40")
    assert [a.is_confirmed for a in reread(dossier).authors.all()] == [True, True]
    assert not Notification.objects.filter(event="ideas.confirm_share").exists()


@pytest.mark.parametrize(
    "query", ["Ngô Đức", "ngo duc", "thinh ngo", "HD-nguoikhac", unicodedata.normalize("NFD", "Ngô")]
)
def test_a_colleague_is_found_by_name_with_or_without_accents_or_by_code(dossier, client, ward, query):
    page = client.get(address(dossier, "tac-gia/them/"), {"q": query})
    assert [person.full_name for person, *_ in page.context["found"]] == ["Ngô Đức Thịnh"]
    assert "20/05/1980" not in page.content.decode()  # a search gives no dates of birth away


def test_htmx_gets_the_list_alone(dossier, client):
    page = client.get(address(dossier, "tac-gia/them/"), {"q": "ngo"}, headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()
    assert "Ngô Đức Thịnh" in page.content.decode()


def add(client, dossier, staff, share="5"):
    return client.post(address(dossier, "tac-gia/them/"), {"q": "x", "staff": staff, "share": share})


def test_a_co_author_joins_may_write_and_all_confirm_anew(dossier, client, ward):
    assert add(client, dossier, ward.nguoikhac.staff.pk).url == step(dossier, 2)
    assert stored(dossier) == [Decimal("60"), Decimal("40"), Decimal("5")]
    assert [a.is_confirmed for a in reread(dossier).authors.all()] == [True, False, False]
    client.force_login(ward.nguoikhac)
    assert client.get(step(dossier, 1)).status_code == 200


def test_nobody_is_an_author_twice(dossier, client, ward):
    page = add(client, dossier, ward.dongtacgia.staff.pk)
    assert page.status_code == 200
    assert "staff" in page.context["form"].errors
    outside = {"full_name": "Đỗ  Minh Tuấn", "birth_date": "20/05/1980", "share": "5"}
    page = client.post(address(dossier, "tac-gia/them-ngoai/"), outside)
    assert list(page.context["form"].errors) == ["full_name"]
    assert len(stored(dossier)) == 2


@pytest.mark.parametrize("staff", ["999999", "abc", "", "1' OR 1=1"])
def test_somebody_who_is_not_on_the_roster_cannot_be_posted(dossier, client, staff):
    assert add(client, dossier, staff).status_code == 200
    assert len(stored(dossier)) == 2


def test_somebody_who_left_the_ward_is_not_offered(dossier, client, ward):
    ward.nguoikhac.staff.spells.update(end_before="2026-01-01")
    assert client.get(address(dossier, "tac-gia/them/"), {"q": "ngo"}).context["found"] == []
    assert add(client, dossier, ward.nguoikhac.staff.pk).status_code == 200
    assert len(stored(dossier)) == 2


def test_an_outside_co_author_is_confirmed_by_the_signed_scan(dossier, client):
    values = {"full_name": "Lý Văn Ngoài", "birth_date": "02/03/1970", "share": "5", "scan": pdf("ky.pdf")}
    client.post(address(dossier, "tac-gia/them-ngoai/"), values)
    author = reread(dossier).authors.get(full_name="Lý Văn Ngoài")
    assert author.is_confirmed
    assert author.confirmation_scan.kind == "confirmation"
    client.post(step(dossier, 2), typed(dossier, 2, **shares(dossier, "55", "40", "5")))
    author.refresh_from_db()
    assert not author.is_confirmed  # a changed share needs a new signature
    client.post(
        address(dossier, f"tac-gia/{author.pk}/"),
        {"full_name": author.full_name, "birth_date": "02/03/1970", "scan": pdf("ky2.pdf")},
    )
    author.refresh_from_db()
    assert author.is_confirmed


def test_a_refused_scan_keeps_the_typed_person(dossier, client):
    values = {"full_name": "Lý Văn Ngoài", "share": "5", "scan": pdf("ky.pdf", b"not a pdf")}
    page = client.post(address(dossier, "tac-gia/them-ngoai/"), values)
    assert list(page.context["form"].errors) == ["scan"]
    assert "Lý Văn Ngoài" in page.content.decode()
    assert len(stored(dossier)) == 2


def test_the_main_author_cannot_be_taken_off_and_a_co_author_is_asked_about_first(dossier, client, ward):
    main, other = reread(dossier).authors.all()
    assert client.post(address(dossier, f"tac-gia/{main.pk}/bo/")).status_code == 404
    question = client.get(address(dossier, f"tac-gia/{other.pk}/bo/"))
    assert question.context["explanation"] in question.content.decode()
    assert len(stored(dossier)) == 2
    client.post(address(dossier, f"tac-gia/{other.pk}/bo/"))
    assert len(stored(dossier)) == 1
    assert Notification.objects.filter(event="ideas.author_removed", recipient=ward.dongtacgia).count() == 1
    client.force_login(ward.dongtacgia)
    assert client.get(step(dossier, 1)).status_code == 404


def test_an_author_of_another_dossier_is_not_found_here(dossier, client, ward):
    foreign = builders.draft(ward, title="Hồ sơ khác").authors.get(is_main=False)
    for rest in (f"tac-gia/{foreign.pk}/", f"tac-gia/{foreign.pk}/bo/"):
        assert client.get(address(dossier, rest)).status_code == 404
        assert client.post(address(dossier, rest), {"full_name": "X"}).status_code == 404


def test_one_who_waits_is_reminded_and_one_who_confirmed_is_not(dossier, client, ward):
    other = reread(dossier).authors.get(is_main=False)
    save_shares(client, dossier, "60", "40", then=f"remind-{other.pk}")
    assert not Notification.objects.filter(event="ideas.confirm_share").exists()
    Author.objects.filter(pk=other.pk).update(confirmed_at=None)
    save_shares(client, dossier, "60", "40", then=f"remind-{other.pk}")
    assert Notification.objects.filter(event="ideas.confirm_share", recipient=ward.dongtacgia).count() == 1


# ---- answering for a share


@pytest.fixture
def waiting(ward, client):
    dossier = builders.draft(ward, confirmed=False)
    client.force_login(ward.dongtacgia)
    return dossier


def test_a_co_author_confirms_the_share_that_was_shown(waiting, client):
    assert "40,00" in client.get(address(waiting, "xac-nhan/")).content.decode()
    client.post(address(waiting, "xac-nhan/"), {"share": "40,00"})
    assert reread(waiting).authors.get(is_main=False).is_confirmed


def test_a_share_that_changed_meanwhile_is_asked_again(waiting, client):
    Author.objects.filter(initiative=waiting, is_main=False).update(share=Decimal("30"))
    answer = client.post(address(waiting, "xac-nhan/"), {"share": "40,00"}, follow=True)
    assert not reread(waiting).authors.get(is_main=False).is_confirmed
    assert [str(m.level_tag) for m in answer.context["messages"]] == ["warning"]
    assert "30,00" in answer.content.decode()


def test_disagreeing_needs_a_reason_and_reaches_the_main_author(waiting, client, ward):
    page = client.post(address(waiting, "xac-nhan/"), {"share": "40,00", "decline": "1", "reason": " "})
    assert list(page.context["form"].errors) == ["reason"]
    client.post(
        address(waiting, "xac-nhan/"), {"share": "40,00", "decline": "1", "reason": "Tôi làm một nửa"}
    )
    assert HistoryEntry.objects.get(transition="decline_share").reason == "Tôi làm một nửa"
    assert Notification.objects.filter(event="ideas.share_declined", recipient=ward.tacgia).count() == 1
    client.force_login(ward.tacgia)
    assert "Tôi làm một nửa" in client.get(step(waiting, 2)).content.decode()


def test_only_a_co_author_of_the_dossier_confirms(waiting, client, ward):
    for user in (ward.nguoikhac, ward.thuky, ward.lanhdao, ward.quantri):
        client.force_login(user)
        assert client.get(address(waiting, "xac-nhan/")).status_code == 404
        assert client.post(address(waiting, "xac-nhan/"), {"share": "40,00"}).status_code == 404
    assert not reread(waiting).authors.get(is_main=False).is_confirmed


# ---- dossiers keyed from paper


def test_a_clerk_keys_a_paper_dossier_from_its_day_of_receipt(ward, client):
    from datetime import timedelta

    from django.utils import timezone

    from ideas.models import Initiative

    client.force_login(ward.vanthu)
    client.post("/sang-kien/ho-so/moi/", {"title": "Hồ sơ giấy", "source": "paper"})
    dossier = Initiative.objects.get()
    assert dossier.keyed_from_paper
    add(client, dossier, ward.tacgia.staff.pk, "100")
    assert reread(dossier).main_author.full_name == "Bùi Thị Ngọc"
    builders.fill_form(dossier)
    builders.attach(dossier)
    received = timezone.localdate() - timedelta(days=3)
    without = client.post(step(dossier, 7), {"pledge": "on", "scan": pdf("don.pdf")})
    assert list(without.context["form"].errors) == ["received_on"]
    assert reread(dossier).attachments.filter(kind="paper_application").count() == 1
    sent = client.post(step(dossier, 7), {"pledge": "on", "received_on": f"{received:%d/%m/%Y}"})
    assert sent.status_code == 302
    assert (reread(dossier).state, reread(dossier).received_on) == ("submitted", received)
