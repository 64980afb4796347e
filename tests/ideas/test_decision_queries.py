"""One decision about twenty initiatives costs their own rows and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ideas import workflow
from ideas.models import InitiativeCertificate

from . import builders

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def recognise(ward, initiatives):
    brought = builders.decision()
    with CaptureQueriesContext(connection) as captured:
        workflow.move_many([i.pk for i in initiatives], "recognise", ward.lanhdao, **brought)
    return captured


def test_twenty_initiatives_are_decided_with_their_own_rows_only():
    ward = builders.make_ward()
    built = builders.voted_together(ward, [f"Sáng kiến số {number}" for number in range(21)])
    one = recognise(ward, built[:1])
    many = recognise(ward, built[1:])
    assert len(many) <= 15 + 3 * 20, "\n".join(q["sql"][:150] for q in many)
    assert len(many) - len(one) <= 3 * 19
    assert len(many) - len(one) <= 19 + 12  # in fact its own row, and batches of long inserts
    # Savepoints of the test, the row that makes kept pages old, the four of the search and the seven that
    # begin the terms of measurement are included.
    assert len(one) <= 44, "\n".join(q["sql"][:150] for q in one)
    assert InitiativeCertificate.objects.filter(certificate__issued_on=timezone.localdate()).count() == 42
