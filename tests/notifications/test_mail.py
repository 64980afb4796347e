"""Sending: claims, retries, digests, workers that die."""

import threading
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as post
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, connections
from django.utils import timezone

from notifications import digest, sending
from notifications.models import MailState, OutboxMail, Preference, SkipReason
from notifications.outbox import next_digest

from .builders import DECIDED, RECEIVED, make_user, tell

pytestmark = pytest.mark.django_db
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


class Refusing(BaseEmailBackend):
    """A mail server that says no."""

    def send_messages(self, messages):
        raise ConnectionRefusedError("nobody listens")


class Watching(BaseEmailBackend):
    """Keeps what was sent, by whom, and whether a transaction was open meanwhile."""

    sent: list = []

    def send_messages(self, messages):
        for message in messages:
            self.sent.append((message.to[0], message.subject, connection.in_atomic_block))
            threading.Event().wait(0.002)
        return len(messages)


@pytest.fixture
def watching(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Watching"
    Watching.sent = []
    return Watching.sent


@pytest.fixture
def refusing(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"


def test_a_mail_is_sent_once_as_plain_text_with_the_code(settings):
    tell(DECIDED, make_user("lan"))
    assert sending.send_due() == (1, 0)
    assert sending.send_due() == (0, 0)
    [message] = post.outbox
    assert (message.to, message.content_subtype) == (["lan@hungdao.example"], "plain")
    assert "SK-2026-HD15" in message.subject
    assert message.extra_headers["Message-ID"].startswith("<outbox-")
    kept = OutboxMail.objects.get()
    assert (kept.state, kept.attempts, kept.sent_at is not None, kept.claimed_by) == ("sent", 1, True, "")


def test_retries_back_off_and_end_in_a_dead_letter_that_says_why(refusing):
    tell(DECIDED, make_user("lan"))
    now, pauses = timezone.now(), []
    for _ in range(6):
        sending.send_due(now + timedelta(seconds=1))
        kept = OutboxMail.objects.get()
        if kept.state == MailState.FAILED:
            pauses.append(round((kept.next_attempt_at - timezone.now()).total_seconds() / 60))
            now = kept.next_attempt_at
    assert pauses == [1, 5, 15, 60, 360]
    assert (kept.state, kept.attempts, kept.last_error) == ("dead", 6, "nobody listens")
    assert sending.send_due(now + timedelta(days=9)) == (0, 0)


def test_a_mail_waits_until_its_next_attempt(refusing, settings):
    tell(DECIDED, make_user("lan"))
    sending.send_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert sending.send_due(timezone.now() + timedelta(seconds=50)) == (0, 0)
    assert sending.send_due(timezone.now() + timedelta(seconds=70)) == (1, 0)


def test_skipped_mail_is_never_sent():
    tell(DECIDED, make_user("lan", email=""), make_user("mau", is_sample=True))
    assert sending.send_due() == (0, 0)
    assert set(OutboxMail.objects.values_list("skipped_why", flat=True)) == {"no_address", "sample"}


def test_a_worker_killed_while_sending_loses_its_claim_and_another_takes_over():
    tell(DECIDED, make_user("lan"))
    now = timezone.now()
    [mine] = sending.claim("killed", now)
    assert sending.claim("other", now + sending.LEASE - timedelta(seconds=1)) == []
    assert [m.pk for m in sending.claim("other", now + sending.LEASE)] == [mine.pk]
    sending._note(mine, "killed", "")  # the dead one wakes up late: the row is no longer its own
    assert OutboxMail.objects.get().state == MailState.QUEUED


def test_set_back_a_clock_makes_neither_a_mail_nor_a_lease_wait_for_the_hour_to_come_again():
    later = timezone.now()
    [mail] = [m for m in [*tell(DECIDED, make_user("lan"))] if m]
    an_hour_back = later - timedelta(hours=1)
    [claimed] = sending.claim("killed", an_hour_back)  # written "in the future": due all the same
    assert claimed.notification_id == mail.pk
    OutboxMail.objects.update(claimed_until=later + sending.LEASE)  # given before the clock was set back
    assert [m.pk for m in sending.claim("other", an_hour_back)] == [claimed.pk]
    assert sending.claim("third", an_hour_back) == []


def test_a_mail_that_kills_every_worker_is_given_up():
    tell(DECIDED, make_user("lan"))
    now = timezone.now()
    for _ in range(sending.MAX_ATTEMPTS + 1):
        sending.claim("killed", now)
        now += sending.LEASE
    kept = OutboxMail.objects.get()
    assert (kept.state, kept.last_error) == ("dead", sending.ENDED_WHILE_SENDING)


def test_what_the_budget_does_not_allow_is_given_back_uncounted(monkeypatch):
    tell(DECIDED, make_user("lan"), make_user("minh"))
    mails = sending.claim("slow", timezone.now())
    sending._give_back(mails[1:], "slow")
    given_back = OutboxMail.objects.get(pk=mails[1].pk)
    assert (given_back.attempts, given_back.claimed_by, given_back.state) == (0, "", "queued")


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_a_mail_is_sent(watching):
    tell(DECIDED, make_user("lan"))
    sending.send_due()
    assert [in_transaction for _, _, in_transaction in watching] == [False]


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_send_a_mail_twice(watching):
    people = [make_user(f"person{number}") for number in range(60)]
    tell(DECIDED, *people)

    def work(name):
        try:
            sending.send_due(worker=name)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work, args=(f"worker{number}",)) for number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(to for to, _, _ in watching) == sorted(person.email for person in people)
    assert set(OutboxMail.objects.values_list("state", "attempts")) == {("sent", 1)}


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2026, 11, 23, 6, 59, 59), datetime(2026, 11, 23, 7)),
        (datetime(2026, 11, 23, 7, 0), datetime(2026, 11, 24, 7)),
        (datetime(2026, 11, 30, 23, 59), datetime(2026, 12, 1, 7)),
    ],
)
def test_the_digest_goes_at_seven_in_the_morning_here(moment, expected):
    assert next_digest(moment.replace(tzinfo=HANOI)) == expected.replace(tzinfo=HANOI)


