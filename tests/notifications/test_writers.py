"""Many writers at once: whoever asks for "everything after the last row" gets everything."""

import random
import threading
import time
from collections import defaultdict

import pytest
from django.db import connections, transaction

from notifications import feed
from notifications.events import announce
from notifications.models import Notification

from .builders import RECEIVED, make_user

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 6
CAUSES = 40


def test_six_writers_and_resume_by_the_last_row_lose_and_double_nothing():
    people = [make_user(f"person{number}") for number in range(5)]
    done = threading.Event()
    failures = []
    told = defaultdict(list)

    def in_thread(work):
        def run():
            try:
                work()
            except Exception as error:
                failures.append(error)
            finally:
                connections.close_all()

        return threading.Thread(target=run)

    def write():
        for number in range(CAUSES):
            with transaction.atomic():
                some = random.sample(people, random.randint(1, 5))  # in any order: no deadlock
                announce(RECEIVED, some, link="/", subject=f"{number}")
                time.sleep(random.random() * 0.004)  # the time between insert and commit

    def read():
        last = {person.pk: 0 for person in people}
        while True:
            ending = done.is_set()
            for person in people:
                for row in feed.rows_after(person.pk, last[person.pk], limit=7):
                    told[person.pk].append(row.id)
                    last[person.pk] = row.id
            if ending and not any(feed.rows_after(pk, at, 1) for pk, at in last.items()):
                return

    reader = in_thread(read)
    writers = [in_thread(write) for _ in range(WRITERS)]
    reader.start()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    done.set()
    reader.join(20)

    assert failures == []
    written = defaultdict(list)
    for recipient, row in Notification.objects.order_by("id").values_list("recipient_id", "id"):
        written[recipient].append(row)
    assert told == written
