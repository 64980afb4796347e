"""The head decides: how many queries, and how long, one decision about 1 and about 50 initiatives takes."""

import time
from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

MANY = 50


class _Undo(Exception):
    pass


def run():
    """{count: {queries, ms}} and queries per initiative, on a database of its own."""
    from tests.ideas import builders

    call_command("migrate", verbosity=0)
    figures = {}
    try:
        with transaction.atomic():
            ward = builders.make_ward()
            built = [builders.voted(ward, title=f"Sáng kiến số {number}") for number in range(MANY + 1)]
            figures["one"] = measure(ward.lanhdao, built[:1], "468/QĐ-UBND")
            figures["many"] = measure(ward.lanhdao, built[1:], "469/QĐ-UBND")
            raise _Undo
    except _Undo:
        pass
    one, many = figures["one"]["queries"], figures["many"]["queries"]
    figures["per_initiative"] = round((many - one) / (MANY - 1), 2)
    figures["limit"] = 15 + 3 * MANY
    return figures


def measure(head, initiatives, number):
    from ideas import workflow
    from ideas.files import store_signed_file
    from tests.ideas.builders import PDF

    file = store_signed_file(ContentFile(PDF, name="quyet-dinh.pdf"))
    began = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        workflow.move_many(
            [initiative.pk for initiative in initiatives],
            "recognise",
            head,
            now=timezone.now() + timedelta(seconds=1),
            number=number,
            decided_on=timezone.localdate(),
            file=file,
        )
    return {"queries": len(captured), "ms": round((time.perf_counter() - began) * 1000)}