def test_a_digest_is_one_mail_with_all_of_the_persons_rows():
    lan = make_user("lan")
    Preference.objects.create(user=lan, wishes={"initiative": "digest"}, language="en")
    tell(RECEIVED, lan, subject="SK-2026-HD01")
    tell(RECEIVED, lan, subject="SK-2026-HD02", link="/sang-kien/2/")
    tell(DECIDED, lan, subject="SK-2026-HD03")
    seven = next_digest(timezone.now())
    assert sending.send_due() == (1, 0)  # the outcome does not wait
    digest.build_digests(seven - timedelta(seconds=1))
    assert sending.send_due(seven) == (0, 0)
    late = seven + timedelta(hours=3)  # the worker was stopped at seven
    digest.build_digests(late)
    digest.build_digests(late)
    assert sending.send_due(late) == (1, 0)
    message = post.outbox[-1]
    assert message.subject.startswith("2 notifications, ")
    assert [code in message.body for code in ("HD01", "HD02", "/sang-kien/2/", "HD03")] == [True] * 3 + [
        False
    ]
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {"sent"}


def test_a_digest_for_an_account_closed_meanwhile_says_why_it_did_not_go():
    lan = make_user("lan")
    Preference.objects.create(user=lan, wishes={"initiative": "digest"})
    tell(RECEIVED, lan)
    lan.is_active = False
    lan.save()
    digest.build_digests(next_digest(timezone.now()))
    assert list(OutboxMail.objects.values_list("state", "skipped_why")) == [("skipped", SkipReason.INACTIVE)]


def test_a_dead_digest_is_dead_for_each_of_its_rows_and_can_be_tried_again(refusing):
    lan = make_user("lan")
    Preference.objects.create(user=lan, wishes={"initiative": "digest"})
    tell(RECEIVED, lan)
    digest.build_digests(next_digest(timezone.now()))
    summary = OutboxMail.objects.get(digest=False)
    OutboxMail.objects.filter(pk=summary.pk).update(attempts=5)
    sending.send_due(next_digest(timezone.now()))
    assert set(OutboxMail.objects.values_list("state", "last_error")) == {("dead", "nobody listens")}
    assert sending.send_again(summary.pk) is True
    assert set(OutboxMail.objects.values_list("state", flat=True)) == {"queued"}
