"""The chain of the audit trail: whoever changes, removes, reorders or cuts it off is found.

Each kind of tampering is really done, by SQL, as somebody with all rights on the database would: the triggers
are taken away first. What they do not have is the key.
"""

import json
import os
import subprocess
import sys
import threading
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from tests.trust.audit_guards import empty_trail, lifted
from trust import audit
from trust.audit import anchors, checking, keeping, sealing
from trust.models import AuditCheckpoint, AuditEvent, AuditPermit, AuditSeal

ROOT = Path(__file__).resolve().parents[2]
HAPPENED = "trust.test_happened"
audit.register_action(HAPPENED, "security", "Something happened")


@pytest.fixture(autouse=True)
def _trail_of_its_own(db, settings, tmp_path):
    empty_trail()
    settings.AUDIT_ANCHOR_FILE = tmp_path / "log" / "anchors.jsonl"


def events(count, **facts):
    return [audit.record(HAPPENED, count=n, **facts) for n in range(count)]


@pytest.fixture
def chain(db):
    """Six sealed events, and an anchor at the fifth."""
    made = events(5)
    sealing.seal_new()
    anchors.drop_anchor()
    made += events(1)
    sealing.seal_new()
    return made


def sql(*statements):
    """As somebody with all rights on the database."""
    with lifted(connection), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def found():
    return [(finding.code, finding.number, finding.event) for finding in checking.check().findings]


def test_what_nobody_touched_is_intact(chain):
    report = checking.check()
    assert (report.intact, report.first, report.last, report.seals, report.unsealed) == (True, 1, 6, 6, 0)
    assert report.hash == AuditSeal.objects.get(number=6).hash


def test_an_empty_trail_is_intact(db):
    assert checking.check().intact


def test_the_hash_is_the_same_on_every_database(settings, db):
    """Worked out once and for all: a database that reads times or facts otherwise would break old chains."""
    settings.AUDIT_KEY = "a key of the test"
    event = AuditEvent(
        pk=77,
        at=datetime.fromisoformat("2026-11-30T08:15:02.000400+07:00"),
        action=HAPPENED,
        kind="security",
        account="vanthu",
        actor_key=5,
        facts={"b": [1, "x", None], "a": True},
    )
    event.save(force_insert=True)
    sealing.seal_new()
    contents = sealing.contents_of(AuditEvent.objects.all())[77]
    assert contents == (
        '[77,"2026-11-30T01:15:02.000400+00:00","trust.test_happened","security","ok",5,"vanthu",'
        '"","","web","","","",{"a":true,"b":[1,"x",null]}]'
    )
    assert AuditSeal.objects.get().hash == sealing.link(sealing.current_key(), sealing.BEGINNING, 1, contents)


@pytest.mark.parametrize(
    "change",
    [
        "account = 'somebody'",
        "actor_key = 99",
        "outcome = 'failed'",
        "address = '10.0.0.1'",
        "at = '2026-01-01 00:00:00+00:00'",
        "target_key = '12'",
        "facts = '{\"count\": 9}'",
        "place = 'x'",
        "kind = 'access'",
        "action = 'trust.other'",
        "request_id = 'x'",
        "source = 'worker'",
        "target_kind = 'x'",
    ],
)
def test_an_event_that_was_changed_is_named(chain, change):
    sql(f"UPDATE trust_auditevent SET {change} WHERE id = {chain[2].pk}")
    assert found() == [("changed", 3, chain[2].pk)]


def test_an_event_that_was_removed_is_named(chain):
    sql(f"DELETE FROM trust_auditevent WHERE id = {chain[2].pk}")
    assert found() == [("event_missing", 3, chain[2].pk)]


def test_an_event_removed_with_its_seal_is_missed(chain):
    sql(
        f"DELETE FROM trust_auditevent WHERE id = {chain[2].pk}",
        "DELETE FROM trust_auditseal WHERE number = 3",
    )
    assert found() == [("seals_missing", 4, None)]


def test_closing_the_gap_by_new_numbers_is_seen(chain):
    sql(
        f"DELETE FROM trust_auditevent WHERE id = {chain[2].pk}",
        "DELETE FROM trust_auditseal WHERE number = 3",
        "UPDATE trust_auditseal SET number = 3 WHERE number = 4",
        "UPDATE trust_auditseal SET number = 4 WHERE number = 5",
        "UPDATE trust_auditseal SET number = 5 WHERE number = 6",
    )
    assert [code for code, _number, _event in found()] == ["changed", "changed", "changed", "anchor_differs"]


