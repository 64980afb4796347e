"""Two people key the same paper sheet at the same moment."""

import threading
from functools import partial

import pytest
from django.db import connections

from ideas import evaluation
from ideas.evaluation import SheetRefused
from ideas.models import SheetKeying

from . import builders
from .test_paper_sheets import POINTS, WORDS, printed, scan, sheet_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _reference(db):
    """What a transactional test before this one emptied."""
    from django.apps import apps

    from ideas.reference_data import load_reference_data

    load_reference_data(sender=apps.get_app_config("ideas"), using="default")


def at_once(calls):
    """Each call in a thread of its own: what it came to, a keying or the reason of a refusal."""
    found, barrier = [None] * len(calls), threading.Barrier(len(calls))

    def run(place):
        try:
            barrier.wait(10)
            calls[place]()
            found[place] = "kept"
        except SheetRefused as refused:
            found[place] = refused.answer.reason
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def paper(ward):
    dossier = builders.evaluating(ward)
    builders.send_sheet(sheet_of(ward.thuky, dossier))
    return printed(ward, dossier, ward.hoidong1)


def keys(user, paper):
    return partial(evaluation.key_in, user, paper, POINTS, WORDS, scan=scan())


def test_two_clerks_and_the_secretary_at_once_leave_one_keying_a_role_and_one_sheet(ward, paper):
    second_clerk = builders.make_user("vanthu2", "Cao Văn Hai", "records_clerk")
    found = at_once([keys(user, paper) for user in (ward.vanthu, second_clerk, ward.thuky)])
    assert found.count("kept") == 2 and found[2] == "kept"
    loser = next(reason for reason in found if reason != "kept")
    assert loser in ("paper_keyed_already", "sheet_already_sent")  # the latter after both others agreed
    assert sorted(SheetKeying.objects.values_list("role", flat=True)) == ["records_clerk", "secretary"]
    sheet = paper.sheet
    sheet.refresh_from_db()
    assert sheet.state == "submitted" and sheet.points.count() == 3
    steps = sheet.initiative.history.filter(transition="paper_sheet_sent")
    assert steps.count() == 1


def test_the_same_clerk_in_two_windows_keys_once(ward, paper):
    found = at_once([keys(ward.vanthu, paper), keys(ward.vanthu, paper)])
    assert sorted(found) == ["kept", "paper_keyed_already"]


def test_the_member_online_and_the_second_keying_at_once_make_one_sheet(ward, paper):
    sheet = paper.sheet
    online = partial(
        evaluation.submit_sheet, ward.hoidong1, sheet, POINTS, "Trên mạng", base_version=sheet.edit_version
    )
    found = at_once([online, keys(ward.vanthu, paper)])
    assert sorted(found) in (["kept", "sheet_already_sent"], ["kept", "sheet_on_paper"])
