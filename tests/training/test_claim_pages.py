"""The pages of courses taken elsewhere and of exemptions: who gets what, and what stands on them."""

from dataclasses import fields
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.html import assert_sound
from training import credits, exemptions
from training.models import Exemption, OutsideCredit

from . import builders
from .claim_people import People, certificate_file, make_people

pytestmark = [pytest.mark.django_db, pytest.mark.once]
REASON = "Điều trị dài ngày 6620"
CREDITS = "/dao-tao/tin-chi-ngoai/"
EXEMPTIONS = "/dao-tao/mien/"


@pytest.fixture
def people():
    return make_people()


def submit(user, staff=None, number="12/GCN"):
    handed = credits.Handed(
        builders.requirement(), date(2026, 3, 14), 180, "Lớp kín 4471", "Sở", number, (3, 6)
    )
    return credits.submit(user, staff or user.staff, handed, credits.store_certificate(certificate_file()))


def ask(user, staff=None, since=date(2026, 3, 1)):
    asked = exemptions.Asked(builders.requirement(), since, since + timedelta(days=90), REASON)
    return exemptions.ask(user, staff or user.staff, asked)


def statuses(client, people, address, method="get"):
    """`{user name: status}`, the anonymous as ""."""
    found = {}
    for name, user in {"": None, **people.everybody()}.items():
        client.force_login(user) if user else client.logout()
        answer = getattr(client, method)(address)
        if answer.streaming:
            b"".join(answer.streaming_content)  # read to its end, it closes its file
        found[name] = answer.status_code
    return found


def all_but(others, **named):
    return {"": 302} | dict.fromkeys((field.name for field in fields(People)), others) | named


def test_who_gets_which_page_of_a_credit(client, people):
    credit = submit(people.canbo)
    at = credit.get_absolute_url()
    sees = {"canbo": 200, "truong": 200, "daotao": 200, "daotao2": 200}
    assert statuses(client, people, CREDITS) == all_but(200)
    assert statuses(client, people, f"{CREDITS}khai/") == all_but(200, goc=403)
    assert statuses(client, people, at) == all_but(404, **sees)
    assert statuses(client, people, f"{at}tep/") == all_but(404, **sees)
    decides = sees | {"canbo": 403}
    for step in ("xac-minh/", "khong-nhan/"):
        assert statuses(client, people, f"{at}{step}") == all_but(404, **decides)
        assert statuses(client, people, f"{at}{step}", "post") == all_but(404, **decides)
    assert OutsideCredit.objects.get().state == "submitted"


def test_who_gets_which_page_of_an_exemption(client, people):
    exemption = ask(people.truong, people.canbo.staff)
    at = exemption.get_absolute_url()
    sees = {"canbo": 200, "truong": 200, "nhansu": 200, "nhansu2": 200}
    assert statuses(client, people, EXEMPTIONS) == all_but(200)
    assert statuses(client, people, f"{EXEMPTIONS}de-nghi/") == all_but(200, goc=403)
    assert statuses(client, people, at) == all_but(404, **sees)
    answers = sees | {"canbo": 403, "truong": 403}
    for step in ("duyet/", "khong-duyet/"):
        assert statuses(client, people, f"{at}{step}") == all_but(404, **answers)
    assert statuses(client, people, f"{at}khong-duyet/", "post") == all_but(404, **answers)
    assert Exemption.objects.get().state == "requested"


def test_the_reason_of_an_exemption_is_on_the_page_of_personnel_alone(client, people):
    exemption = ask(people.truong, people.canbo.staff)
    shown = set()
    addresses = [EXEMPTIONS, exemption.get_absolute_url(), "/viec-cua-toi/", "/thong-bao/"]
    addresses += [f"{exemption.get_absolute_url()}{step}" for step in ("duyet/", "khong-duyet/")]
    addresses += ["/dao-tao/ho-so/", "/dao-tao/ho-so/HD-canbo/", "/dao-tao/ho-so/HD-canbo/trich-yeu/"]
    for name in ("canbo", "truong", "dongnghiep", "daotao", "nhansu", "lanhdao", "quantri"):
        client.force_login(people.everybody()[name])
        if any("6620" in client.get(address).content.decode() for address in addresses):
            shown.add(name)
    assert shown == {"nhansu"}


