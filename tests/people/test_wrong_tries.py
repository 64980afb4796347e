"""Five wrong tries, then pauses that grow; the same for a name nobody has."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from notifications.sending import send_due
from people.models import SignInTries, User
from people.sign_in import tries
from people.sign_in.backend import account_of
from people.sign_in.told import tell_of_wrong_tries
from tests.people.test_sign_in import LOGIN, code_of, sign_in, signed_in, with_totp
from trust.models import AuditEvent

from .builders import PASSWORD, account

pytestmark = pytest.mark.django_db
WRONG = "sai-mat-khau-roi-2026"


@pytest.fixture(autouse=True)
def _english(client):
    client.cookies["ngon_ngu"] = "en"


def fail(client, name="an", times=tries.MOST):
    for _n in range(times):
        answer = sign_in(client, name, WRONG)
    return answer


def later(**time):
    """The clock of the counting moves on; sessions and pages keep theirs."""
    return patch.object(tries.timezone, "now", return_value=timezone.now() + timedelta(**time))


def test_four_wrong_tries_hold_nobody_up(client):
    account("an")
    fail(client, times=tries.MOST - 1)
    sign_in(client)
    assert signed_in(client)
    assert not SignInTries.objects.exists()  # and are forgotten with the sign-in


def test_after_five_even_the_right_password_waits(client):
    account("an")
    fail(client)
    page = sign_in(client).content.decode()
    assert "There were too many wrong tries. Try again in 1 minute;" in page and not signed_in(client)
    with later(minutes=1, seconds=1):
        sign_in(client)
    assert signed_in(client)


def test_each_further_wrong_try_waits_longer(client):
    account("an")
    waits, moved = [], timedelta()
    fail(client)
    for _n in range(7):
        with patch.object(tries.timezone, "now", return_value=timezone.now() + moved):
            row = SignInTries.objects.filter(account__isnull=False).get()
            waits.append(round((row.paused_until - row.last_at).total_seconds() / 60))
            moved += row.paused_until - row.last_at + timedelta(seconds=2)
        with patch.object(tries.timezone, "now", return_value=timezone.now() + moved):
            sign_in(client, "an", WRONG)
    assert waits == [1, 2, 5, 15, 30, 60, 60]


def test_the_count_stands_in_the_database_not_in_a_process(client):
    """A restarted or a second process has an empty cache of its own; so has this test after each clear."""
    account("an")
    for _n in range(tries.MOST):
        sign_in(client, "an", WRONG)
        cache.clear()
    sign_in(client)
    assert not signed_in(client)


def test_a_name_nobody_has_is_answered_alike_at_every_try(client):
    account("quen-7")
    others = Client()
    others.cookies["ngon_ngu"] = "en"
    for _n in range(tries.MOST + 2):
        known = sign_in(client, "quen-7", WRONG).content.decode()
        unknown = sign_in(others, "khach-8", WRONG).content.decode()
        assert "wrong tries" in known
        assert _without_tokens(known, "quen-7") == _without_tokens(unknown, "khach-8")


def _without_tokens(page, name):
    return re.sub(r'(value|content|data-csrf)="[^"]*"', "", page).replace(name, "·")


def test_both_names_of_a_person_share_one_count_and_nobody_learns_that_they_are_one(client):
    account("an")
    fail(client, "an")
    page = sign_in(client, "an@hungdao.example").content.decode()
    assert not signed_in(client)  # the account is paused, by its other name
    assert "The user name or the password is not right. After five wrong tries signing in pauses" in page
    assert "Try again in" not in page


def test_a_password_is_hashed_once_whoever_is_named(client):
    account("an")
    account("binh", is_active=False)
    counts = {}
    for name in ("an", "an@hungdao.example", "ma", "ma@hungdao.example", "binh"):
        with (
            patch.object(User, "check_password", return_value=False) as checked,
            patch.object(User, "set_password") as hashed,
        ):
            sign_in(client, name, WRONG)
        counts[name] = checked.call_count + hashed.call_count
    assert set(counts.values()) == {1}, counts


def test_a_known_and_an_unknown_name_cost_the_same_queries(client):
    account("an")
    sign_in(client, "x", WRONG)
    costs = []
    for name in ("an", "ma", "an@hungdao.example"):
        with CaptureQueriesContext(connection) as asked:
            sign_in(client, name, WRONG)
        costs.append(len(asked))
    assert len(set(costs)) == 1, costs


def test_the_owner_is_told_once_by_the_worker(client):
    an = account("an")
    fail(client)
    assert not an.notifications.exists()  # not from the page
    tell_of_wrong_tries()
    tell_of_wrong_tries()
    assert an.notifications.filter(event="people.wrong_tries").count() == 1
    send_due()
    assert [letter.to for letter in mail.outbox] == [["an@hungdao.example"]]
    assert "Có người đăng nhập sai 5 lần liền" in mail.outbox[0].body


def test_wrong_codes_of_the_second_step_count_too(client):
    an = account("an")
    secret = with_totp(an)
    sign_in(client)
    for _n in range(tries.MOST):
        page = client.post("/tai-khoan/2fa/authenticate/", {"code": "000000"}).content.decode()
    page = client.post("/tai-khoan/2fa/authenticate/", {"code": code_of(secret)}).content.decode()
    assert "There were too many wrong tries" in page and not signed_in(client)
    again = Client()
    sign_in(again)  # nor does the password open a new round of codes
    assert "/2fa/" not in (sign_in(again).headers.get("Location") or "")


def test_a_right_password_alone_forgets_nothing_while_the_second_step_is_open(client):
    an = account("an")
    with_totp(an)
    fail(client, times=tries.MOST - 1)
    sign_in(client)
    assert SignInTries.objects.get(account=an).count == tries.MOST - 1


def test_tries_of_yesterday_are_forgotten(client):
    account("an")
    fail(client, times=tries.MOST - 1)
    with later(hours=25):
        fail(client, times=1)
        assert SignInTries.objects.get(account__isnull=False).count == 1
    tries.drop_old(timezone.now() + timedelta(hours=60))
    assert not SignInTries.objects.exists()


def test_no_name_stands_in_the_table(client):
    account("an")
    fail(client, "an@hungdao.example", times=1)
    keys = list(SignInTries.objects.values_list("key", flat=True))
    assert [bool(re.fullmatch("[0-9a-f]{64}", key)) for key in keys] == [True, True]


def test_failures_and_sign_ins_are_in_the_audit_trail(client):
    an = account("an")
    fail(client)
    sign_in(client)
    with later(minutes=2):
        sign_in(client)
    kinds = list(AuditEvent.objects.order_by("pk").values_list("action", "outcome", "target_key"))
    assert kinds == [("signin.failed", "failed", str(an.pk))] * 5 + [
        ("signin.paused", "refused", str(an.pk)),
        ("signin.ok", "ok", str(an.pk)),
    ]


def test_a_shared_address_names_nobody():
    account("an")
    account("binh").__class__.objects.update(email="chung@hungdao.example")
    assert account_of("chung@hungdao.example") is None
    assert account_of("AN").username == "an"
    assert account_of("") is None


@pytest.mark.django_db(transaction=True)
def test_tries_sent_at_once_all_count():
    account("an")

    def one(_n):
        try:
            Client().post(LOGIN, {"login": "an", "password": WRONG})
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, range(8)))
    assert SignInTries.objects.get(account__isnull=False).count == tries.MOST
    client = Client()
    client.post(LOGIN, {"login": "an", "password": PASSWORD})
    assert not signed_in(client)
