"""What waits for the secretary on their work page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from ideas import complaints, workflow
from ideas.duties import of_secretaries
from ideas.models import Initiative

from . import builders

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def items_of(user, now=None):
    with translation.override("en"):
        sections = of_secretaries(user, now or timezone.now())
        return {section.heading: [(i.code, i.kind, i.note) for i in section.items] for section in sections}


def test_each_dossier_stands_where_its_work_is():
    ward = builders.make_ward()
    to_check = builders.submitted(ward)
    to_start = builders.accepted(ward)
    scoring = builders.evaluating(ward)
    late = workflow.move(builders.submitted(ward), "request_supplement", ward.thuky, reason="Thiếu")
    Initiative.objects.filter(pk=late.pk).update(supplement_due_on=timezone.localdate() - timedelta(days=1))
    in_time = workflow.move(builders.submitted(ward), "request_supplement", ward.thuky, reason="Thiếu")
    declined = builders.declined(ward)
    complaints.file_complaint(builders.fresh(declined), ward.tacgia, text="Chưa đúng")
    builders.draft(ward)
    assert items_of(ward.thuky) == {
        "Dossiers to check": [(to_check.code, "formality", "Items left: 8 of 8.")],
        "Supplements out of time": [
            (
                late.code,
                "supplement_overdue",
                "Not completed in time. With a reason it can be taken up again.",
            )
        ],
        "Scoring to start and to close": [
            (scoring.code, "sheets", "0/7 sheets in"),
            (to_start.code, "start_evaluation", ""),
        ],
        "Open complaints": [(declined.code, "complaint", "To be taken up by the head.")],
    }
    assert in_time.code not in str(items_of(ward.thuky))
    for name in ("chutich", "tacgia", "hoidong1", "lanhdao", "quantri"):
        assert [item for found in items_of(ward.users[name]).values() for item in found] == []


def test_where_the_secretary_is_an_author_the_chair_keeps_the_dossier():
    ward = builders.make_ward()
    ward.users["tacgia"] = ward.thuky
    initiative = builders.submitted(ward)
    assert items_of(ward.thuky)["Dossiers to check"] == []
    assert [item[0] for item in items_of(ward.chutich)["Dossiers to check"]] == [initiative.code]


def test_the_work_page_links_to_the_place_of_the_work(client):
    ward = builders.make_ward()
    initiative = builders.submitted(ward)
    client.force_login(ward.thuky)
    page = client.get("/viec-cua-toi/").content.decode()
    assert f'href="{initiative.get_absolute_url()}kiem-tra/"' in page


def test_ten_dossiers_cost_no_query_more_than_one():
    ward = builders.make_ward()

    def cost():
        user = type(ward.thuky).objects.get(pk=ward.thuky.pk)
        with CaptureQueriesContext(connection) as queries:
            list(of_secretaries(user, timezone.now()))
        return len(queries)

    builders.submitted(ward)
    builders.evaluating(ward)
    few = cost()
    for _ in range(4):
        builders.submitted(ward)
        builders.evaluating(ward)
    assert cost() == few