def test_a_course_is_handed_in_read_verified_and_its_file_served(client, people):
    client.force_login(people.canbo)
    page = client.get(f"{CREDITS}khai/").content.decode()
    assert_sound(page)
    assert 'name="staff_code"' not in page
    typed = {
        "title": "Lớp an toàn",
        "issuer": "Sở",
        "completed_on": "14/03/2026",
        "minutes": "180",
        "certificate_number": "12/GCN",
        "requirement": "digital-skills",
        "topics": ["3", "6"],
    }
    assert client.post(f"{CREDITS}khai/", typed).status_code == 200  # no file chosen
    answer = client.post(f"{CREDITS}khai/", typed | {"file": certificate_file()})
    credit = OutsideCredit.objects.get()
    assert answer.url == credit.get_absolute_url()
    assert (credit.minutes, credit.topics, credit.staff, credit.submitter) == (
        180,
        [3, 6],
        people.canbo.staff,
        people.canbo.staff,
    )
    again = client.post(f"{CREDITS}khai/", typed | {"file": certificate_file()})
    assert (again.status_code, OutsideCredit.objects.count()) == (200, 1)
    assert_sound(again.content)
    client.force_login(people.truong)
    for address in (CREDITS, answer.url, f"{answer.url}xac-minh/", f"{answer.url}khong-nhan/"):
        assert_sound(client.get(address).content)
    file = client.get(f"{answer.url}tep/")
    assert (b"".join(file.streaming_content)[:8], file["Content-Type"]) == (b"%PDF-1.4", "application/pdf")
    assert file["Cache-Control"] == "private, no-store"
    done = client.post(f"{answer.url}xac-minh/", {"topics": ["6"], "level": "2"})
    assert done.url == answer.url
    credit.refresh_from_db()
    assert (credit.state, credit.topics, credit.level) == ("verified", [6], 2)
    late = client.post(f"{answer.url}xac-minh/", {"level": "2"}, follow=True)
    assert late.redirect_chain == [(answer.url, 302)]


def test_a_program_named_as_a_certificate_is_not_taken(client, people):
    client.force_login(people.canbo)
    typed = {"title": "Lớp", "issuer": "Sở", "completed_on": "14/03/2026", "minutes": "180"}
    typed |= {"requirement": "digital-skills", "file": certificate_file("a.pdf", b"MZ\x90 program")}
    answer = client.post(f"{CREDITS}khai/", typed)
    assert (answer.status_code, OutsideCredit.objects.count()) == (200, 0)
    assert "Lớp" in answer.content.decode()


def test_the_officer_names_whose_course_it_is(client, people):
    client.force_login(people.daotao)
    assert 'value="HD-canbo"' in client.get(f"{CREDITS}khai/?ma=HD-canbo").content.decode()
    typed = {"title": "Lớp", "issuer": "Sở", "completed_on": "14/03/2026", "minutes": "180"}
    typed |= {"requirement": "digital-skills", "staff_code": "HD-khong-co", "file": certificate_file()}
    assert client.post(f"{CREDITS}khai/", typed).status_code == 200
    answer = client.post(f"{CREDITS}khai/", typed | {"staff_code": "HD-canbo", "file": certificate_file()})
    credit = OutsideCredit.objects.get()
    assert (credit.staff, credit.submitter, answer.status_code) == (
        people.canbo.staff,
        people.daotao.staff,
        302,
    )


