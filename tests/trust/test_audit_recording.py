"""What a row of the audit trail holds, and that it is written once."""

from contextlib import contextmanager

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory

from tests.people import builders as people
from tests.trust.audit_guards import empty_trail
from trust import audit
from trust.append_only import Frozen
from trust.audit.context import answering, running
from trust.audit.recording import PersonalFact
from trust.models import AuditCheckpoint, AuditEvent, AuditSeal, Consent

pytestmark = pytest.mark.django_db

HIDDEN = "trust.test_happened"
audit.register_action(HIDDEN, "security", "Something happened")


@pytest.fixture(autouse=True)
def _empty_trail(db):
    empty_trail()


def a_request(user=None, **extra):
    request = RequestFactory().get("/theo-doi/ABCD-EFGH/?ma=bi-mat", REMOTE_ADDR="203.0.113.7", **extra)
    request.user = user or AnonymousUser()
    request.request_id = "a" * 32
    return request


def test_a_row_says_who_did_what_to_which_object_when_from_where():
    user = people.account("vanthu")
    row = audit.record(HIDDEN, request=a_request(user), target=user, outcome="refused", count=3, code="SK-1")
    kept = AuditEvent.objects.get()
    assert kept.pk == row.pk
    assert (kept.action, kept.kind, kept.outcome) == (HIDDEN, "security", "refused")
    assert (kept.actor_key, kept.account) == (user.pk, "vanthu")
    assert (kept.target_kind, kept.target_key) == ("people.user", str(user.pk))
    assert (kept.source, kept.address, kept.request_id) == ("web", "203.0.113.7", "a" * 32)
    assert kept.facts == {"count": 3, "code": "SK-1"}
    assert kept.at is not None


def test_an_address_with_a_code_in_it_is_not_kept():
    row = audit.record(HIDDEN, request=a_request())
    assert "ABCD" not in row.place
    assert "bi-mat" not in row.place


def test_the_request_being_answered_is_known_without_being_handed_over():
    user = people.account("vanthu")
    with answering(a_request(user)):
        row = audit.record(HIDDEN)
    assert (row.actor_key, row.address) == (user.pk, "203.0.113.7")
    outside = audit.record(HIDDEN)
    assert (outside.actor_key, outside.address, outside.source) == (None, "", "process")


def test_a_command_is_where_it_was_done():
    with running("command", "import_roster", "portal"):
        row = audit.record(HIDDEN)
    assert (row.source, row.place, row.account, row.actor_key) == ("command", "import_roster", "portal", None)


def test_nobody_signed_in_is_nobody():
    row = audit.record(HIDDEN, request=a_request())
    assert (row.actor_key, row.account) == (None, "")


def test_a_pair_names_what_is_no_row_of_the_database():
    row = audit.record(HIDDEN, target=("file", "papers/12"))
    assert (row.target_kind, row.target_key) == ("file", "papers/12")


@pytest.mark.parametrize(
    "value",
    [
        "Nguyễn Văn An",
        "an@hungdao.example",
        "0912345678",
        "so:031088001234",
        "hai từ",
        "x" * 81,
        1.5,
        {"a": 1},
        ["ok", "Nguyễn"],
        list(range(21)),
    ],
)
def test_facts_that_could_be_personal_are_refused(value):
    with pytest.raises(PersonalFact):
        audit.record(HIDDEN, fact=value)
    assert not AuditEvent.objects.exists()


def test_an_action_nobody_registered_is_refused():
    with pytest.raises(KeyError):
        audit.record("trust.never_registered")


def test_an_outcome_that_is_none_is_refused():
    with pytest.raises(ValueError, match="outcome"):
        audit.record(HIDDEN, outcome="perhaps")


@pytest.mark.parametrize("code", ["nodots", "Upper.case", "a..b", "a.b c", "a." + "b" * 60])
def test_a_malformed_code_is_refused(code):
    with pytest.raises(ValueError, match="code"):
        audit.register_action(code, "access", "x")


def test_a_code_keeps_its_kind():
    assert audit.register_action(HIDDEN, "security", "Something happened") == audit.action_of(HIDDEN)
    with pytest.raises(ValueError, match="already"):
        audit.register_action(HIDDEN, "access", "Something happened")


def test_the_row_goes_with_the_transaction_it_was_written_in():
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record(HIDDEN)
        raise RuntimeError
    assert not AuditEvent.objects.exists()


def test_the_row_outlives_the_account():
    user = people.account("vanthu")
    audit.record(HIDDEN, actor=user)
    key = user.pk
    user.delete()
    kept = AuditEvent.objects.get()
    assert (kept.actor_key, kept.account) == (key, "vanthu")


def test_the_code_of_the_portal_cannot_change_a_row():
    row = audit.record(HIDDEN)
    row.action = "trust.other"
    for change in (
        row.save,
        row.delete,
        AuditEvent.objects.all().delete,
        lambda: AuditEvent.objects.update(action="trust.other"),
    ):
        with pytest.raises(Frozen):
            change()


@contextmanager
def refused_by_the_database():
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        yield


TABLES = [model._meta.db_table for model in (AuditEvent, AuditSeal, AuditCheckpoint)]


@pytest.fixture
def a_row_in_each_table():
    now = audit.record(HIDDEN).at
    AuditSeal.objects.create(number=1, event_id=1, hash="0" * 64, key="k", sealed_at=now)
    AuditCheckpoint.objects.create(
        number=1, hash="0" * 64, removed=1, made_at=now, key="k", signature="0" * 64
    )


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET hash_or_id = 1", "DELETE FROM {}"])
def test_the_database_refuses_what_goes_around_the_code(a_row_in_each_table, table, statement):
    column = "id" if table == "trust_auditevent" else "hash"
    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute(statement.replace("hash_or_id = 1", f"{column} = {column}").format(table))


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", TABLES)
def test_the_database_refuses_to_empty_a_table(a_row_in_each_table, table):
    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {table}")


def test_a_transactional_test_can_empty_what_it_wrote(transactional_db):
    """What stands in the way of a flush is lifted for it, and back afterwards."""
    assert not AuditEvent.objects.filter(action=HIDDEN).exists()
    audit.record(HIDDEN)
    Consent.objects.count()
    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trust_auditevent")


def test_and_once_more_for_what_the_last_one_left(transactional_db):
    assert not AuditEvent.objects.filter(action=HIDDEN).exists()
    audit.record(HIDDEN)
    with refused_by_the_database(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trust_auditevent")