def test_two_events_in_another_order_are_named(chain):
    first, second = chain[1].pk, chain[2].pk
    sql(
        "UPDATE trust_auditseal SET event_id = -1 WHERE number = 2",
        f"UPDATE trust_auditseal SET event_id = {first} WHERE number = 3",
        f"UPDATE trust_auditseal SET event_id = {second} WHERE number = 2",
    )
    assert found() == [("changed", 2, second), ("changed", 3, first)]


def test_a_seal_that_was_changed_is_named_with_the_one_built_on_it(chain):
    sql(f"UPDATE trust_auditseal SET hash = '{'a' * 64}' WHERE number = 3")
    assert found() == [("changed", 3, chain[2].pk), ("changed", 4, chain[3].pk)]


def test_a_chain_made_anew_without_the_key_is_seen(chain, settings):
    sql(f"UPDATE trust_auditevent SET account = 'x' WHERE id = {chain[2].pk}", "DELETE FROM trust_auditseal")
    own = sealing.current_key().fingerprint
    settings.AUDIT_KEY = "what a thief made up"
    sealing.seal_new(thorough=True)
    sql(f"UPDATE trust_auditseal SET key = '{own}'")
    settings.AUDIT_KEY = ""
    assert found() == [
        *[("changed", n + 1, event.pk) for n, event in enumerate(chain)],
        ("anchor_differs", 5, None),
    ]


def test_an_end_that_was_cut_off_is_seen_by_the_anchor(chain):
    sql(
        "DELETE FROM trust_auditseal WHERE number >= 4",
        f"DELETE FROM trust_auditevent WHERE id >= {chain[3].pk}",
    )
    assert found() == [("tail_cut", 5, None)]


def test_a_trail_that_was_emptied_is_seen_by_the_anchor(chain):
    sql("DELETE FROM trust_auditseal", "DELETE FROM trust_auditevent")
    assert found() == [("tail_cut", 5, None)]


def test_an_end_cut_off_after_the_last_anchor_is_seen_by_one_from_the_log(chain):
    number, digest = sealing.end_of_chain()
    sql(
        "DELETE FROM trust_auditseal WHERE number = 6",
        f"DELETE FROM trust_auditevent WHERE id = {chain[5].pk}",
    )
    assert found() == []  # what the daily anchor does not cover yet
    report = checking.check(extra_anchors=[(number, digest)])
    assert [(f.code, f.number) for f in report.findings] == [("tail_cut", 6)]


def test_an_end_cut_off_and_grown_again_differs_from_the_anchor(chain):
    sql(
        "DELETE FROM trust_auditseal WHERE number >= 4",
        f"DELETE FROM trust_auditevent WHERE id >= {chain[3].pk}",
    )
    events(4)
    sealing.seal_new()
    assert found() == [("anchor_differs", 5, None)]


def test_a_beginning_that_was_removed_is_seen(chain):
    sql(
        "DELETE FROM trust_auditseal WHERE number <= 2",
        f"DELETE FROM trust_auditevent WHERE id <= {chain[1].pk}",
    )
    assert found() == [("beginning_missing", 3, None)]


def test_an_event_slipped_in_past_the_portal_is_named(chain):
    long_ago = timezone.now() - timedelta(days=40)
    sql(
        "INSERT INTO trust_auditevent (id, at, action, kind, outcome, account, target_kind, target_key,"
        f" source, address, place, request_id, facts) VALUES (-5, '{_written(long_ago)}', 'x.y', 'access',"
        " 'ok', 'somebody', '', '', 'web', '', '', '', '{}')"
    )
    assert found() == [("never_sealed", None, -5)]


def test_fresh_events_may_wait_an_hour_for_their_seal(chain):
    events(2)
    assert checking.check().unsealed == 2
    assert checking.check().intact
    assert not checking.check(now=timezone.now() + timedelta(hours=2)).intact


def test_a_trigger_that_is_gone_is_named(db):
    on = "" if connection.vendor == "sqlite" else " ON trust_auditseal"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER trust_auditseal_no_delete{on}")
    report = checking.check()
    assert [(f.code, f.detail) for f in report.findings] == [("trigger_missing", "trust_auditseal_no_delete")]


# ---- keys


def test_a_new_key_goes_on_where_the_old_one_stopped(chain, settings):
    settings.AUDIT_OLD_KEYS = [settings.AUDIT_KEY or settings.SECRET_KEY]
    settings.AUDIT_KEY = "the key of next year"
    events(2)
    sealing.seal_new()
    assert found() == []
    assert len(set(AuditSeal.objects.values_list("key", flat=True))) == 2


