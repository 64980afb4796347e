"""Two people at once: both figures are known, neither is lost, each step leaves one line."""

import threading

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from plan.models import Part, ReportedValue, TargetChange, TargetDefinition, TargetUnit
from plan.targets import owners

from .builders import make_plan_ward
from .target_builders import target

pytestmark = pytest.mark.django_db(transaction=True)
ONE = "/ke-hoach/dieu-hanh/chi-tieu/B1/"


@pytest.fixture
def ward():
    return make_plan_ward()


def together(clients, send):
    answers, barrier = [None] * len(clients), threading.Barrier(len(clients))

    def run(number):
        try:
            barrier.wait(10)
            answers[number] = send(clients[number], number)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def signed_in(*users):
    clients = []
    for user in users:
        clients.append(Client())
        clients[-1].force_login(user)
    return clients


def test_of_four_people_typing_at_once_one_saves_and_the_others_see_it(ward):
    clients = signed_in(ward.baocaokt, ward.truongkt, ward.baocaokt, ward.truongkt)
    today = timezone.localdate()
    path = f"{ONE}so-lieu/{today.year}/KTHTDT/"
    base = clients[0].get(path).context["form"]["base"].value()

    def send(client, number):
        return client.post(path, {"base": base, "as_of": f"{today:%d/%m/%Y}", "numerator": str(number + 1)})

    answers = together(clients, send)
    assert sorted(answer.status_code for answer in answers) == [302, 409, 409, 409]
    row = ReportedValue.objects.get()
    for number, answer in enumerate(answers):
        if answer.status_code == 409:
            page = answer.content.decode()
            assert f'name="numerator" value="{number + 1}"' in page
            assert row.by_name in page
    assert TargetChange.objects.filter(change="value_reported").count() == 1


def test_two_units_typing_at_once_both_count(ward):
    from people.models import Unit

    TargetUnit.objects.create(target=target("B1"), unit=Unit.objects.get(code="VHXH"), part=Part.LEAD)
    today = timezone.localdate()

    def send(client, number):
        path = f"{ONE}so-lieu/{today.year}/{('KTHTDT', 'VHXH')[number]}/"
        base = client.get(path).context["form"]["base"].value()
        return client.post(path, {"base": base, "as_of": f"{today:%d/%m/%Y}", "numerator": "2"})

    answers = together(signed_in(ward.baocaokt, ward.baocao), send)
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ReportedValue.objects.count() == 2


def test_two_clicks_confirm_once(ward):
    seen = owners.state_of(target("B1").parts.all())
    answers = together(
        signed_in(ward.dieuphoi, ward.dieuphoi),
        lambda client, _number: client.post(f"{ONE}don-vi/xac-nhan/", {"seen": seen}),
    )
    assert [answer.status_code for answer in answers] == [302, 302]
    assert TargetChange.objects.filter(change="owners_confirmed").count() == 1


def test_two_redefinitions_at_once_make_one_version(ward):
    last = target("B1").definitions.last()
    sent = {
        "seen": 1,
        "indicator": last.indicator,
        "is_measurable": "yes",
        "measured_in": last.measured_in,
        "comparator": ">=",
        "goal": "3",
        "in_force_on": "01/07/2026",
        "reason": "Thử",
    }

    def send(client, number):
        return client.post(f"{ONE}cach-tinh/", sent | {"numerator": f"Cách {number}"})

    answers = together(signed_in(ward.dieuphoi, ward.dieuphoi), send)
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert TargetDefinition.objects.filter(target=target("B1")).count() == 2
