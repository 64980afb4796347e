"""Two people at once: one wins, the other is told, the history has one line."""

import threading

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from ideas.models import Decision, Initiative

from . import builders
from .test_dossier_steps import accept_ready, pdf, url

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _reference(db):
    """What a transactional test before this one emptied."""
    from django.apps import apps

    from ideas.reference_data import load_reference_data

    load_reference_data(sender=apps.get_app_config("ideas"), using="default")


def together(clients, send):
    """Each client sends at the same moment, in a thread of its own; the answers in order."""
    answers, barrier = [None] * len(clients), threading.Barrier(len(clients))

    def run(number):
        try:
            barrier.wait(10)
            answers[number] = send(clients[number])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def signed_in(user):
    client = Client()
    client.force_login(user)
    client.cookies["ngon_ngu"] = "en"
    return client


def test_two_browsers_of_the_secretary_accept_at_once():
    ward = builders.make_ward()
    initiative = accept_ready(ward)
    seen = initiative.history.order_by("-pk").first().pk
    clients = [signed_in(ward.thuky) for _ in range(4)]
    answers = together(clients, lambda client: client.post(url(initiative, "accept"), {"seen": seen}))
    assert sorted(answer.status_code for answer in answers) == [302, 409, 409, 409]
    loser = next(answer for answer in answers if answer.status_code == 409)
    assert "by Trần Văn Bình: Dossier accepted" in loser.content.decode()
    assert initiative.history.filter(transition="accept").count() == 1


def test_acceptance_and_withdrawal_at_once_leave_one_line_more():
    ward = builders.make_ward()
    initiative = accept_ready(ward)
    before = initiative.history.count()
    seen = initiative.history.order_by("-pk").first().pk
    steps = {ward.thuky.pk: ("refuse", "public_reason"), ward.tacgia.pk: ("withdraw", "reason")}

    def send(client):
        step, field = steps[int(client.session["_auth_user_id"])]
        return client.post(url(initiative, step), {"seen": seen, field: "Lý do"})

    answers = together([signed_in(ward.thuky), signed_in(ward.tacgia)], send)
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert initiative.history.count() == before + 1
    assert Initiative.objects.get(pk=initiative.pk).state in ("refused", "withdrawn")


def test_two_corrections_at_once_make_one():
    ward = builders.make_ward()
    initiative = builders.recognised(ward)
    seen = initiative.history.order_by("-pk").first().pk
    day = timezone.localdate().strftime("%d/%m/%Y")

    def send(client):
        data = {"seen": seen, "reason": "Sai tên", "number": "500/QĐ-UBND", "decided_on": day, "file": pdf()}
        return client.post(url(initiative, "correct"), data)

    answers = together([signed_in(ward.lanhdao), signed_in(ward.lanhdao)], send)
    assert sorted(answer.status_code for answer in answers) == [302, 409]
    assert Decision.objects.filter(kind="correct").count() == 1


def test_two_ticks_at_once_are_both_kept():
    ward = builders.make_ward()
    initiative = builders.submitted(ward)
    items = iter(["form", "authors", "kind", "body"])
    clients = [(signed_in(ward.thuky), item) for item in items]
    answers = together(
        clients,
        lambda pair: pair[0].post(
            f"{initiative.get_absolute_url()}kiem-tra/", {"item": pair[1], "done": "1"}
        ),
    )
    assert [answer.status_code for answer in answers] == [302] * 4
    initiative.refresh_from_db()
    assert initiative.formality_checklist == dict.fromkeys(["form", "authors", "kind", "body"], True)
