"""Initiatives in a person's yearly extract: whose, of which year, for whose eyes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas.extract import initiatives_of

from . import builders

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


def rows(staff, viewer, year=YEAR):
    part = initiatives_of(staff, year, viewer)
    return [(row.note.split(" · ")[0], row.state[0]) for row in part.rows] if part else []


def test_authors_find_all_they_handed_in_others_what_they_may_read():
    """A draft is no result of a year: it stands in nobody's extract, and in no figure of it."""
    ward = builders.make_ward()
    builders.draft(ward)
    submitted, recognised = builders.submitted(ward), builders.recognised(ward)
    own = sorted([(submitted.code, "submitted"), (recognised.code, "recognised")])
    assert rows(ward.tacgia.staff, ward.tacgia) == own
    assert rows(ward.dongtacgia.staff, ward.dongtacgia) == own
    assert rows(ward.tacgia.staff, ward.nguoikhac) == [(recognised.code, "recognised")]
    assert rows(ward.tacgia.staff, ward.quantri) == [(recognised.code, "recognised")]
    assert rows(ward.nguoikhac.staff, ward.nguoikhac) == []


def test_a_year_holds_what_was_handed_in_or_decided_in_it():
    ward = builders.make_ward()
    submitted = builders.submitted(ward)
    long_ago = timezone.now() - timedelta(days=800)
    type(submitted).objects.filter(pk=submitted.pk).update(submitted_at=long_ago, state_since=long_ago)
    year = timezone.localtime(long_ago).year
    assert rows(ward.tacgia.staff, ward.tacgia) == []
    assert rows(ward.tacgia.staff, ward.tacgia, year) == [(submitted.code, "submitted")]


def test_the_same_queries_for_one_and_many():
    ward = builders.make_ward()

    def queries():
        viewer = type(ward.tacgia).objects.get(pk=ward.tacgia.pk)
        with CaptureQueriesContext(connection) as captured:
            rows(ward.tacgia.staff, viewer)
        return len(captured)

    builders.submitted(ward)
    one = queries()
    for _number in range(4):
        builders.submitted(ward)
    assert queries() == one