def test_a_key_that_was_lost_is_called_lost_not_tampering(chain, settings):
    settings.AUDIT_KEY = "the key of next year"
    assert {code for code, _number, _event in found()} == {"unknown_key"}


# ---- writers at once


@pytest.mark.django_db(transaction=True)
def test_writers_and_sealers_at_once_leave_one_chain():
    wrong, before = [], AuditEvent.objects.count()  # the first data of an empty portal has its events

    def work(act, times):
        try:
            for _n in range(times):
                act()
        except Exception as error:
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(lambda: audit.record(HAPPENED), 20)) for _n in range(4)]
    threads += [threading.Thread(target=work, args=(sealing.seal_new, 10)) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    sealing.seal_new(thorough=True)
    report = checking.check()
    assert (report.findings, report.seals) == ([], before + 80)


@pytest.mark.django_db(transaction=True)
def test_an_event_whose_transaction_ended_late_is_sealed_all_the_same():
    """On PostgreSQL its number is smaller than a sealed one; SQLite lets nobody write meanwhile."""
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time")
    sealing.seal_new()
    written, go_on, before = threading.Event(), threading.Event(), AuditSeal.objects.count()

    def slow():
        with transaction.atomic():
            audit.record(HAPPENED, count=1)
            written.set()
            go_on.wait(20)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(20)
    later = audit.record(HAPPENED, count=2)
    sealing.seal_new()
    go_on.set()
    thread.join()
    sealing.seal_new()
    order = list(AuditSeal.objects.order_by("number").values_list("event_id", flat=True)[before:])
    assert order[0] == later.pk
    assert order[1] < later.pk
    assert checking.check().intact


# ---- kept, then removed


def aged(event, when):
    """Only a test may say when something happened."""
    sql(f"UPDATE trust_auditevent SET at = '{_written(when)}' WHERE id = {event.pk}")


def _written(when):
    return connection.ops.adapt_datetimefield_value(when)


@pytest.fixture
def two_years(db, settings):
    """Three events of 25 months ago, one of the very month that is kept, two of today; then sealed."""
    settings.AUDIT_KEEP_MONTHS = 24
    now = timezone.now()
    since = keeping.kept_since(now)
    made = events(6)
    for event in made[:3]:
        aged(event, since - timedelta(seconds=1))
    aged(made[3], since)
    sealing.seal_new()
    anchors.drop_anchor()
    return made


def test_the_months_that_are_kept_are_whole(settings):
    settings.AUDIT_KEEP_MONTHS = 12
    moment = timezone.make_aware(datetime(2026, 11, 30, 23, 0))
    assert keeping.kept_since(moment).isoformat() == "2025-11-01T00:00:00+07:00"
    settings.AUDIT_KEEP_MONTHS = 24
    january = timezone.make_aware(datetime(2027, 1, 1))
    assert keeping.kept_since(january).isoformat() == "2025-01-01T00:00:00+07:00"


def test_old_events_go_and_the_chain_still_verifies(two_years):
    assert keeping.remove_old() == 3
    assert list(AuditSeal.objects.order_by("number").values_list("number", flat=True)) == [4, 5, 6]
    assert AuditCheckpoint.objects.get().number == 3
    assert not AuditPermit.objects.exists()
    last = AuditEvent.objects.order_by("pk").last()
    assert (last.action, last.facts["count"]) == ("audit.removed", 3)
    sealing.seal_new()
    report = checking.check()
    assert (report.findings, report.first, report.last) == ([], 4, 7)
    assert keeping.remove_old() == 0


def test_removal_in_several_transactions_ends_the_same(two_years, monkeypatch):
    monkeypatch.setattr(keeping, "BATCH", 1)
    assert keeping.remove_old() == 3
    assert list(AuditCheckpoint.objects.values_list("number", flat=True)) == [1, 2, 3]
    sealing.seal_new()
    assert checking.check().intact


def test_nothing_is_removed_where_the_old_part_is_damaged(two_years):
    sql(f"UPDATE trust_auditevent SET account = 'x' WHERE id = {two_years[1].pk}")
    with pytest.raises(keeping.TrailDamaged, match="changed"):
        keeping.remove_old()
    assert AuditEvent.objects.count() == 6


def test_a_removal_nobody_stated_is_seen(two_years):
    """A checkpoint cannot be forged without the key."""
    keeping.remove_old()
    sealing.seal_new()
    fourth = two_years[3].pk
    digest = AuditSeal.objects.get(number=4).hash
    sql(
        f"DELETE FROM trust_auditevent WHERE id = {fourth}",
        "DELETE FROM trust_auditseal WHERE number = 4",
        f"UPDATE trust_auditcheckpoint SET number = 4, hash = '{digest}'",
    )
    assert found() == [("checkpoint_changed", 4, None)]


def test_the_chain_goes_on_after_everything_was_old(db, settings):
    made = events(2)
    for event in made:
        aged(event, timezone.now() - timedelta(days=4000))
    sealing.seal_new()
    assert keeping.remove_old() == 1  # the newest seal stays
    sealing.seal_new()
    assert checking.check().intact


# ---- the command


def run(*args):
    out = StringIO()
    call_command("audit_trail", *args, stdout=out)
    return out.getvalue()


def test_check_by_command_says_intact_and_gives_the_anchor(chain):
    report = json.loads(run("check", "--format", "json"))
    assert (report["intact"], report["seals"], report["last"]) == (True, 6, 6)
    assert f"intact, anchor 6:{report['hash']}" in run("check")
    assert json.loads(run("check", "--anchor", f"6:{report['hash']}", "--format", "json"))["intact"]


def test_check_by_command_ends_with_1_and_names_what_is_wrong(chain):
    sql(f"UPDATE trust_auditevent SET account = 'x' WHERE id = {chain[2].pk}")
    out = StringIO()
    with pytest.raises(CommandError) as stopped:
        call_command("audit_trail", "check", "--format", "json", stdout=out)
    assert stopped.value.returncode == 1
    assert json.loads(out.getvalue())["findings"] == [
        {"code": "changed", "number": 3, "event": chain[2].pk, "detail": ""}
    ]


@pytest.mark.parametrize(
    "args",
    [
        ["check", "--anchor", "abc"],
        ["export", "--from", "30/11/2026"],
        ["export", "--action", "no.such_action"],
        ["export", "--out", "/no/such/folder/file"],
    ],
)
def test_bad_input_ends_with_2(db, args):
    with pytest.raises(CommandError) as stopped:
        run(*args)
    assert stopped.value.returncode == 2


def test_export_by_command_is_one_line_an_event_with_its_seal(chain, tmp_path):
    file = tmp_path / "trail.jsonl"
    run("export", "--out", str(file), "--action", HAPPENED)
    rows = [json.loads(line) for line in file.read_text().splitlines()]
    assert [(row["id"], row["seal"]) for row in rows] == [(event.pk, n + 1) for n, event in enumerate(chain)]
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(CommandError):  # an existing file is never overwritten
        run("export", "--out", str(file))


def test_export_by_command_keeps_to_the_days_asked_for(chain):
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    assert len(run("export", "--from", str(today), "--to", str(today)).splitlines()) == 6
    assert run("export", "--from", str(tomorrow)) == ""
    assert run("export", "--kind", "access") == ""
    assert run("export", "--account", "nobody") == ""


def test_seal_anchor_and_remove_by_command(db):
    events(3)
    assert run("seal").strip() == "3"
    number, digest = sealing.end_of_chain()
    assert run("anchor").strip() == f"{number}:{digest}"
    assert anchors.kept() == [(number, digest)]
    assert run("remove").strip() == "0"


def test_after_an_older_backup_the_anchors_begin_anew_and_say_so(chain, settings):
    sql(
        "DELETE FROM trust_auditseal WHERE number >= 4",
        f"DELETE FROM trust_auditevent WHERE id >= {chain[3].pk}",
    )
    assert found() == [("tail_cut", 5, None)]
    assert run("reanchor").strip() == "5"
    assert found() == []
    told = AuditEvent.objects.order_by("pk").last()
    assert (told.action, told.facts) == ("audit.reanchored", {"anchored": 5, "standing": 3})
    assert len(list(settings.AUDIT_ANCHOR_FILE.parent.iterdir())) == 2  # the old ones are put aside


def test_an_anchor_file_somebody_wrote_into_is_bad_input(chain, settings):
    settings.AUDIT_ANCHOR_FILE.write_text("no anchor\n")
    with pytest.raises(CommandError) as stopped:
        run("check")
    assert stopped.value.returncode == 2


def test_fewer_than_twelve_months_are_refused_at_the_start():
    """NĐ 333/2026 Đ.16.6."""

    def start(months):
        return subprocess.run(
            [sys.executable, "-c", "import config.settings.base"],
            env=os.environ | {"PYTHONPATH": str(ROOT / "site"), "AUDIT_KEEP_MONTHS": months},
            capture_output=True,
            text=True,
        )

    assert start("12").returncode == 0
    refused = start("11")
    assert refused.returncode == 1
    assert "AUDIT_KEEP_MONTHS: at least 12" in refused.stderr
