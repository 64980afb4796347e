"""Before the first point a member says whether a conflict of interest stands between."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ideas import evaluation
from ideas.evaluation import SheetRefused, can_declare, can_score
from ideas.models import ScoreSheet
from tests.html import assert_sound

from . import builders

pytestmark = [pytest.mark.django_db]
LIST = "/sang-kien/phieu-cham/"
DECLARE = f"{LIST}khong-xung-dot/"


@pytest.fixture
def ward():
    return builders.make_ward()


@pytest.fixture
def dossier(ward):
    return builders.evaluating(ward, declared=False)


def sheet_of(user, dossier):
    sheets = ScoreSheet.objects.in_force().filter(staff=user.staff, initiative=dossier)
    sheet = sheets.select_related("staff__user").get()
    sheet.initiative = builders.fresh(dossier)
    return sheet


def test_no_point_is_entered_before_the_declaration_by_any_way_in(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1, dossier)
    assert can_score(ward.hoidong1, sheet).reason == "conflict_not_declared"
    points = builders.points_for(sheet.initiative)
    for write in (evaluation.save_sheet, evaluation.submit_sheet):
        with pytest.raises(SheetRefused) as refused:
            write(ward.hoidong1, sheet, points, "", base_version=0)
        assert refused.value.answer.reason == "conflict_not_declared"
    client.force_login(ward.hoidong1)
    typed = {"edit_version": "0", "points-tinh-moi": "30"}
    for tail in ("", "luu/", "gui/"):
        assert client.post(f"{sheet.get_absolute_url()}{tail}", typed).status_code == 403
    assert not sheet.points.exists()
    page = client.get(sheet.get_absolute_url())
    assert page.status_code == 200 and b"points-tinh-moi" not in page.content
    assert_sound(page.content)


def test_declared_the_sheet_opens_and_the_answer_is_logged_once_without_points(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1, dossier)
    client.force_login(ward.hoidong1)
    for _press in range(2):
        answer = client.post(DECLARE, {"sheet": sheet.pk, "one": "1"})
        assert answer["Location"] == sheet.get_absolute_url()
    assert b"points-tinh-moi" in client.get(sheet.get_absolute_url()).content
    line = dossier.history.get(transition="no_conflict")
    assert (line.actor_code, line.actor_role, line.details) == ("HD-hoidong1", "member", {})
    sheet.refresh_from_db()
    assert sheet.no_conflict_at == line.at


def test_only_ones_own_sheets_are_declared(client, ward, dossier):
    foreign = sheet_of(ward.hoidong2, dossier)
    client.force_login(ward.hoidong1)
    assert client.post(DECLARE, {"sheet": foreign.pk})["Location"] == LIST
    foreign.refresh_from_db()
    assert foreign.no_conflict_at is None
    with pytest.raises(SheetRefused):
        evaluation.confirm_no_conflict(ward.hoidong1, [foreign])
    assert client.post(DECLARE, {"sheet": "nhầm"})["Location"] == LIST


def test_all_or_none_of_the_ticked_ones(ward, dossier):
    own, foreign = sheet_of(ward.hoidong1, dossier), sheet_of(ward.hoidong2, dossier)
    with pytest.raises(SheetRefused):
        evaluation.confirm_no_conflict(ward.hoidong1, [own, foreign])
    assert not ScoreSheet.objects.filter(no_conflict_at__isnull=False).exists()


def test_with_a_conflict_an_alternate_steps_in_and_declares_anew(client, ward, dossier):
    sheet = sheet_of(ward.hoidong1, dossier)
    client.force_login(ward.hoidong1)
    answer = client.post(f"{sheet.get_absolute_url()}khong-cham/", {"reason": "Vợ là đồng tác giả"})
    assert answer["Location"] == LIST
    stand_in = sheet_of(ward.hoidong5, dossier)
    assert (stand_in.seat_id, stand_in.no_conflict_at) == (sheet.seat_id, None)
    assert can_score(ward.hoidong5, stand_in).reason == "conflict_not_declared"
    assert can_declare(ward.hoidong5, stand_in).allowed


def test_an_author_on_the_council_is_set_aside_by_the_data(ward):
    draft = builders.draft(ward, co_author=False)
    draft.authors.update(share="50.00")
    builders.add_author(draft, staff=ward.hoidong1.staff, share="50.00")
    draft.authors.update(confirmed_at=builders.timezone.now())
    dossier = builders.workflow.move(builders.fresh(draft), "submit", ward.tacgia)
    type(dossier).objects.filter(pk=dossier.pk).update(
        formality_checklist=dict.fromkeys(builders.CHECKLIST, True)
    )
    dossier = builders.workflow.move(builders.fresh(dossier), "accept", ward.thuky)
    dossier = builders.workflow.move(dossier, "start_evaluation", ward.thuky)
    assert not dossier.sheets.filter(staff=ward.hoidong1.staff).exists()
    assert dossier.sheets.get(alternate__isnull=False).staff == ward.hoidong5.staff


def test_new_sheets_after_a_completion_are_declared_anew_and_a_reopened_evaluation_keeps_its_answers(ward):
    dossier = builders.evaluated(ward)
    again = builders.workflow.move(dossier, "reopen_evaluation", ward.chutich, reason="Sót một minh chứng")
    assert not any(sheet.waits_for_declaration for sheet in again.sheets.all())


def test_the_list_asks_for_all_at_once_in_a_constant_number_of_queries(client, ward):
    builders.evaluating(ward, declared=False)
    client.force_login(ward.hoidong1)
    client.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as one:
        html = client.get(LIST).content.decode()
    assert html.count('name="sheet"') == 1 and "Bùi Thị Ngọc" in html
    assert_sound(html)
    for number in range(3):
        builders.evaluating(ward, declared=False, title=f"Việc thứ {number}")
    with CaptureQueriesContext(connection) as many:
        html = client.get(LIST).content.decode()
    assert html.count('name="sheet"') == 4
    assert len(many) == len(one)
    own = ScoreSheet.objects.filter(staff=ward.hoidong1.staff)
    assert client.post(DECLARE, {"sheet": [s.pk for s in own]})["Location"] == LIST
    assert not own.filter(no_conflict_at__isnull=True).exists()
    assert 'name="sheet"' not in client.get(LIST).content.decode()