def test_an_exemption_is_asked_for_by_its_last_day_and_answered(client, people):
    client.force_login(people.truong)
    assert_sound(client.get(f"{EXEMPTIONS}de-nghi/").content)
    typed = {
        "staff_code": "HD-canbo",
        "requirement": "digital-skills",
        "start_on": "01/03/2026",
        "last_day": "30/06/2026",
        "reason": REASON,
    }
    turned = client.post(f"{EXEMPTIONS}de-nghi/", typed | {"last_day": "28/02/2026"})
    assert (turned.status_code, Exemption.objects.count()) == (200, 0)
    answer = client.post(f"{EXEMPTIONS}de-nghi/", typed)
    exemption = Exemption.objects.get()
    assert (exemption.end_before, exemption.reason, answer.url) == (
        date(2026, 7, 1),
        REASON,
        exemption.get_absolute_url(),
    )
    assert "30/06/2026" in client.get(answer.url).content.decode()
    client.force_login(people.nhansu)
    for address in (EXEMPTIONS, answer.url, f"{answer.url}duyet/", f"{answer.url}khong-duyet/"):
        assert_sound(client.get(address).content)
    assert client.post(f"{answer.url}khong-duyet/", {"reason": ""}).status_code == 200
    assert client.post(f"{answer.url}duyet/", {"decision_number": "5/QĐ"}).url == answer.url
    exemption.refresh_from_db()
    assert (exemption.state, exemption.approver, exemption.decision_number) == (
        "approved",
        people.nhansu.staff,
        "5/QĐ",
    )


def test_the_one_day_exemption_begins_and_ends_on_that_day(client, people):
    client.force_login(people.canbo)
    typed = {"requirement": "digital-skills", "start_on": "05/03/2026", "last_day": "05/03/2026"}
    client.post(f"{EXEMPTIONS}de-nghi/", typed | {"reason": REASON})
    exemption = Exemption.objects.get()
    assert (exemption.start_on, exemption.end_before) == (date(2026, 3, 5), date(2026, 3, 6))


def test_what_was_typed_survives_signing_in(client, people):
    client.force_login(people.canbo)
    client.get(f"{EXEMPTIONS}de-nghi/")
    client.logout()
    typed = {"requirement": "digital-skills", "start_on": "05/03/2026", "reason": REASON}
    assert client.post(f"{EXEMPTIONS}de-nghi/", typed).status_code == 302
    client.post("/tai-khoan/login/", {"login": people.canbo.username, "password": "only-for-tests-14"})
    assert "6620" in client.get(f"{EXEMPTIONS}de-nghi/").content.decode()
    assert Exemption.objects.count() == 0


def test_the_work_pages_link_to_what_waits(client, people):
    credit, exemption = submit(people.canbo), ask(people.canbo)
    for name, link in (("truong", credit), ("daotao", credit), ("nhansu", exemption)):
        client.force_login(people.everybody()[name])
        assert link.get_absolute_url() in client.get("/viec-cua-toi/").content.decode()


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("daotao", CREDITS),
        ("daotao", f"{CREDITS}?xem=tat-ca"),
        ("truong", CREDITS),
        ("canbo", CREDITS),
        ("nhansu", EXEMPTIONS),
        ("canbo", EXEMPTIONS),
    ],
)
def test_lists_cost_the_same_queries_for_one_row_and_thirty(client, people, who, address):
    client.force_login(people.everybody()[who])

    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert_sound(client.get(address).content)
        return len(captured)

    submit(people.canbo)
    ask(people.canbo)
    client.get(address)
    one = queries()
    for number in range(29):
        submit(people.canbo, number=f"{number}/N")
        ask(people.canbo, since=date(2030 + number, 1, 1))
    assert queries() == one


def test_days_of_tomorrow_are_answered_in_the_form(client, people):
    client.force_login(people.canbo)
    tomorrow = timezone.localdate() + timedelta(days=1)
    typed = {"title": "Lớp", "issuer": "Sở", "completed_on": f"{tomorrow:%d/%m/%Y}", "minutes": "180"}
    typed |= {"requirement": "digital-skills", "file": certificate_file()}
    answer = client.post(f"{CREDITS}khai/", typed)
    assert (answer.status_code, answer.context["form"].errors.keys()) == (200, {"completed_on"})
