"""The mail server hangs, refuses, accepts half; the worker is killed while it sends."""

import contextlib
import os
import signal
import socket
import threading
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from bench.server import free_port
from notifications import bounded_smtp, sending
from notifications.models import OutboxMail
from tests.notifications.builders import DECIDED, make_user, tell

from .machines import until
from .mail import MailServer

PEOPLE = ["an", "binh", "chi", "dung"]


@pytest.fixture
def server():
    with MailServer() as one:
        yield one


@pytest.fixture
def world(open_portal):
    """Four people with a mail each, and the ORM on their database."""
    portal = open_portal("postgresql")
    people = [make_user(name) for name in PEOPLE]
    tell(DECIDED, *people)
    return portal


def at(server, settings):
    """Mail of this process goes to `server`."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.controller.port


def states():
    return {mail.to.split("@")[0]: (mail.state, mail.attempts) for mail in OutboxMail.objects.all()}


def addresses(*names):
    return [f"{name}@hungdao.example" for name in names]


def test_one_bad_recipient_does_not_stop_the_others_and_nobody_gets_a_mail_twice(world, server, settings):
    at(server, settings)
    server.refused = {"binh@hungdao.example": "550 5.1.1 No such user", "chi@hungdao.example": "451 Later"}
    assert sending.send_due() == (2, 2)
    assert sending.send_due() == (0, 0)
    assert states() == {"an": ("sent", 1), "binh": ("failed", 1), "chi": ("failed", 1), "dung": ("sent", 1)}
    assert OutboxMail.objects.get(to="binh@hungdao.example").last_error == "550 5.1.1 No such user"
    server.refused = {}
    assert sending.send_due(timezone.now() + timedelta(minutes=2)) == (2, 0)
    assert sorted(to for to, _id in server.taken) == addresses(*PEOPLE)


def test_a_server_that_refuses_everybody_is_tried_again_after_growing_pauses(world, settings):
    class Nobody:
        class controller:
            port = free_port()

    at(Nobody, settings)
    now, pauses = timezone.now(), []
    for _ in range(3):
        began = timezone.now()
        assert sending.send_due(now + timedelta(seconds=1)) == (0, 4)
        waits = OutboxMail.objects.values_list("next_attempt_at", flat=True)
        pauses.append({round((at_ - began).total_seconds() / 60) for at_ in waits})
        now = max(waits)
    assert pauses == [{1}, {5}, {15}]


def test_a_server_that_hangs_holds_up_one_mail_for_a_stated_time_and_the_others_go(
    world, server, settings, monkeypatch
):
    monkeypatch.setattr(sending, "SERVER_PATIENCE", 1)
    at(server, settings)
    server.hangs_for = {"an@hungdao.example"}
    began = time.monotonic()
    assert sending.send_due() == (3, 1)
    assert time.monotonic() - began < 30
    assert states()["an"] == ("failed", 1)
    assert sorted(to for to, _id in server.taken) == addresses("binh", "chi", "dung")


def test_a_server_that_answers_letter_by_letter_is_hung_up_on(world, settings, monkeypatch):
    monkeypatch.setattr(bounded_smtp, "WHOLE_CONVERSATION", 2.0)
    listener = socket.create_server(("127.0.0.1", 0))

    def drip():
        with contextlib.suppress(OSError):
            while True:
                line, _address = listener.accept()
                with line, contextlib.suppress(OSError):
                    while True:
                        line.send(b"2")
                        time.sleep(0.2)

    threading.Thread(target=drip, daemon=True).start()

    class Dripping:
        class controller:
            port = listener.getsockname()[1]

    at(Dripping, settings)
    OutboxMail.objects.exclude(to="an@hungdao.example").update(state="skipped")
    began = time.monotonic()
    assert sending.send_due() == (0, 1)
    assert time.monotonic() - began < 20
    listener.close()


def test_a_worker_killed_before_the_server_took_the_mail_sends_it_once_after_its_lease(world, server):
    _kill_at(world, server, "before_accepting")
    assert server.taken == []
    _lease_is_over()
    _send_the_rest(world)
    assert sorted(to for to, _id in server.taken) == addresses(*PEOPLE)


def test_a_worker_killed_between_taken_and_noted_sends_a_second_copy_of_the_same_message_id_and_no_third(
    world, server
):
    _kill_at(world, server, "after_accepting")
    [first] = server.taken
    _lease_is_over()
    _send_the_rest(world)
    assert sorted({to for to, _id in server.taken}) == addresses(*PEOPLE)
    assert server.taken.count(first) == 2  # recipient and Message-ID alike: mail programs show one
    assert len(server.taken) == len(PEOPLE) + 1


def _kill_at(world, server, moment):
    """A real worker sends; in its first mail it is killed."""
    world.worker.environment["EMAIL_URL"] = server.url
    dead = threading.Event()

    def kill(recipient):
        if not dead.is_set():
            os.kill(world.worker.process.pid, signal.SIGKILL)
            dead.set()

    setattr(server, moment, kill)
    world.worker.start()
    until(dead.is_set, "no mail came")
    world.worker.process.wait(30)
    if moment == "before_accepting":
        server.taken.clear()  # the server never said that it took it
    sending_now = OutboxMail.objects.filter(claimed_by__gt="")
    assert sending_now.count() == len(PEOPLE)  # claimed together, free again when the lease ends


def _lease_is_over():
    OutboxMail.objects.filter(claimed_by__gt="").update(claimed_until=timezone.now())


def _send_the_rest(world):
    world.worker.start()
    until(lambda: {state for state, _n in states().values()} == {"sent"}, "not all was sent")
    world.worker.stop()
