"""Several people at once: the last sheets and the close, two closes, two drafters, two publications."""

import threading
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone

from competitions.judging import closing, writing
from competitions.models import (
    Award,
    CompetitionChange,
    EntrySheet,
    ResultList,
    StageResult,
)
from competitions.moves import Refused
from competitions.reference_data import load_reference_data
from competitions.results import checking, drafting, publishing
from competitions.results.basis import basis_of
from papers.models import Certificate
from people.roles import Role
from tests.competitions import judging_builders as judging
from tests.ideas.builders import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def organiser():
    load_reference_data()
    return make_user("tochuc", "Trần Tổ Chức", Role.ORGANISER)


def at_once(*calls):
    """Everything called together; [result or exception] in order."""
    start, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(number, call):
        start.wait()
        try:
            answers[number] = call()
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n, call)) for n, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def reasons(answers):
    return sorted(a.answer.reason if isinstance(a, Refused) else type(a).__name__ for a in answers)


def test_the_last_sheets_and_the_close(organiser):
    """Whichever order the lock gives: a sheet that was sent is in the result, one that was not is refused."""
    competition = judging.assigned(organiser, entries=2, judges=2)
    *first, third, last = EntrySheet.objects.order_by("entry__number", "pk")
    for sheet in first:
        judging.send(sheet)
    answers = at_once(
        partial(judging.send, third),
        partial(judging.send, last),
        partial(closing.close_stage, competition, "preliminary", organiser),
    )
    assert not [a for a in answers if isinstance(a, Exception) and not isinstance(a, Refused)], answers
    sent = EntrySheet.objects.filter(state="submitted").count()
    result = StageResult.objects.first()
    if result is None:
        assert answers[2].answer.reason in ("sheets_open", "entries_without_sheet") and sent == 4
        result = closing.close_stage(competition, "preliminary", organiser)
    counted = sum(entry["result"]["count"] for entry in closing.entries_in(result).values())
    assert counted == EntrySheet.objects.filter(state="submitted").count() == 4


def test_two_closes_make_one_result(organiser):
    competition = judging.assigned(organiser, entries=1, judges=2)
    judging.send_all(competition)
    close = partial(closing.close_stage, competition, "preliminary", organiser)
    assert reasons(at_once(close, close)) == ["StageResult", "already_closed"]
    assert CompetitionChange.objects.filter(act="stage_closed").count() == 1


def test_two_windows_send_one_sheet_once(organiser):
    judging.assigned(organiser, entries=1, judges=2)
    sheet = EntrySheet.objects.first()
    answers = reasons(at_once(partial(judging.send, sheet), partial(judging.send, sheet)))
    assert answers in (["EntrySheet", "sheet_already_sent"], ["EntrySheet", "SheetChanged"])


def test_two_conflicts_at_once_leave_nobody_in_conflict_with_the_entry(organiser):
    judging.assigned(organiser, entries=1, judges=4)
    sheets = list(EntrySheet.objects.select_related("judge__user"))
    calls = [partial(writing.declare_conflict, s.judge.user, s, "Người nhà") for s in sheets]
    answers = at_once(*calls)
    assert not [a for a in answers if isinstance(a, Exception)], answers
    out = {sheet.judge_id for sheet in sheets}
    left = set(EntrySheet.objects.filter(state="todo").values_list("judge", flat=True))
    assert len(left) == 2 and not left & out


def closed(organiser):
    page = judging.closed(organiser, {"Bài số 0": 70, "Bài số 1": 90, "Bài số 2": 80})
    page.phases.filter(code__in=("vote", "final")).delete()
    return judging.fresh(page)


def proposed(competition):
    basis = basis_of(competition, timezone.now())
    return {o.slot.name: drafting.Choice(o.proposed) for o in drafting.offers(competition, basis)}


def test_two_drafters_at_once(organiser):
    competition = closed(organiser)
    other = make_user("tochuc2", "", Role.ORGANISER)
    given = proposed(competition)
    answers = at_once(
        partial(drafting.draft, competition, organiser, given, seen=""),
        partial(drafting.draft, competition, other, given, seen=""),
    )
    assert reasons(answers) == ["ResultList", "drafted_meanwhile"]
    assert ResultList.objects.count() == 1


def test_two_publications_at_once(organiser):
    competition = closed(organiser)
    publisher = make_user("duyetbai", "", Role.PUBLISHER)
    kept = drafting.draft(competition, organiser, proposed(competition), seen="")
    checking.check(competition, publisher, seen=kept.sha256)
    call = partial(
        publishing.publish,
        competition,
        organiser,
        seen=kept.sha256,
        number="512/QĐ-UBND",
        on=timezone.localdate(),
        signed_as="head",
        signer_name="Phạm Chủ Tịch",
    )
    assert reasons(at_once(call, call, call)) == ["ResultList", "results_are_out", "results_are_out"]
    assert (Award.objects.count(), Certificate.objects.count()) == (3, 3)
